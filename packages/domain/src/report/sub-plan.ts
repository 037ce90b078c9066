/**
 * 实施方案: what of a campaign falls to one unit, as the draft of a plan of its own. It says what the campaign asks of this unit and
 * nothing else; what only the unit knows (who leads, by what means) is a marked blank.
 */
import type { PlanContact, PlanDuty, PlanFrequency, PlanPeriod, PlanPhase, PlanTask } from '../campaign/plan.js'
import type { UnitKind } from '../organization/index.js'
import { formatChinese, type CivilDate } from '../shared/civil-date.js'
import type { DraftBlock } from './draft-block.js'
import { blankFor } from './narrative-sections.js'
import { respondentWords } from './schedule-draft.js'

export interface OwnReturn {
  readonly title: string
  /** Those that come next, the first first; none where nobody has set up when. */
  readonly dueOn: readonly CivilDate[]
  readonly receiverNames: readonly string[]
}

export interface OwnPart {
  readonly unit: { readonly name: string; readonly kind: UnitKind }
  readonly campaign: {
    readonly name: string
    readonly title: string
    readonly issuer: string
    readonly docNo: string | null
    /** Of the unit whose campaign it is. */
    readonly unitName: string
  }
  readonly phases: readonly Pick<PlanPhase, 'name' | 'startsOn' | 'endsOn'>[]
  readonly duties: readonly PlanDuty[]
  readonly tasks: readonly Pick<PlanTask, 'requirement' | 'due' | 'dueText' | 'frequency'>[]
  readonly returns: readonly OwnReturn[]
  /** Of the unit that issues the campaign. */
  readonly contacts: readonly Pick<PlanContact, 'name' | 'phone' | 'scope'>[]
}

/** A campaign under another one is called by the unit that carries it out: 柳河镇…行动 under 青榆区…行动. */
export function nameUnder(unitName: string, campaign: { readonly name: string; readonly unitName: string }): string {
  const { name, unitName: above } = campaign
  return `${unitName}${name.startsWith(above) ? name.slice(above.length) : name}`
}

const levels: Readonly<Record<UnitKind, PlanDuty['level']>> = {
  district: 'government',
  'functional-area': 'government',
  'area-committee': 'government',
  town: 'government',
  township: 'government',
  street: 'government',
  village: 'government',
  community: 'government',
  department: 'department',
  office: 'department',
  'safety-committee-office': 'department',
  enterprise: 'enterprise',
}

/** Of a class (各镇, 有关部门, 社区居委会), not of one unit that is named. */
const ofAClass = (actor: string): boolean =>
  /各|全体|所有|有关|相关|成员/u.test(actor) ||
  /^(?:乡镇|镇街|镇|乡|街道|村|社区|园区|景区|部门|管委会)(?:人民政府|政府|办事处|村委会|居委会)?$/u.test(actor)

/** Whether the words speak of this unit: by its name, or by its kind. */
function speakOf(words: string, { name, kind }: OwnPart['unit']): boolean {
  if (name.endsWith(words) || words.includes(name)) return true
  const { kinds } = respondentWords(words)
  const isArea = kind === 'functional-area' && kinds.includes('area-committee')
  return ofAClass(words) && (kinds.includes(kind) || isArea)
}

/** The duties of this unit. Within an enterprise a notice speaks of people (主要负责人): all of them are the enterprise's. */
export function dutiesOf(unit: OwnPart['unit'], duties: readonly PlanDuty[]): readonly PlanDuty[] {
  return duties.filter(
    ({ level, actor }) =>
      level === levels[unit.kind] && (level === 'enterprise' || actor === null || speakOf(actor, unit)),
  )
}

/** The tasks of this unit: those that were given to it, and those that the list gives to all of its kind (各镇). */
export function tasksOf<Task extends { readonly responsible: readonly string[]; readonly unitIds: readonly string[] }>(
  unit: OwnPart['unit'],
  tasks: readonly Task[],
  unitId: string,
): readonly Task[] {
  return tasks.filter(
    ({ unitIds, responsible }) => unitIds.includes(unitId) || responsible.some((words) => speakOf(words, unit)),
  )
}

interface Part {
  readonly heading: string
  /** What a heading that the plan prescribes says when it asks for this part. */
  readonly topic: RegExp
  readonly blocks: (own: OwnPart) => readonly DraftBlock[]
}

const parts: readonly Part[] = [
  { heading: '时间安排', topic: /阶段|步骤|时间|进度/u, blocks: phaseBlocks },
  { heading: '重点任务', topic: /任务|措施|重点|内容/u, blocks: taskBlocks },
  { heading: '工作职责', topic: /职责|责任|分工/u, blocks: dutyBlocks },
  { heading: '信息报送', topic: /报送|信息|调度/u, blocks: returnBlocks },
  { heading: '联系方式', topic: /联系/u, blocks: contactBlocks },
]

/** `headings`: those that the plan prescribes for what is put on record (备案); without any, the usual ones. */
export function subPlanBody(own: OwnPart, headings: readonly string[]): readonly DraftBlock[] {
  const { campaign } = own
  const number = campaign.docNo === null ? '' : `（${campaign.docNo}）`
  const opening = `根据${campaign.issuer}《${campaign.title}》${number}的部署，结合本单位实际，制定本方案。`
  return [{ text: opening }, ...(headings.length === 0 ? usualBody(own) : prescribedBody(own, headings))]
}

