/** Drafting, registering, correcting and judging a hazard: what it is. */
import { formatChinese, type CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { firstOf, needsDate, needsReason, needsText } from './checks.js'
import type { CorrectableDetails, HazardChange, HazardCommandOf, HazardContext } from './command.js'
import type { Refused } from './guards.js'
import {
  blankHazardDetails,
  hazardGradeLabels,
  hazardSourceLabels,
  personOf,
  type Hazard,
  type HazardDetails,
  type HazardGrade,
} from './hazard.js'

export function saveDraft(
  _: Hazard | null,
  command: HazardCommandOf<'save-draft'>,
  context: HazardContext,
): Decision<HazardChange> {
  const { details } = command
  const { foundOn } = details
  // A draft may lack anything, but what it has must be possible: a date that cannot be is caught while the form is still open.
  const refusal = firstOf(
    foundOn === null ? null : foundLimits(foundOn, context.today),
    details.deadline === null ? null : deadlineLimits(details.deadline, foundOn),
    campaignMatches(details, context),
  )
  if (refusal !== null) return refusal
  return decided({
    changes: { ...only(details), gradeJudgedBy: details.grade === null ? null : personOf(context.actor) },
    note: '',
  })
}

export function register(
  hazard: Hazard | null,
  command: HazardCommandOf<'register'>,
  context: HazardContext,
): Decision<HazardChange> {
  const details = command.details ?? hazard
  if (details === null) return refused('hazard.details-missing', '没有登记内容，请填写隐患信息。', 'details')
  const refusal = firstOf(
    campaignMatches(details, context),
    details.campaignId === null ? missing('所属行动', 'campaignId') : null,
    details.subject === null
      ? missing('企业或场所', 'subject')
      : needsText(details.subject.name, '企业或场所名称', 'subject'),
    details.territoryUnitId === null ? missing('属地', 'territoryUnitId') : null,
    needsText(details.sector ?? '', '行业领域', 'sector'),
    details.source === null ? missing('隐患来源', 'source') : null,
    details.finder === null ? missing('发现人', 'finder') : needsText(details.finder.name, '发现人', 'finder'),
    sourceFits(details, context),
    details.foundOn === null ? missing('检查日期', 'foundOn') : foundLimits(details.foundOn, context.today),
    needsText(details.description, '隐患描述', 'description'),
    details.grade === null ? missing('隐患等级', 'grade') : null,
    details.gradeReason.trim() === ''
      ? refused('hazard.reason-missing', '请写明判定等级的理由。', 'gradeReason')
      : null,
    details.deadline === null ? null : deadlineLimits(details.deadline, details.foundOn),
    details.responsibleUnitId === null ? missing('整改责任单位', 'responsibleUnitId') : null,
    details.authorityUnitId === null ? missing('监管单位', 'authorityUnitId') : null,
  )
  if (refusal !== null) return refusal
  const finding = details.named.finding ?? details.finder
  return decided({
    changes: {
      ...only(details),
      named: { ...details.named, finding: finding && personOf(finding) },
      gradeJudgedBy: personOf(context.actor),
    },
    note: `${details.grade === null ? '' : hazardGradeLabels[details.grade]}隐患，${details.foundOn === null ? '' : formatChinese(details.foundOn)}发现`,
  })
}

const correctableLabels: Readonly<Record<keyof CorrectableDetails, string>> = {
  subject: '企业或场所',
  territoryUnitId: '属地',
  sector: '行业领域',
  source: '隐患来源',
  finder: '发现人',
  foundOn: '检查日期',
  description: '隐患描述',
  placeText: '地点',
  position: '位置',
  level: '涉及层面',
  remark: '备注',
  evidenceFileIds: '照片和附件',
  named: '责任到人',
}
const correctableFields = Object.keys(correctableLabels) as readonly (keyof CorrectableDetails)[]

export function correct(
  hazard: Hazard,
  command: HazardCommandOf<'correct'>,
  context: HazardContext,
): Decision<HazardChange> {
  const fields = correctableFields.filter(
    (field) => command.changes[field] !== undefined && !isDeepEqual(command.changes[field], hazard[field]),
  )
  if (fields.length === 0) return refused('hazard.nothing-corrected', '没有改动任何内容。', 'changes')
  // Only what may be corrected is taken over, whatever else a caller has put into the object.
  const changes: Partial<HazardDetails> = Object.fromEntries(fields.map((field) => [field, command.changes[field]]))
  const after: Hazard = { ...hazard, ...changes }
  const refusal = firstOf(
    needsReason(command.reason, '更正的原因'),
    after.subject === null
      ? missing('企业或场所', 'subject')
      : needsText(after.subject.name, '企业或场所名称', 'subject'),
    after.territoryUnitId === null ? missing('属地', 'territoryUnitId') : null,
    needsText(after.sector ?? '', '行业领域', 'sector'),
    after.source === null ? missing('隐患来源', 'source') : null,
    after.finder === null ? missing('发现人', 'finder') : needsText(after.finder.name, '发现人', 'finder'),
    fields.includes('source') || fields.includes('finder') ? sourceFits(after, context) : null,
    needsText(after.description, '隐患描述', 'description'),
    after.foundOn === null ? missing('检查日期', 'foundOn') : foundLimits(after.foundOn, context.today),
    fields.includes('foundOn') ? foundBeforeAllElse(hazard, after.foundOn, context) : null,
  )
  if (refusal !== null) return refusal
  const names = fields.map((field) => correctableLabels[field]).join('、')
  return decided({ changes, note: `${names}；原因：${command.reason.trim()}` })
}

const gradeWeight: Readonly<Record<HazardGrade, number>> = { general: 0, key: 1, major: 2 }

export function judge(
  hazard: Hazard,
  command: HazardCommandOf<'judge'>,
  { actor, authorities }: HazardContext,
): Decision<HazardChange> {
  const refusal = needsReason(command.reason, '判定等级的理由')
  if (refusal !== null) return refusal
  const lowers = hazard.grade !== null && gradeWeight[command.grade] < gradeWeight[hazard.grade]
  // Otherwise an enterprise could escape outside re-inspection by calling its major hazard a general one.
  if (lowers && (!authorities.actorIsOfAuthority || authorities.actorInsideEnterprise)) {
    return refused('hazard.lowering', '降低隐患等级须由监管部门判定，请报监管部门。', 'grade')
  }
  if (hazard.listing !== null && command.grade === 'general') {
    return refused('hazard.listing-grade', '已挂牌督办的隐患不能改为一般隐患。', 'grade')
  }
  const was = hazard.grade === null ? '' : `由${hazardGradeLabels[hazard.grade]}`
  return decided({
    changes: {
      grade: command.grade,
      gradeReason: command.reason.trim(),
      gradeJudgedBy: personOf(actor),
      criteriaItem: command.criteriaItem,
    },
    note: `${was}判定为${hazardGradeLabels[command.grade]}，理由：${command.reason.trim()}`,
  })
}

function foundLimits(foundOn: CivilDate, today: CivilDate): Refused | null {
  return needsDate(foundOn, { name: '检查日期', path: 'foundOn', notAfterToday: today })
}

function deadlineLimits(deadline: CivilDate, foundOn: CivilDate | null): Refused | null {
  return needsDate(deadline, { name: '整改时限', path: 'deadline', notBefore: [['检查日期', foundOn]] })
}

/** A later 检查日期 must not pass anything that was done about the hazard, nor any fact that counts it as done. */
function foundBeforeAllElse(hazard: Hazard, foundOn: CivilDate | null, context: HazardContext): Refused | null {
  const planned = hazard.rectification?.mode === 'planned' ? hazard.rectification.deadline : null
  const dates: readonly [string, CivilDate | null][] = [
    ['整改时限', hazard.deadline],
    ['计划整改时限', planned],
    ['实际整改完成时间', hazard.rectifiedOn],
    ['复查日期', hazard.reinspection?.on ?? null],
    ['挂牌督办日期', hazard.listing?.on ?? null],
    ...hazard.progress.map(({ on }): [string, CivilDate] => ['整改进展时间', on]),
    ...context.putFacts
      .filter(({ measure }) => !measure.startsWith('hazard/found/'))
      .map(({ occurredOn }): [string, CivilDate] => ['已统计的日期', occurredOn]),
  ]
  for (const [what, date] of dates) {
    if (date !== null && foundOn !== null && foundOn > date) {
      return refused(
        'hazard.found-too-late',
        `检查日期${formatChinese(foundOn)}晚于${what}${formatChinese(date)}，请先核对${what}。`,
        'foundOn',
      )
    }
  }
  return null
}

/** Who may say where a hazard came from: 部门检查 is no enterprise's to claim, and 企业自查 no department's. */
function sourceFits(details: HazardDetails, { actor }: HazardContext): Refused | null {
  const { source, finder } = details
  if (source === null || finder === null) return null
  if (actor.side === 'enterprise' && source !== 'self-check' && source !== 'third-party') {
    return refused(
      'hazard.source-not-yours',
      `企业只能登记企业自查和第三方发现的隐患，“${hazardSourceLabels[source]}”请由部门登记。`,
      'source',
    )
  }
  if (
    (source === 'self-check') !== (finder.side === 'enterprise') &&
    (source === 'self-check' || source === 'inspection')
  ) {
    return refused(
      'hazard.source-finder',
      source === 'self-check'
        ? '企业自查的隐患，发现人应是企业的人，请核对来源或发现人。'
        : '部门检查的隐患，发现人应是部门或政府的人，请核对来源或发现人。',
      'finder',
    )
  }
  return null
}

function campaignMatches(details: HazardDetails, { campaign }: HazardContext): Refused | null {
  if (details.campaignId === null || details.campaignId === campaign.id) return null
  return refused('hazard.campaign-unknown', '找不到所选的行动，请重新选择。', 'campaignId')
}

function missing(name: string, path: string): Refused {
  return refused('hazard.field-missing', `${name}没有填写，请填写后再登记。`, path)
}

/** By value, whatever the order of keys (a database may return them in another one). */
function isDeepEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))]
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && isDeepEqual(value, right.get(key)))
  )
}

const detailFields = Object.keys(blankHazardDetails) as readonly (keyof HazardDetails)[]

/** The details and nothing else, whatever else a caller has put into the object. */
function only(details: HazardDetails): HazardDetails {
  return { ...blankHazardDetails, ...Object.fromEntries(detailFields.map((field) => [field, details[field]])) }
}
