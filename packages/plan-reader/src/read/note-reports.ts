import type { PlanAnnex, PlanReport } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import { readSchedules, type Schedule } from '../lexicon/due.js'
import { readPeriods } from '../lexicon/frequency.js'
import type { Words } from '../normalise/canonical-text.js'
import { attributesIn } from './report-attributes.js'
import { SEND, sendIn } from './report-clause.js'
import { sectionsIn } from './report-sections.js'
import { scheduleOf, timeOf } from './report-time.js'
import { blank, receivers } from './report-wording.js'
import { reportOf, type ToldReport } from './told-report.js'

/** The report that an annex's notes ask for, or null where they name no rhythm. */
export function readNoteReport(annex: PlanAnnex, notes: readonly Words[], issue: Issue): ToldReport | null {
  const [first] = notes
  if (first === undefined || (annex.kind !== 'metric-table' && annex.kind !== 'ledger')) return null
  const all = notes.map(({ text }) => text).join('。')
  const sending =
    notes.find(({ text }) => SEND.test(text) && (readSchedules(text).length > 0 || readPeriods(text).length > 0)) ??
    null
  const attributes = attributesIn(all, issue)
  const schedule: Schedule =
    sending === null
      ? { cadence: null, due: null }
      : scheduleOf(timeOf(sending.text, issue) ?? { kind: 'days', dues: [] })
  const groups = annex.kind === 'metric-table' ? annex.groups.map(({ name }) => name) : []
  const sections = notes.flatMap((note) => sectionsIn(note, groups))
  const send = sending === null ? null : sendIn(blank(sending.text))
  const to = sending === null || send === null ? [] : receivers(sending, blank(sending.text), send, true).to
  const report: PlanReport = {
    ...reportOf(
      { name: annex.title, words: first, annexes: [annex.ordinal], brackets: [] },
      null,
      to,
      schedule,
      attributes,
      null,
      null,
      [],
    ),
    since: attributes.since ?? null,
    sections,
  }
  const nil = notes.map((note) => /（([^（）]*零报[^（）]*)）/.exec(note.own)?.[1]).find((said) => said !== undefined)
  return {
    words: sending ?? first,
    sentence: sending ?? first,
    report: { ...report, notes: nil?.replace(/[。；]$/, '') ?? null },
  }
}

/** Lays what the notes of an annex say beside what the text says of it: the text's due and beginning hold. */
export function mergeReports(
  told: readonly ToldReport[],
  noted: readonly (ToldReport & { readonly ordinal: number })[],
): ToldReport[] {
  const merged = [...told]
  for (const note of noted) {
    const named = merged.filter(({ report }) => report.annexes.includes(note.ordinal))
    const holders = named.filter(({ report }) => report.cadence !== 'once')
    if (named.length > 0 && holders.length === 0) continue
    if (holders.length === 0) {
      const { cadence, due } = note.report
      if (cadence !== null || due !== null) merged.push(note)
      continue
    }
    for (const { report, isPassedOn } of holders) {
      if (isPassedOn === true) {
        Object.assign(report, {
          cumulative: report.cumulative || note.report.cumulative,
          cutoff: report.cutoff ?? note.report.cutoff,
        })
        continue
      }
      const { cumulative, cutoff, nilReport, holidayShift, splitBy, sections, since, notes } = note.report
      Object.assign(report, {
        since: report.since ?? since,
        due: report.due ?? note.report.due,
        cumulative: report.cumulative || cumulative,
        cutoff: report.cutoff ?? cutoff,
        nilReport: report.nilReport || nilReport,
        holidayShift: report.holidayShift ?? holidayShift,
        splitBy: report.splitBy ?? splitBy,
        sections: report.sections.length > 0 ? report.sections : sections,
        notes: report.notes ?? notes,
      })
    }
  }
  return merged
}
