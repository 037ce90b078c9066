/** What of the hazards waits for me, each with its date and the one act that moves it; and what a leader asks first. */
import { countCap, workKinds, type Workbench, type WorkItem } from '@bihuan/contracts'
import {
  addDays,
  hazardAbilities,
  hazardCommandLabels,
  pendingExtension,
  whoseTurn,
  type HazardCommandKind,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle, Narrowing } from '../../platform/db/scope.js'
import { contextFor } from './hazard.context.js'
import { hazardMentions } from './hazard.mentions.js'
import { mayAct, mayRead } from './hazard.policy.js'
import { unitStandings } from './hazard.repo.js'
import * as repo from './hazard-work.repo.js'
import type { Reader } from './hazard-list.service.js'

type WorkGroup = Workbench['groups'][number]
type WorkKind = WorkGroup['kind']

const shown = 5
const soonDays = 7

/** What a group's act may be, the first that is allowed; and which permission makes the group anybody's business at all. */
const actsFor: Readonly<Record<WorkKind, readonly HazardCommandKind[]>> = {
  'sent-back': ['report-rectified', 'report-progress'],
  overdue: ['plan-rectification', 'report-rectified'],
  due: ['plan-rectification', 'report-rectified'],
  plan: ['plan-rectification'],
  extension: ['approve-extension'],
  reinspect: ['reinspect-passed'],
  'sign-off': ['sign-off'],
  transfer: ['accept-transfer'],
  draft: ['register'],
  'supervised-overdue': [],
}

const open = 'state=registered,rectifying'
const more: Readonly<Record<WorkKind, string | null>> = {
  'sent-back': `/hazards?axis=party&state=rectifying`,
  overdue: `/hazards?axis=party&overdue=yes&${open}`,
  due: `/hazards?axis=party&${open}`,
  plan: `/hazards?axis=party&state=registered`,
  extension: null,
  reinspect: `/hazards?axis=party&state=awaiting-reinspection`,
  'sign-off': `/hazards?axis=party&state=awaiting-sign-off`,
  transfer: `/hazards?axis=party&state=transferring`,
  draft: `/hazards?state=draft`,
  'supervised-overdue': `/hazards?axis=party&overdue=yes&${open}`,
}

export async function hazardWork(handle: Handle, actor: Actor, clock: Clock): Promise<WorkGroup[]> {
  if (!mayRead(actor)) return []
  const today = clock.today()
  const units = actor.reach.parties
  const groups: WorkGroup[] = []
  for (const kind of workKinds) {
    if (actsFor[kind].length > 0 && !actsFor[kind].some((command) => mayAct(actor, command))) continue
    if (kind === 'supervised-overdue' && !mayAct(actor, 'sign-off')) continue
    const { rows, count } = await waiting(handle, actor, kind, units, today)
    if (count === 0) continue
    const items: WorkItem[] = []
    for (const row of rows) items.push(await itemOf(handle, actor, row, kind, clock))
    groups.push({
      kind,
      total: { count: Math.min(count, countCap), capped: count > countCap },
      items,
      more: more[kind],
    })
  }
  return groups
}

async function waiting(
  handle: Handle,
  actor: Actor,
  kind: WorkKind,
  units: readonly string[],
  today: string,
): Promise<{ rows: repo.WorkRow[]; count: number }> {
  if (kind === 'draft') {
    const { path } = actor.reach
    if (path === null) return { rows: [], count: 0 }
    const rows = await repo.listOwnDrafts(handle, path, shown)
    return { rows, count: rows.length < shown ? rows.length : await repo.countOwnDrafts(handle, path, countCap) }
  }
  const where = repo.workQuestions[kind](today, addDays(today, soonDays))
  const rows = await repo.listWork(handle, units, where, shown)
  return { rows, count: rows.length < shown ? rows.length : await repo.countWork(handle, units, where, countCap) }
}

async function itemOf(
  handle: Handle,
  actor: Actor,
  row: repo.WorkRow,
  kind: WorkKind,
  clock: Clock,
): Promise<WorkItem> {
  const units = await unitStandings(handle, hazardMentions(row.hazard).unitIds)
  const abilities = hazardAbilities(row.hazard, await contextFor(handle, actor, row, units, clock))
  const command = actsFor[kind].find((one) => abilities[one] && mayAct(actor, one))
  return { ...briefOf(row), act: command === undefined ? null : { kind: command, label: labelOf(command) } }
}

/** As a button says it: what is decided is decided on the page. */
function labelOf(command: HazardCommandKind): string {
  if (command === 'approve-extension') return '审批'
  if (command === 'reinspect-passed') return '复查'
  return hazardCommandLabels[command]
}

function briefOf({ hazard, territoryName }: repo.WorkRow): WorkItem {
  return {
    id: hazard.id,
    code: hazard.code,
    what: hazard.description,
    subjectName: hazard.subject?.name ?? '',
    territoryName,
    grade: hazard.grade,
    state: hazard.status,
    due: pendingExtension(hazard) === null ? (whoseTurn(hazard)?.until ?? hazard.deadline) : hazard.deadline,
    act: null,
  }
}

/** For who looks after others' work: a leader, and whoever runs campaigns. */
export async function hazardOverview(actor: Actor, read: Reader, clock: Clock): Promise<Workbench['overview']> {
  const leads = !mayAct(actor, 'register') || actor.permissions.has('campaign.manage')
  if (!mayRead(actor) || actor.unitKind === 'enterprise' || !leads) return null
  const { path, lines } = actor.reach
  const [line] = lines
  const byLine = actor.unitKind === 'department' && line !== undefined
  const ranged = byLine ? line : path
  if (ranged === null || path === null) return null
  const narrowing: Narrowing = { axis: byLine ? 'line' : 'territory', path: ranged }
  const range = { column: byLine ? 'line_path' : 'territory_path', path: ranged } as const
  // What a department supervises lies all over the jurisdiction: it is told by what stands under the root.
  const base = byLine ? path.slice(0, 8) : path
  return read(
    async (handle) => ({
      overdueByUnit: (await repo.openByPlace(handle, range, base, clock.today(), 12)).map((row) => ({
        unitId: row.unit_id,
        unitName: row.unit_name,
        open: row.open,
        overdue: row.overdue,
      })),
      oldestMajor: (await repo.oldestMajor(handle, range, 5)).map((row) => ({
        ...briefOf(row),
        foundOn: row.hazard.foundOn,
      })),
    }),
    narrowing,
  )
}
