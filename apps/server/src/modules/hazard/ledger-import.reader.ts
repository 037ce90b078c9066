/**
 * Judges the rows of a ledger. A row that carries an identity is about that hazard, and every cell that differs from what would be
 * printed now is somebody's edit. A row without one is known again by campaign, subject, wording and 检查日期, or it is new.
 */
import type { LedgerImportOptions } from '@bihuan/contracts'
import {
  changedFields,
  ledgerDetails,
  ledgerFieldLabels,
  missingDetails,
  readLedgerRow,
  renderLedgerRow,
  spokenFields,
  tryLedgerRow,
  type Hazard,
  type HazardCampaign,
  type HazardCommand,
  type LedgerCell,
  type LedgerDefaults,
  type LedgerField,
  type LedgerForm,
  type LedgerNames,
  type LedgerRowContext,
  type LedgerRowDraft,
  type LedgerRowReading,
  type LedgerTrial,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordActs } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { ImportReader } from '../../platform/imports/import-kind.js'
import { contextOf, wrongIn, type World } from './hazard-batch.service.js'
import { findHazards } from './hazard-batch.repo.js'
import { placeAfter } from './hazard-outcome.js'
import { hazardMentions } from './hazard.mentions.js'
import { mayAct } from './hazard.policy.js'
import { unitStandings, type StoredHazard, type UnitStanding } from './hazard.repo.js'
import { formOf, ledgerCells } from './ledger-import.columns.js'
import type { LedgerLookup } from './ledger-import.lookup.js'
import { PartiesResolver, type PartiesFound } from './ledger-import.parties.js'
import { findByWording, listEventsSince, wordingOf, type SinceThen } from './ledger-import.repo.js'
import * as say from './ledger-import.say.js'

type Row = say.LedgerImportRow
type Verdict = say.LedgerVerdict
type Fields = ReadonlySet<LedgerField>

