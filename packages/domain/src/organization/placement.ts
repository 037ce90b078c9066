/** What may be asserted about where a unit stands: a placement, its withdrawal, or both at once (a correction). */
import type { CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { comparePositions } from './ledger-position.js'
import type { PlacementAssertion } from './tree.js'
import { kindsAbove, mayStandUnder, unitKindLabel, type TreeAxis, type UnitKind } from './unit-kind.js'

/** What the rules must know of a unit. */
export interface UnitFacts {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
  readonly tenantId: string
  /** The day from which the unit exists. */
  readonly establishedOn: CivilDate
}

export type UnitLookup = (unitId: string) => UnitFacts | undefined

export interface NewPlacement {
  readonly id: string
  readonly unitId: string
  readonly parentId: string | null
  readonly axis: TreeAxis
  readonly validFrom: CivilDate
}

/** Where a unit stands from a day on. Answers the assertion to append, not sealed yet. */
export function decidePlacement(
  existing: readonly PlacementAssertion[],
  placement: NewPlacement,
  unitOf: UnitLookup,
): Decision<PlacementAssertion> {
  return decideAmong(livePlacements(existing, placement.axis), placement, unitOf)
}

/** Takes a placement back that was never right. Answers the cancelling assertion. */
export function decideCancellation(
  existing: readonly PlacementAssertion[],
  cancellation: { readonly id: string; readonly cancels: string },
  unitOf: UnitLookup,
): Decision<PlacementAssertion> {
  const named = existing.find(({ id }) => id === cancellation.cancels)
  if (named === undefined || named.cancels !== null) {
    return refused('organization.no-such-placement', '找不到要撤销的隶属关系记录；请刷新后重新选择。', 'cancels')
  }
  const live = livePlacements(existing, named.axis)
  const remaining = withoutAssertion(live, named)
  if (remaining === null) {
    return refused('organization.already-cancelled', '这条隶属关系记录已经被撤销；请刷新后查看最新记录。', 'cancels')
  }
  if (named.axis === 'territory' && (remaining.get(named.unitId) ?? []).length === 0) {
    return refused(
      'organization.last-placement',
      '这是该单位唯一的属地隶属记录，撤销后单位无处可归；请改用“更正”，同时写明正确的上级单位。',
      'cancels',
    )
  }
  const circle = circleThrough(remaining, named.unitId, named.validFrom)
  if (circle !== null) return circleRefusal(circle, named.unitId, unitOf)
  return decided(cancelling(cancellation.id, named))
}

/** Cancels one placement of a unit and states the right one, together. Answers both assertions, in the order to append them. */
export function decideCorrection(
  existing: readonly PlacementAssertion[],
  correction: { readonly cancellationId: string; readonly cancels: string; readonly placement: NewPlacement },
  unitOf: UnitLookup,
): Decision<readonly [PlacementAssertion, PlacementAssertion]> {
  const { placement } = correction
  const named = existing.find(({ id }) => id === correction.cancels)
  if (
    named === undefined ||
    named.cancels !== null ||
    named.unitId !== placement.unitId ||
    named.axis !== placement.axis
  ) {
    return refused('organization.no-such-placement', '找不到该单位要更正的隶属关系记录；请刷新后重新选择。', 'cancels')
  }
  const remaining = withoutAssertion(livePlacements(existing, named.axis), named)
  if (remaining === null) {
    return refused('organization.already-cancelled', '这条隶属关系记录已经被撤销；请刷新后查看最新记录。', 'cancels')
  }
  // What stood before it comes back between the old date and the new one, and may close a circle there.
  const circle = circleThrough(remaining, named.unitId, named.validFrom)
  if (circle !== null && circle < placement.validFrom) return circleRefusal(circle, named.unitId, unitOf)
  const placed = decideAmong(remaining, placement, unitOf)
  return placed.ok ? decided([cancelling(correction.cancellationId, named), placed.value] as const) : placed
}

function cancelling(id: string, named: PlacementAssertion): PlacementAssertion {
  return { ...named, id, parentId: null, position: null, cancels: named.id }
}

function decideAmong(live: LivePlacements, placement: NewPlacement, unitOf: UnitLookup): Decision<PlacementAssertion> {
  const { unitId, parentId, axis, validFrom } = placement
  const unit = unitOf(unitId)
  if (unit === undefined) return refused('organization.no-such-unit', '找不到该单位；请刷新后重新选择。', 'unitId')
  if (validFrom < unit.establishedOn) {
    return refused(
      'organization.before-unit-exists',
      `“${unit.name}”${unit.establishedOn}才设立，隶属关系不能从${validFrom}算起；请改为设立之日或以后。`,
      'validFrom',
    )
  }
  const parent = parentId === null ? null : unitOf(parentId)
  if (parent === undefined)
    return refused('organization.no-such-unit', '找不到上级单位；请刷新后重新选择。', 'parentId')
  if (parent !== null) {
    if (parent.id === unitId) {
      return refused('organization.cycle', `“${unit.name}”不能做自己的上级；请另选上级单位。`, 'parentId')
    }
    if (parent.tenantId !== unit.tenantId) {
      return refused(
        'organization.other-tenant',
        `“${parent.name}”属于另一个辖区，单位不能直接移过去；请由原辖区导出该单位的资料包，再由对方接收。`,
        'parentId',
      )
    }
    if (validFrom < parent.establishedOn) {
      return refused(
        'organization.before-parent-exists',
        `上级“${parent.name}”${parent.establishedOn}才设立；请把起始日期改为当日或以后，或另选上级。`,
        'validFrom',
      )
    }
  }
  if (!mayStandUnder(unit.kind, parent?.kind ?? null, axis)) return kindRefusal(unit, parent, axis)
  const sameDay = (live.get(unitId) ?? []).find((other) => other.validFrom === validFrom)
  if (sameDay !== undefined) {
    return refused(
      'organization.moved-twice-a-day',
      `“${unit.name}”在${validFrom}已有一条隶属关系记录；同一天只能有一条。如前一条有误，请对它点“更正”（撤销原记录并写明正确的上级），不要再加一条。`,
      'validFrom',
    )
  }
  const assertion: PlacementAssertion = {
    id: placement.id,
    unitId,
    parentId,
    axis,
    validFrom,
    position: null,
    cancels: null,
  }
  const circle = circleThrough(withAssertion(live, assertion), unitId, validFrom)
  if (circle !== null) return circleRefusal(circle, unitId, unitOf)
  return decided(assertion)
}

function kindRefusal(unit: UnitFacts, parent: UnitFacts | null, axis: TreeAxis): Decision<never> {
  const allowed = kindsAbove(unit.kind, axis).map(unitKindLabel).join('、')
  const kind = unitKindLabel(unit.kind)
  if (parent === null) {
    return refused('organization.parent-required', `${kind}必须有上级单位；请选择${allowed}作为上级。`, 'parentId')
  }
  const above = unitKindLabel(parent.kind)
  return refused(
    'organization.parent-kind',
    allowed === ''
      ? `${kind}是最高一级，不能隶属于${above}；请把上级单位留空。`
      : `${kind}不能隶属于${above}（“${parent.name}”）；上级应当是${allowed}。`,
    'parentId',
  )
}

function circleRefusal(day: CivilDate, unitId: string, unitOf: UnitLookup): Decision<never> {
  const name = unitOf(unitId)?.name ?? unitId
  return refused(
    'organization.cycle',
    `这样一来，${day}起“${name}”会成为自己下级的下级；请先调整该下级的隶属关系，或另选上级单位。`,
    'parentId',
  )
}

/** For each unit its placements that nobody cancelled, by date. */
type LivePlacements = ReadonlyMap<string, readonly PlacementAssertion[]>

function livePlacements(existing: readonly PlacementAssertion[], axis: TreeAxis): LivePlacements {
  const cancelled = new Set(existing.flatMap(({ cancels }) => cancels ?? []))
  const live = new Map<string, PlacementAssertion[]>()
  for (const assertion of existing) {
    if (assertion.axis !== axis || assertion.cancels !== null || cancelled.has(assertion.id)) continue
    const own = live.get(assertion.unitId)
    if (own === undefined) live.set(assertion.unitId, [assertion])
    else own.push(assertion)
  }
  for (const own of live.values()) if (own.length > 1) own.sort(byDate)
  return live
}

function byDate(a: PlacementAssertion, b: PlacementAssertion): number {
  if (a.validFrom !== b.validFrom) return a.validFrom < b.validFrom ? -1 : 1
  return comparePositions(a.position, b.position)
}

function withAssertion(live: LivePlacements, assertion: PlacementAssertion): LivePlacements {
  return new Map(live).set(assertion.unitId, [...(live.get(assertion.unitId) ?? []), assertion].sort(byDate))
}

/** Null when the assertion is not among the live ones. */
function withoutAssertion(live: LivePlacements, named: PlacementAssertion): LivePlacements | null {
  const own = live.get(named.unitId) ?? []
  if (!own.some(({ id }) => id === named.id)) return null
  return new Map(live).set(
    named.unitId,
    own.filter(({ id }) => id !== named.id),
  )
}

/**
 * The first day, from `since` on, on which the unit stands above itself, or null. Only the unit's own chain of superiors is
 * walked, once for each day on which it changes: 60,000 units cost no more than the handful above the one that moves.
 */
function circleThrough(live: LivePlacements, unitId: string, since: CivilDate): CivilDate | null {
  let day: CivilDate | null = since
  while (day !== null) {
    const today: CivilDate = day
    let next: CivilDate | null = null
    const seen = new Set<string>()
    for (let at: string | null = unitId; at !== null && !seen.has(at);) {
      seen.add(at)
      const own: readonly PlacementAssertion[] = live.get(at) ?? []
      const change = own.find(({ validFrom }) => validFrom > today)?.validFrom ?? null
      if (change !== null && (next === null || change < next)) next = change
      at = own.findLast(({ validFrom }) => validFrom <= today)?.parentId ?? null
      if (at === unitId) return today
    }
    day = next
  }
  return null
}