function usualBody(own: OwnPart): readonly DraftBlock[] {
  return [
    { heading: 1, text: '工作目标' },
    { text: blankFor('本单位要达到的目标') },
    { heading: 1, text: '组织领导' },
    { text: blankFor('由谁牵头、谁负责、谁参加') },
    ...parts.flatMap((part) => headed(part, own)),
    { heading: 1, text: '保障措施' },
    { text: blankFor('人员、资金、督查考核的安排') },
  ]
}

/** Each part stands under the first heading that asks for it, and under its own where none does. */
function prescribedBody(own: OwnPart, headings: readonly string[]): readonly DraftBlock[] {
  const placeOf = (part: Part) => headings.findIndex((heading) => part.topic.test(heading))
  const prescribed = headings.flatMap((heading, at): DraftBlock[] => [
    { heading: 1, text: heading },
    ...parts.filter((part) => placeOf(part) === at).flatMap((part) => part.blocks(own)),
    { text: blankFor('请写明本单位的安排') },
  ])
  const others = parts.filter((part) => placeOf(part) === -1).flatMap((part) => headed(part, own))
  return [...prescribed, ...others]
}

function headed(part: Part, own: OwnPart): readonly DraftBlock[] {
  const blocks = part.blocks(own)
  return blocks.length === 0 ? [] : [{ heading: 1, text: part.heading }, ...blocks]
}

function phaseBlocks({ phases }: OwnPart): readonly DraftBlock[] {
  return phases.flatMap(({ name, startsOn, endsOn }): DraftBlock[] => [
    { heading: 2, text: `${name}${spanWords(startsOn, endsOn)}` },
    { text: blankFor('本单位在这一阶段的安排') },
  ])
}

function spanWords(startsOn: CivilDate | null, endsOn: CivilDate | null): string {
  if (endsOn === null) return startsOn === null ? '' : `（${formatChinese(startsOn)}起）`
  return startsOn === null
    ? `（${formatChinese(endsOn)}前）`
    : `（${formatChinese(startsOn)}至${formatChinese(endsOn)}）`
}

function taskBlocks({ tasks }: OwnPart): readonly DraftBlock[] {
  return tasks.flatMap((task): DraftBlock[] => [
    { text: `${closed(task.requirement)}${taskTime(task)}责任人：${blankFor('姓名、职务')}。` },
  ])
}

function taskTime({ due, dueText, frequency }: OwnPart['tasks'][number]): string {
  const often = frequency === null ? '' : `${frequencyWords(frequency)}。`
  if (due === null) return `${often}${dueText === '' ? '' : `时限：${dueText}。`}`
  switch (due.kind) {
    case 'date':
      return `${often}时限：${formatChinese(due.date)}前。`
    case 'recurring':
      return often === '' ? `${periodWords[due.per]}完成。` : often
    case 'standing':
      return `${often}常态化开展。`
    case 'dates':
      return `${often}时限：${dueText === '' ? due.windows.map(({ to }) => `${formatChinese(to)}前`).join('、') : dueText}。`
  }
}

function dutyBlocks({ unit, duties }: OwnPart): readonly DraftBlock[] {
  return dutiesOf(unit, duties).map(({ actor, action, frequency, deadline, quota, condition }) => {
    const said = [
      `${actor ?? ''}${action}`,
      ...(frequency === null ? [] : [frequencyWords(frequency)]),
      ...(deadline === null ? [] : [`${formatChinese(deadline)}前完成`]),
      ...(quota === null ? [] : [`不少于${quota.atLeast}${quota.unit}`]),
    ]
    return { text: `${said.join('，')}${condition === null ? '' : `（限${condition}）`}。` }
  })
}

function returnBlocks({ returns }: OwnPart): readonly DraftBlock[] {
  return returns.map(({ title, dueOn, receiverNames }) => {
    const to = receiverNames.length === 0 ? '' : `，报${receiverNames.join('、')}`
    const days = dueOn.length === 0 ? '' : `，接下来的期限为${dueOn.map(formatChinese).join('、')}`
    return { text: `《${title.replace(/[《》]/gu, '')}》${to}${days}。` }
  })
}

function contactBlocks({ contacts }: OwnPart): readonly DraftBlock[] {
  const above = contacts.flatMap(({ name, phone, scope }) => {
    const said = [name, phone].filter((word) => word !== null).join('，')
    return said === '' ? [] : [{ text: `上级联系人${scope === null ? '' : `（${scope}）`}：${said}。` }]
  })
  return [{ text: `本单位联系人：${blankFor('姓名')}，联系电话：${blankFor('电话')}。` }, ...above]
}

const closed = (sentence: string): string => (/[。！？；]$/u.test(sentence) ? sentence : `${sentence}。`)

const periodWords: Readonly<Record<PlanPeriod, string>> = {
  week: '每周',
  month: '每月',
  'two-months': '每两月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
  campaign: '行动期间',
}

const frequencyWords = ({ times, per }: PlanFrequency): string => `${periodWords[per]}${times}次`
