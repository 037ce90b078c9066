/**
 * A figure is the roll-up at the position up to which it is folded, and what is not folded yet. What it cannot answer (an older position,
 * a span that no campaign begins, a narrow unit, what is attributed to doers) is answered from the facts, by the same definition.
 */
import type { Metric } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { readFigures, type FigureQuestion, type FigureRow } from './figure.repo.js'
import { productRollUp, shapeOf, wholesOf, type RollUpDefinition } from './roll-up.js'
import { listPlaces } from './roll-up-fold.repo.js'
import * as repo from './roll-up-question.repo.js'

/** More that is not folded, or loose, is not looked at one by one. */
const mostApart = 2_000
/** Units outside all wide ones that a wide question may have besides. */
const mostRest = 500
const attempts = 3

/** Every figure there is, in the order of the metrics. */
export async function askFigures(
  handle: Handle,
  metrics: readonly Metric[],
  question: FigureQuestion,
  definition: RollUpDefinition = productRollUp,
): Promise<FigureRow[]> {
  const rolled = (await askRollUp(handle, metrics, question, definition)) ?? new Map<string, number>()
  const left = metrics.filter((metric) => !rolled.has(metric.id))
  const fromFacts = left.length === 0 ? [] : await readFigures(handle, withWholes(left, metrics), question)
  const values = new Map([...fromFacts.map((row): [string, number] => [row.metricId, row.value]), ...rolled])
  return metrics.map((metric) => ({ metricId: metric.id, value: values.get(metric.id) ?? 0 }))
}

/** What the roll-up answers of it; null when that is nothing. */
export async function askRollUp(
  handle: Handle,
  metrics: readonly Metric[],
  question: FigureQuestion,
  definition: RollUpDefinition,
): Promise<Map<string, number> | null> {
  const shapes = new Set(definition.metrics.map((metric) => shapeOf(metric, definition.metrics)))
  const rolled = metrics.filter((metric) => shapes.has(shapeOf(metric, metrics)))
  // A narrow unit is not worth asking.
  if (rolled.length === 0 || question.unitIds.length < definition.wideFrom) return null
  if (question.sectors?.includes('*') === true || question.cutOff < question.startsOn) return null
  const asked = {
    signature: definition.signature,
    startsOn: question.startsOn,
    knownAt: question.knownAt,
    measures: [...new Set(rolled.flatMap((metric) => withWholes([metric], metrics)).flatMap((one) => one.measures))],
    most: mostApart,
  }
  // Each statement sees what was there when it began: the same mark before and after says that nothing came between.
  let before = await repo.readMark(handle, asked)
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (before === null || before.tail.length > mostApart || before.loose.length > mostApart) return null
    const found = await answerAt(handle, rolled, metrics, question, definition, before)
    const after: repo.RollUpMark | null = await repo.readMark(handle, asked)
    if (JSON.stringify(before) === JSON.stringify(after)) return found
    before = after
  }
  return null
}

