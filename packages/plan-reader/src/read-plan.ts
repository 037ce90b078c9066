import type { NoticeDocument, Plan } from '@bihuan/domain'
import { levelOf } from './lexicon/level.js'
import { takeApart, type NoticeParts } from './outline/notice-parts.js'
import { CanonicalText, type Words } from './normalise/canonical-text.js'
import type { Paragraph, Part } from './outline/paragraph.js'
import { readAnnexes } from './read/annexes.js'
import { mentionedAnnexes } from './read/mentioned-annexes.js'
import { parentPlanOf, readBasis } from './read/basis.js'
import { nameFromTitle, readCampaignDates, readCampaignName } from './read/campaign.js'
import { readContacts } from './read/contacts.js'
import { readDocumentFacts } from './read/document-facts.js'
import { readDuties } from './read/duties.js'
import { readCriteria, readSectors } from './read/fields.js'
import { readLeadership } from './read/leadership.js'
import { paragraphsOfPhaseTables } from './read/phase-table-duties.js'
import { readPhases } from './read/phases.js'
import { mergeReports, readNoteReport } from './read/note-reports.js'
import { readTextReports } from './read/reports.js'
import { readResponsibilities } from './read/responsibilities.js'
import { readTargets } from './read/targets.js'
import { readWarnings } from './read/warnings.js'
import { recordsOf } from './table/records.js'

/** What a notice says, as data. Never throws: what it does not find is null or empty. */
export function readPlan(document: NoticeDocument): Plan {
  const parts = takeApart(document)
  const { facts, issue } = readDocumentFacts(parts)
  const opening = openingOf(parts)
  const passages = [...parts.notice.map(({ words }) => words), ...opening]
  const basis = readBasis(passages, parts.planTitle)
  const { phases, paragraphs: phaseParagraphs, intro } = readPhases(parts.plan, issue)
  const paragraphs = parts.plan.filter((part): part is Paragraph => part.kind === 'paragraph')
  const mentioned = mentionedAnnexes([...parts.notice, ...paragraphs].map(({ words }) => words))
  const named = [...parts.declared, ...mentioned.filter(({ ordinal }) => !isDeclared(parts, ordinal))]
  const annexes = readAnnexes(parts.annexes, named, { issue, canonical: parts.canonical })
  const campaign = readCampaignName(parts, passages)
  const texts = wordsOf(parts.plan)
  const annexed = annexes.map(({ annex }) => annex)
  const told = readTextReports([...parts.notice, ...paragraphs], { issue, annexes: annexed })
  const noted = annexes.flatMap(({ annex, notes }) => {
    const report = readNoteReport(annex, notes, issue)
    return report === null ? [] : [{ ...report, ordinal: annex.ordinal }]
  })
  const reports = mergeReports(told, noted)
  const duties = readDuties([...parts.notice, ...paragraphs, ...paragraphsOfPhaseTables(parts.plan)], {
    issue,
    level: defaultLevel(facts.issuer),
    isTown: /(?:镇|乡|街道)(?:人民政府|办事处|党委|党工委|委员会|安[^，]{0,12})?$/.test(
      CanonicalText.of(facts.issuer).text,
    ),
    phases: phaseParagraphs,
    names: [campaign.name, nameFromTitle(facts.title)].map((name) => CanonicalText.of(name).text),
  })
  const warnings = readWarnings({
    issue,
    canonical: parts.canonical,
    paragraphs: [...parts.notice, ...paragraphs],
    parts: parts.plan,
    phases,
    phaseIntro: intro,
    duties,
    reports: reports.map(({ report }) => report),
    told,
    noted,
    annexes,
    declared: parts.declared,
  })
  return {
    ...facts,
    campaign: { name: campaign.name, ...readCampaignDates(passages, parts, phases, issue) },
    basis: basis.map(({ own }) => own),
    parentPlan: parentPlanOf(basis, facts.title, campaign.name),
    leadership: readLeadership(parts.plan),
    sectors: readSectors(parts.plan).map(({ own }) => own),
    responsibilities: readResponsibilities(parts.plan),
    criteria: readCriteria([...passages, ...texts]).map(({ own }) => own),
    phases,
    duties,
    reports: reports.map(({ report }) => report),
    targets: readTargets(parts.plan, annexes, parts.annexes),
    contacts: readContacts(
      [...parts.notice.map(({ words }) => words), ...texts],
      [...tablesOf(parts.plan), ...annexes.flatMap(({ records }) => records)],
    ),
    annexes: annexed,
    warnings,
  }
}

/** What stands between the plan's title and its first heading. */
function openingOf({ plan }: NoticeParts): Words[] {
  const first = plan.findIndex((part) => part.kind === 'paragraph' && part.numbering !== null)
  return wordsOf(first < 0 ? plan.slice(0, 2) : plan.slice(0, first))
}

/** Nobody named: those of the level of the one who issues the plan. */
const defaultLevel = (issuer: string) =>
  /(?:公司|集团|大学|学院|医院|学校|中学|小学|幼儿园)(?!.*(?:政府|管委会|局|厅))/.test(issuer)
    ? 'enterprise'
    : /政府|党委|管委会|管理委员会|街道|安全生产委员会|安委/.test(issuer)
      ? 'government'
      : (levelOf(issuer) ?? 'government')

const tablesOf = (parts: readonly Part[]) =>
  parts.flatMap((part) => (part.kind === 'table' ? [recordsOf(part.grid)] : []))
const wordsOf = (parts: readonly Part[]) => parts.flatMap((part) => (part.kind === 'paragraph' ? [part.words] : []))

const isDeclared = ({ declared }: NoticeParts, ordinal: number) => declared.some((one) => one.ordinal === ordinal)
