/**
 * From a Plan to a campaign. What the plan says is taken over as it stands, slips included; what is doubtful becomes a
 * question. A blocking question must be decided, with a reason, before the campaign starts; the decision is kept with it.
 */
import { formatChinese, isCivilDate, type CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { metricTableFrom, strayParts, type MetricTableTemplate } from './metric-table.js'
import type {
  Plan,
  PlanContact,
  PlanDuty,
  PlanFrequency,
  PlanLeader,
  PlanLedger,
  PlanOtherAnnex,
  PlanPhase,
  PlanQuota,
  PlanReport,
  PlanResponsibility,
  PlanTarget,
  PlanTaskDue,
  PlanWarningCode,
} from './plan.js'

export interface CampaignTaskDraft {
  /** `t<annex>.<row>`, both counted as the document does: stays when the plan is read again. */
  readonly key: string
  readonly area: string
  readonly task: string
  readonly requirement: string
  /** Units as the plan names them; who they are is decided when the campaign is set up. */
  readonly responsible: readonly string[]
  readonly frequency: PlanFrequency | null
  readonly quota: PlanQuota | null
  readonly dueText: string
  readonly due: PlanTaskDue | null
}

export interface CampaignTaskListDraft {
  readonly ordinal: number
  readonly title: string
  readonly tasks: readonly CampaignTaskDraft[]
}

export interface CampaignDraft {
  readonly name: string
  readonly title: string
  readonly issuer: string
  readonly docNo: string | null
  readonly issuedOn: CivilDate | null
  readonly startsOn: CivilDate | null
  readonly endsOn: CivilDate | null
  readonly basis: readonly string[]
  readonly parentPlan: string | null
  readonly recipients: readonly string[]
  readonly leadership: readonly PlanLeader[]
  readonly sectors: readonly string[]
  readonly responsibilities: readonly PlanResponsibility[]
  readonly criteria: readonly string[]
  readonly phases: readonly PlanPhase[]
  readonly taskLists: readonly CampaignTaskListDraft[]
  readonly targets: readonly PlanTarget[]
  readonly contacts: readonly PlanContact[]
  readonly tables: readonly MetricTableTemplate[]
  readonly ledgers: readonly PlanLedger[]
  readonly otherAnnexes: readonly PlanOtherAnnex[]
  readonly reports: readonly PlanReport[]
  readonly duties: readonly PlanDuty[]
  readonly questions: readonly CampaignQuestion[]
}

export type CampaignCheckCode =
  | 'start-missing'
  | 'end-missing'
  | 'already-ended'
  | 'phase-reversed'
  | 'due-unread'
  | 'annex-ordinal-doubled'
  | 'part-without-whole'

export interface CampaignQuestion {
  /** `<code>#<n>`, counted among questions of the same code. */
  readonly key: string
  readonly code: PlanWarningCode | CampaignCheckCode
  readonly message: string
  /** The words of the document that it is about. */
  readonly quotes: readonly string[]
  readonly blocking: boolean
}

export interface QuestionDecision {
  readonly key: string
  /** What holds, in the officer's words or one of the quotes. */
  readonly chosen: string
  readonly reason: string
}

export function campaignFromPlan(plan: Plan, { today }: { readonly today: CivilDate }): Decision<CampaignDraft> {
  const { name, startsOn, endsOn } = plan.campaign
  if (name.trim() === '')
    return refused('campaign.name-missing', '方案里没有行动名称，请补填行动名称。', 'campaign.name')
  for (const [path, date] of datesOf(plan)) {
    if (date !== null && !isCivilDate(date)) {
      return refused('campaign.date-invalid', `方案中的日期“${date}”不存在，请更正后再建立行动。`, path)
    }
  }
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
    const dates = `${formatChinese(startsOn)}—${formatChinese(endsOn)}`
    return refused(
      'campaign.dates-reversed',
      `行动的结束日期早于开始日期（${dates}），请更正后再建立行动。`,
      'campaign.endsOn',
    )
  }
  return decided({
    name: name.trim(),
    title: plan.title,
    issuer: plan.issuer,
    docNo: plan.docNo,
    issuedOn: plan.issuedOn,
    startsOn,
    endsOn,
    basis: plan.basis,
    parentPlan: plan.parentPlan,
    recipients: plan.recipients,
    leadership: plan.leadership,
    sectors: plan.sectors,
    responsibilities: plan.responsibilities,
    criteria: plan.criteria,
    phases: plan.phases,
    taskLists: taskListsOf(plan),
    targets: plan.targets,
    contacts: plan.contacts,
    tables: plan.annexes.flatMap((annex) => (annex.kind === 'metric-table' ? [metricTableFrom(annex)] : [])),
    ledgers: plan.annexes.filter((annex) => annex.kind === 'ledger'),
    otherAnnexes: plan.annexes.filter((annex) => annex.kind === 'other'),
    reports: plan.reports,
    duties: plan.duties,
    questions: questionsOf(plan, today),
  })
}