async function answerAt(
  handle: Handle,
  rolled: readonly Metric[],
  metrics: readonly Metric[],
  question: FigureQuestion,
  definition: RollUpDefinition,
  mark: repo.RollUpMark,
): Promise<Map<string, number> | null> {
  const places = await placesOf(handle, definition, mark)
  const { whole, covered, rest } = await splitUnits(handle, places, question)
  if (whole.length === 0 || rest.length > mostRest) return null
  const additive = rolled.filter((metric) => metric.kind !== 'distinct')
  // A subject may stand in a wide unit and outside: a set of both is asked of the facts.
  const distinct = rest.length > 0 ? [] : rolled.filter((metric) => metric.kind === 'distinct')
  const { startsOn, cutOff, sectors } = question
  const cell = { startsOn, cutOff, sectors, unitIds: whole }
  const loose = new Set(mark.loose.map((row) => row.record_id))
  const apart = [...new Set([...loose, ...mark.tail.map((fact) => fact.record_id)])]
  // Only metrics of which these records have facts are asked again: with forty in one statement, planning it is what takes the time.
  const measures = new Set(apart.length === 0 ? [] : await repo.readMeasuresOf(handle, apart))
  const isTouched = (metric: Metric): boolean =>
    withWholes([metric], metrics).some((one) => one.measures.some((measure) => measures.has(measure)))
  const values = new Map<string, number>()
  const add = (rows: readonly FigureRow[], asked: readonly Metric[], sign: 1 | -1): void => {
    const ids = new Set(asked.map((metric) => metric.id))
    for (const { metricId, value } of rows)
      if (ids.has(metricId)) values.set(metricId, (values.get(metricId) ?? 0) + sign * value)
  }

  // Subjects of one unit are added up like anything else, unless some are to be looked at by themselves.
  const counted = !repo.isSeenOnce(cell) || mark.loose.length > 0 ? [] : distinct.filter((metric) => !isTouched(metric))
  const byMonth = [...additive, ...counted]
  if (byMonth.length > 0) {
    const months = await repo.readMonths(handle, { ...cell, metrics: byMonth.map(({ id }) => id) })
    for (const { id } of byMonth) values.set(id, months.get(id) ?? 0)
  }
  if (additive.length > 0) {
    const count = async (asked: readonly Metric[], sign: 1 | -1, part: Partial<FigureQuestion>): Promise<void> => {
      if (asked.length === 0) return
      add(await readFigures(handle, withWholes(asked, metrics), { ...question, ...part }), asked, sign)
    }
    const touched = additive.filter(isTouched)
    const folded = apart.filter((recordId) => !loose.has(recordId))
    if (rest.length > 0) await count(additive, 1, { unitIds: rest, among: { notRecordIds: apart } })
    await count(touched, 1, { among: { recordIds: apart } })
    const then = { unitIds: covered, knownAt: mark.folded_to, among: { recordIds: folded } }
    if (folded.length > 0) await count(touched, -1, then)
  }

  const seen = distinct.filter((metric) => !counted.includes(metric))
  if (seen.length > 0) {
    const rows = [...mark.loose, ...mark.tail]
    const subjectIds = [...new Set(rows.map((row) => row.subject_id))]
    if (subjectIds.length > mostApart) return values
    // A subject of a loose record is left out of the roll-up of every metric.
    const touched = mark.loose.length > 0 ? seen : seen.filter(isTouched)
    for (const [asked, without] of [
      [seen.filter((metric) => !touched.includes(metric)), []],
      [touched, subjectIds],
    ] as const) {
      if (asked.length === 0) continue
      const subjects = await repo.readSeen(handle, { ...cell, metrics: asked.map(({ id }) => id) }, without)
      for (const { id } of asked) values.set(id, subjects.get(id) ?? 0)
    }
    if (touched.length > 0) {
      const wholes = withWholes(touched, metrics)
      const standing = await repo.readRecordsOfSubjects(
        handle,
        startsOn,
        wholes.map(({ id }) => id),
        subjectIds,
      )
      const among = { recordIds: [...new Set([...standing, ...apart])], subjectIds }
      add(await readFigures(handle, wholes, { ...question, among }), touched, 1)
    }
  }
  return values
}

/** Wholes are needed to count a part, asked for or not. */
function withWholes(asked: readonly Metric[], metrics: readonly Metric[]): readonly Metric[] {
  const needed = new Set(asked.flatMap((metric) => [metric, ...wholesOf(metric, metrics)]))
  return metrics.filter((metric) => needed.has(metric))
}

interface Places {
  /** The wide units, the widest first, each with the units of its subtree. */
  readonly members: readonly (readonly [string, readonly string[]])[]
}

/** What a tree was at a position never changes; the last one of each tenant is kept. */
const kept = new Map<string, { readonly key: string; readonly places: Places }>()
const mostKept = 100

async function placesOf(
  handle: Handle,
  definition: RollUpDefinition,
  { making, tree }: repo.RollUpMark,
): Promise<Places> {
  const key = `${definition.signature} ${making} ${tree}`
  const known = kept.get(handle.tenantId)
  if (known?.key === key) return known.places
  const members = new Map<string, string[]>()
  for (const { unit_id, above } of await listPlaces(handle)) {
    for (const unitId of above) {
      const subtree = members.get(unitId)
      if (subtree === undefined) members.set(unitId, [unit_id])
      else subtree.push(unit_id)
    }
  }
  const places = { members: [...members].sort((a, b) => b[1].length - a[1].length) }
  if (kept.size >= mostKept) kept.clear()
  kept.set(handle.tenantId, { key, places })
  return places
}

interface Split {
  /** Wide units that are asked for with all that stands under them, none under another. */
  readonly whole: readonly string[]
  readonly covered: readonly string[]
  readonly rest: readonly string[]
}

/**
 * The tree of the question may be another than the one that was folded with: of an earlier day, or with units that are new. Units that
 * are in the one and not in the other do no harm while nothing happened there in the time.
 */
async function splitUnits(handle: Handle, places: Places, question: FigureQuestion): Promise<Split> {
  const asked = new Set(question.unitIds)
  const covered = new Set<string>()
  const whole: string[] = []
  for (const [unitId, members] of places.members) {
    if (covered.has(unitId)) continue
    const strangers = members.filter((member) => !asked.has(member))
    if (strangers.length > mostRest || strangers.length * 2 > members.length) continue
    if (strangers.length > 0) {
      const { startsOn, cutOff } = question
      if ((await repo.listUnitsWithFacts(handle, strangers, startsOn, cutOff)).length > 0) continue
    }
    whole.push(unitId)
    for (const member of members) covered.add(member)
  }
  return { whole, covered: [...covered], rest: question.unitIds.filter((unitId) => !covered.has(unitId)) }
}