interface Prepared {
  readonly row: Row
  readonly form: LedgerForm
  readonly cells: readonly LedgerCell[]
  readonly reading: LedgerRowReading
  readonly found: PartiesFound
  readonly wording: string
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export class LedgerReader implements ImportReader<say.LedgerReading, LedgerField> {
  private readonly resolver: PartiesResolver
  private readonly defaults: LedgerDefaults
  private readonly units = new Map<string, UnitStanding>()
  private readonly world: World
  private readonly names: LedgerNames
  /** Rows above, by the hazard that they are about, and new ones by what they are known by. */
  private readonly claimed = new Map<string, say.RowAbove>()
  private readonly firstWorded = new Map<string, say.RowAbove>()

  constructor(
    private readonly actor: Actor,
    private readonly options: LedgerImportOptions,
    lookup: LedgerLookup,
    private readonly campaign: HazardCampaign,
    private readonly clock: Clock,
  ) {
    this.resolver = new PartiesResolver(actor, options, lookup)
    const { source, grade, sector, foundOn } = options
    const gradeReason = options.gradeReason === '' ? '按导入的隐患清单登记' : options.gradeReason
    this.defaults = { campaignId: campaign.id, source, grade, sector, foundOn, gradeReason }
    this.world = { actor, today: clock.today(), units: this.units, campaigns: new Map([[campaign.id, campaign]]) }
    this.names = { ordinal: 0, unitName: (id) => this.units.get(id)?.name ?? lookup.nameOf(id) }
  }

  async read(handle: Handle, rows: readonly Row[]): Promise<readonly Verdict[]> {
    const prepared = rows.map((row) => this.prepare(row))
    const ids = rows.flatMap(({ identity }) => (identity !== null && uuidForm.test(identity.id) ? [identity.id] : []))
    const marked = await findHazards(handle, ids)
    const wordings = prepared.filter(({ reading }) => reading.disposition !== 'blank').map(({ wording }) => wording)
    const worded = await findByWording(handle, this.campaign.id, wordings)
    await this.learnUnits(handle, prepared, [...marked.values(), ...[...worded.values()].flat()])
    const since = new Map(
      rows.flatMap(({ identity }) => {
        const version = identity === null ? undefined : marked.get(identity.id)?.hazard.version
        return identity !== null && version !== undefined && identity.version < version
          ? [[identity.id, identity.version] as const]
          : []
      }),
    )
    const events = await listEventsSince(handle, since)
    await this.recordForged(
      handle,
      ids.filter((id) => !marked.has(id)),
    )
    return prepared.map((each) => this.judge(each, marked, worded, events))
  }

  private prepare(row: Row): Prepared {
    const form = formOf(row.match)
    const cells = ledgerCells(row.cells)
    const reading = readLedgerRow(cells, form, this.contextFor(row))
    const found = this.resolver.resolve(reading.draft, (field) => row.match.indexOf.has(field), row.decision)
    const wording = wordingOf(found.parties.subject?.name ?? '', reading.draft.description)
    return { row, form, cells, reading, found, wording }
  }

  private contextFor({ sheet, row }: Row): LedgerRowContext {
    const { year } = this.options
    return { sheet, row, today: this.clock.today(), ...(year === null ? {} : { year }) }
  }

  private async learnUnits(
    handle: Handle,
    prepared: readonly Prepared[],
    stored: readonly StoredHazard[],
  ): Promise<void> {
    const ids = new Set<string>()
    const want = (id: string | null | undefined) => {
      if (id !== null && id !== undefined && !this.units.has(id)) ids.add(id)
    }
    for (const { found } of prepared) {
      const { subject, territoryUnitId, authorityUnitId, responsibleUnitId, finder } = found.parties
      for (const id of [subject?.id, territoryUnitId, authorityUnitId, responsibleUnitId, finder?.unitId]) want(id)
    }
    for (const { hazard } of stored) for (const id of hazardMentions(hazard).unitIds) want(id)
    want(this.options.listingUnitId)
    for (const [id, unit] of await unitStandings(handle, [...ids])) this.units.set(id, unit)
  }

  /** Whoever writes another's identity into a sheet has it on record, as one who asks for its page does. */
  private async recordForged(handle: Handle, ids: readonly string[]): Promise<void> {
    const acts = [...new Set(ids)].map((objectId) => ({ action: 'access.refused', objectKind: 'hazard', objectId }))
    await recordActs(handle, this.actor, acts, this.clock.now())
  }

  private judge(
    prepared: Prepared,
    marked: ReadonlyMap<string, StoredHazard>,
    worded: ReadonlyMap<string, readonly StoredHazard[]>,
    events: readonly SinceThen[],
  ): Verdict {
    const { row, reading, wording } = prepared
    if (reading.disposition === 'blank') return { verdict: 'left-out' }
    const failed = [...say.failedFormulas(row), ...say.atCells(row, say.overlong(reading))]
    if (failed.length > 0) return { verdict: 'refused', problems: failed }
    const isNewByDecision = row.decision?.is === 'new'
    if (row.identity !== null) {
      const stored = marked.get(row.identity.id)
      if (stored === undefined) {
        const { code, message } = notFound('隐患')
        return say.refusedRow(row, code, `${message}如果这是新发现的隐患，请清空隐藏列里的行标识。`)
      }
      const above = this.claimed.get(stored.hazard.id)
      if (above === undefined || above.ordinal === row.ordinal) {
        this.claimed.set(stored.hazard.id, say.placeOf(row))
        return this.judgeOurs(prepared, stored, events)
      }
      // A row that was copied in Excel brings its hidden identity along.
      if (!isNewByDecision) return say.doubtTwice(row, above, '的行标识相同，可能是复制了那一行')
    }
    const existing = isNewByDecision ? undefined : this.knownAs(prepared, worded.get(wording) ?? [])
    if (existing === undefined) return this.judgeNew(prepared)
    this.claimed.set(existing.hazard.id, say.placeOf(row))
    return this.judgeKnown(prepared, existing)
  }

  /** The first that no row above is about; a draft without a day is what becomes of a row when its day is filled in. */
  private knownAs({ reading, row }: Prepared, candidates: readonly StoredHazard[]): StoredHazard | undefined {
    const foundOn = reading.draft.foundOn ?? this.options.foundOn
    const free = candidates.filter(
      ({ hazard }) => (this.claimed.get(hazard.id)?.ordinal ?? row.ordinal) === row.ordinal,
    )
    return (
      free.find(({ hazard }) => hazard.foundOn === foundOn && hazard.status !== 'cancelled') ??
      free.find(({ hazard }) => hazard.status === 'draft' && hazard.foundOn === null) ??
      free.find(({ hazard }) => hazard.foundOn === foundOn)
    )
  }

  private judgeOurs(prepared: Prepared, stored: StoredHazard, events: readonly SinceThen[]): Verdict {
    const { row, form, cells, reading, found } = prepared
    const { hazard } = stored
    if (hazard.campaignId !== this.campaign.id) {
      const message = `${hazard.code}是另一个行动的隐患，请在那个行动里导入。`
      return say.refusedRow(row, 'hazard.ledger-other-campaign', message)
    }
    const version = row.identity?.version ?? 0
    if (version > hazard.version) {
      const message = '隐藏列里的行标识被改动过，认不出这一行。请重新导出后再改。'
      return say.refusedRow(row, 'hazard.ledger-identity', message)
    }
    const fields = changedFields(cells, renderLedgerRow(hazard, form, this.names), form, this.contextFor(row))
    if (fields.size === 0) return { verdict: 'same', objectId: hazard.id }
    const unread = reading.problems.filter(({ column }) => fields.has('foundOn') || isAmong(column, fields))
    if (unread.length > 0) return { verdict: 'refused', problems: say.readProblems(row, unread) }

    // What an older row leaves blank may have been filled in since; only what it says is weighed.
    const isStale = version < hazard.version
    const spoken = spokenFields(reading.draft)
    const looked = isStale ? new Set([...fields].filter((field) => spoken.has(field))) : fields
    if (looked.has('subject') && found.doubt !== null) {
      const message = `名册里没有“${reading.draft.subjectName}”，请填写企业的全称。`
      return say.refusedCells(row, [{ ...found.doubt.problem, message }])
    }
    const trial = this.tryOn(stored, prepared, looked, !isStale)
    if (trial.problems.length > 0) return say.refusedCells(row, trial.problems)
    if (trial.commands.length === 0) return { verdict: 'same', objectId: hazard.id }
    if (isStale && !(row.decision?.is === 'same' && row.decision.as === hazard.id)) {
      return say.doubtStale(row, hazard, events, say.changesOf(form, hazard, trial.next, this.names))
    }
    return this.changed(prepared, hazard, trial)
  }

  private judgeKnown(prepared: Prepared, stored: StoredHazard): Verdict {
    const { row, reading, found } = prepared
    const { hazard } = stored
    if (reading.problems.length > 0) return { verdict: 'refused', problems: say.readProblems(row, reading.problems) }
    if (hazard.status === 'cancelled') {
      const message = `已登记过（${hazard.code}）并已作废。确要再登记一次，请选“新增”。`
      return say.doubt(row, { field: 'description', code: 'hazard.ledger-cancelled', message })
    }
    if (hazard.status === 'draft' && found.doubt !== null) return doubtSubject(prepared, found.doubt)
    const trial = this.tryOn(stored, prepared, spokenFields(reading.draft), false)
    if (trial.problems.length > 0) return say.refusedCells(row, trial.problems)
    if (trial.commands.length > 0) return this.changed(prepared, hazard, trial)
    return { verdict: 'same', objectId: hazard.id, problems: say.atCells(row, trial.notes) }
  }

  private judgeNew(prepared: Prepared): Verdict {
    const { row, reading, found, wording } = prepared
    const details = ledgerDetails(null, reading.draft, found.parties, this.defaults)
    const isDraft = reading.disposition === 'draft' || details.foundOn === null
    // A name that is doubted has its question already.
    const missing = isDraft
      ? []
      : missingDetails(details).filter(({ field }) => field !== 'subject' || found.doubt === null)
    const wrong = [...say.readProblems(row, reading.problems), ...say.atCells(row, [...found.problems, ...missing])]
    if (wrong.length > 0) return { verdict: 'refused', problems: wrong }
    if (found.doubt !== null) return doubtSubject(prepared, found.doubt)

    const foundOn = isDraft ? null : details.foundOn
    const again = row.decision?.is === 'new'
    const key = `${wording} ${foundOn ?? ''}`
    const above = this.firstWorded.get(key)
    if (above === undefined) this.firstWorded.set(key, say.placeOf(row))
    else if (above.ordinal !== row.ordinal && !again) return say.doubtTwice(row, above, '的企业、描述和检查日期都相同')

    const kind = isDraft ? 'save-draft' : 'register'
    const trial = this.attempt(
      null,
      { kind, details: { ...details, foundOn } },
      prepared,
      spokenFields(reading.draft),
      false,
    )
    if (trial.problems.length > 0) return say.refusedCells(row, trial.problems)
    return {
      verdict: 'new',
      reading: { on: null, commands: trial.commands, known: { wording, foundOn, again } },
      problems: say.atCells(row, isDraft ? [...found.notes, say.draftNote(reading)] : [...found.notes, ...trial.notes]),
    }
  }

  /** A draft is filled up, and registered once its day is known; what stands already is acted upon. */
  private tryOn(stored: StoredHazard, prepared: Prepared, fields: Fields, isOurs: boolean): LedgerTrial {
    const { hazard } = stored
    if (hazard.status !== 'draft') return this.attempt(stored, null, prepared, fields, isOurs)
    const { draft } = prepared.reading
    const { parties, problems } = prepared.found
    const details = ledgerDetails(hazard, draft, parties, this.defaults)
    const missing = details.foundOn === null ? [] : missingDetails(details)
    if (problems.length + missing.length > 0)
      return { commands: [], next: hazard, problems: [...problems, ...missing], notes: [] }
    if (details.foundOn !== null)
      return this.attempt(stored, { kind: 'register', details }, prepared, spokenFields(draft), false)
    if (!addsToDraft(hazard, draft, parties.subject)) return { commands: [], next: hazard, problems: [], notes: [] }
    return this.attempt(stored, { kind: 'save-draft', details }, prepared, fields, isOurs)
  }

  private attempt(
    before: StoredHazard | null,
    first: HazardCommand | null,
    { reading, found }: Prepared,
    fields: Fields,
    isOurs: boolean,
  ): LedgerTrial {
    const hazard = before?.hazard ?? null
    const stopped = ({ code, message }: { code: string; message: string }): LedgerTrial => ({
      commands: [],
      next: hazard,
      problems: [{ field: 'description', code, message }],
      notes: [],
    })
    const wrong = first === null ? null : wrongIn(this.world, first)
    if (wrong !== null) return stopped(wrong)
    const trial = tryLedgerRow(
      hazard,
      first,
      {
        draft: reading.draft,
        parties: found.parties,
        fields,
        isOurs,
        gradeReason: this.defaults.gradeReason,
        listedOn: this.options.listedOn ?? this.clock.today(),
        listingUnitId: this.options.listingUnitId,
        reason: '按导入的隐患清单更正',
      },
      {
        mayAct: (kind) => mayAct(this.actor, kind),
        contextOf: (stands, command) =>
          contextOf(this.world, command, standing(stands, before), [], { id: unnamed, code: '' }),
      },
    )
    if (trial.next === null || trial.problems.length > 0 || before !== null) return trial
    const placed = placeAfter(this.actor, trial.next, this.units, null)
    return placed.ok ? trial : stopped(placed.refusal)
  }

  private changed({ row, form }: Prepared, hazard: Hazard, trial: LedgerTrial): Verdict {
    return {
      verdict: 'changed',
      objectId: hazard.id,
      reading: { on: { id: hazard.id, version: hazard.version }, commands: trial.commands, known: null },
      changes: say.changesOf(form, hazard, trial.next, this.names),
      problems: say.atCells(row, trial.notes),
    }
  }
}

const unnamed = '00000000-0000-7000-8000-000000000000'

/** Where it stands matters to drafts alone (whose writer's they are), and acts of an import move none. */
function standing(hazard: Hazard | null, before: StoredHazard | null): StoredHazard | null {
  if (hazard === null) return null
  const nowhere = { territoryPath: '', linePath: null, parties: [], createdAt: new Date(0) }
  return { ...(before ?? nowhere), hazard }
}

function doubtSubject({ row }: Prepared, { problem, candidates }: NonNullable<PartiesFound['doubt']>): Verdict {
  return say.doubt(row, { ...problem, field: row.match.indexOf.has('subject') ? 'subject' : 'responsible' }, candidates)
}

function isAmong(title: string, fields: Fields): boolean {
  return (
    [...fields].some((field) => ledgerFieldLabels[field] === title) ||
    (fields.has('progressOn') && title === ledgerFieldLabels.progress)
  )
}

/** Whether the row says something that the draft does not have. */
function addsToDraft(hazard: Hazard, draft: LedgerRowDraft, subject: Hazard['subject']): boolean {
  const said: readonly (readonly [string | null, string | null])[] = [
    [subject?.name ?? '', hazard.subject?.name ?? ''],
    [draft.sector, hazard.sector],
    [draft.description, hazard.description],
    [draft.placeText, hazard.placeText],
    [draft.level, hazard.level],
    [draft.remark, hazard.remark],
    [draft.grade, hazard.grade],
    [draft.source, hazard.source],
    [draft.deadline, hazard.deadline],
    [draft.responsiblePerson, hazard.named.rectifying?.name ?? ''],
  ]
  return said.some(([says, has]) => says !== null && says !== '' && says !== has)
}