/** The blocking questions that nobody has decided yet, or not with both a choice and a reason. */
export function openQuestions(
  questions: readonly CampaignQuestion[],
  decisions: readonly QuestionDecision[],
): readonly CampaignQuestion[] {
  const isDecided = ({ key }: CampaignQuestion) =>
    decisions.some((decision) => decision.key === key && decision.chosen.trim() !== '' && decision.reason.trim() !== '')
  return questions.filter((question) => question.blocking && !isDecided(question))
}

function taskListsOf(plan: Plan): readonly CampaignTaskListDraft[] {
  return plan.annexes.flatMap((annex) => {
    if (annex.kind !== 'task-list') return []
    const tasks = annex.tasks.map((task, at): CampaignTaskDraft => {
      const { area, requirement, responsible, frequency, quota, dueText, due } = task
      const key = `t${annex.ordinal}.${at + 1}`
      return { key, area, task: task.task, requirement, responsible, frequency, quota, dueText, due }
    })
    return [{ ordinal: annex.ordinal, title: annex.title, tasks }]
  })
}

type Found = Omit<CampaignQuestion, 'key'>

function questionsOf(plan: Plan, today: CivilDate): readonly CampaignQuestion[] {
  const { startsOn, endsOn } = plan.campaign
  const found: Found[] = plan.warnings.map(({ code, message, quotes }) => ({ code, message, quotes, blocking: true }))
  const ask = (code: CampaignCheckCode, message: string, quotes: readonly string[], blocking: boolean) =>
    found.push({ code, message, quotes, blocking })

  if (startsOn === null) ask('start-missing', '方案没有写明行动从哪天开始，请确定开始日期。', [], true)
  if (endsOn === null) ask('end-missing', '方案没有写明行动到哪天结束，未定之前按长期开展处理。', [], false)
  if (endsOn !== null && endsOn < today) {
    ask('already-ended', `行动按方案已在${formatChinese(endsOn)}结束，请确认是否仍要建立。`, [], false)
  }
  for (const phase of plan.phases) {
    if (phase.startsOn !== null && phase.endsOn !== null && phase.endsOn < phase.startsOn) {
      ask('phase-reversed', `阶段“${phase.name}”的结束日期早于开始日期，请确定起止日期。`, [phase.name], true)
    }
  }
  for (const annex of plan.annexes) {
    if (plan.annexes.find(({ ordinal }) => ordinal === annex.ordinal) !== annex) {
      ask('annex-ordinal-doubled', `有两个附件都是附件${annex.ordinal}，请核对序号。`, [annex.title], false)
    }
    if (annex.kind === 'metric-table') {
      for (const { cell, label, partOf } of strayParts(annex)) {
        ask(
          'part-without-whole',
          `“${annex.title}”里“${label}”写明是“${partOf}”的一部分，但这一格里没有后者；请确定它是什么的一部分，或单独计数。`,
          [cell],
          true,
        )
      }
    }
    if (annex.kind !== 'task-list') continue
    for (const { task, due, dueText } of annex.tasks) {
      if (due === null) ask('due-unread', `任务“${task}”的完成时限“${dueText}”没有读懂，请补填。`, [dueText], false)
    }
  }
  return found.map((question, at) => {
    const n = found.slice(0, at + 1).filter(({ code }) => code === question.code).length
    return { key: `${question.code}#${n}`, ...question }
  })
}

/** Every date that rules will calculate with. */
function datesOf(plan: Plan): readonly (readonly [path: string, date: CivilDate | null])[] {
  return [
    ['issuedOn', plan.issuedOn],
    ['campaign.startsOn', plan.campaign.startsOn],
    ['campaign.endsOn', plan.campaign.endsOn],
    ...plan.phases.flatMap(({ startsOn, endsOn }, at): [string, CivilDate | null][] => [
      [`phases.${at}.startsOn`, startsOn],
      [`phases.${at}.endsOn`, endsOn],
    ]),
    ...plan.duties.map(({ deadline }, at): [string, CivilDate | null] => [`duties.${at}.deadline`, deadline]),
    ...plan.reports.flatMap(({ due, since }, at): [string, CivilDate | null][] => [
      [`reports.${at}.since`, since],
      [`reports.${at}.due`, due !== null && 'date' in due ? due.date : null],
    ]),
    ...plan.annexes.flatMap((annex, at): [string, CivilDate | null][] => {
      if (annex.kind !== 'task-list') return []
      return annex.tasks.flatMap(({ due }, row): [string, CivilDate | null][] => {
        const path = `annexes.${at}.tasks.${row}.due`
        if (due?.kind === 'date') return [[path, due.date]]
        if (due?.kind !== 'dates') return []
        return due.windows.flatMap(({ from, to }): [string, CivilDate][] => [
          [path, from],
          [path, to],
        ])
      })
    }),
  ]
}
