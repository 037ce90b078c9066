/** The notices that order the example’s campaigns: each plan written as a Word document with its annexes, and read as one that came. */
import type { CivilDate, Plan, PlanDuty, PlanReport } from '@bihuan/domain'
import { chineseDate, writeOfficialDocument, type AttachedForm, type DocumentBlock } from '@bihuan/office'
import { keepNotice, takeNotice } from '../modules/campaign/index.js'
import { must, type Stage } from './stage.js'

/** Uploads the notice that would order the plan, as an office does with one that it receives; what was read of it is the plan from there on. */
export async function importNotice(stage: Stage, by: string, plan: Plan) {
  const upload = { name: `${plan.title}.docx`, bytes: Buffer.from(await writeNotice(plan)) }
  const read = must(await takeNotice(stage.platform.files, await stage.as(by), [upload]))
  const { fileId } = await stage.act(by, (handle, actor) => keepNotice(handle, actor, read, stage.clock))
  return { fileId, plan: read.plan }
}

export function writeNotice(plan: Plan): Promise<Uint8Array> {
  const { issuer, issuedOn, docNo, recipients } = plan
  if (issuer === null || issuedOn === null) throw new Error('a notice of the example has an issuer and a date')
  return writeOfficialDocument({
    letterhead: `${issuer}文件`,
    ...(docNo === null ? {} : { documentNumber: docNo }),
    title: plan.title,
    recipients,
    body: bodyOf(plan, issuer),
    annexes: plan.annexes.map(({ title }) => title),
    attached: plan.annexes.map(attachedOf),
    signature: issuer,
    issuedOn,
  })
}

const day = (date: CivilDate | null) => chineseDate(date ?? '') ?? ''
const list = (words: readonly string[]) => words.join('、')

function bodyOf(plan: Plan, issuer: string): DocumentBlock[] {
  const { campaign, basis, leadership, sectors, phases, duties, reports } = plan
  const leader = leadership.find(({ role }) => role === '组长')
  const under = basis.length === 0 ? '' : `根据《${list(basis)}》，`
  return [
    { text: `${under}结合实际，制定本方案。` },
    { heading: 1, text: '总体要求' },
    { text: `聚焦${list(sectors)}等重点行业领域，全面排查整治重大事故隐患，坚决防范遏制重特大事故。` },
    { heading: 1, text: '时间安排' },
    { text: `专项行动自${day(campaign.startsOn)}开始，至${day(campaign.endsOn)}结束。` },
    ...phases.map(({ name, startsOn, endsOn }): DocumentBlock => ({
      heading: 2,
      text: `${name}（${startsOn === null ? '' : `${day(startsOn)}至`}${day(endsOn)}${startsOn === null ? '前' : ''}）`,
    })),
    { heading: 1, text: '工作任务' },
    ...duties.map((duty): DocumentBlock => ({ text: dutySentence(duty) })),
    { text: `各责任单位对照${plan.annexes.at(-1)?.title ?? ''}（附件${plan.annexes.length}）抓好落实。` },
    ...(reports.length === 0 ? [] : [{ heading: 1, text: '信息报送' } as const]),
    ...reports.map((report): DocumentBlock => ({ text: reportSentence(report) })),
    { heading: 1, text: '组织领导' },
    { text: `组长：${leader?.name ?? ''} ${leader?.post ?? ''}` },
    { text: `办公室设在${issuer}，负责专项行动的日常工作。` },
  ]
}

const PERIODS: Readonly<Record<string, string>> = { quarter: '每季度', month: '每月', 'two-months': '每两个月' }

function dutySentence({ actor, frequency, action }: PlanDuty): string {
  const often = frequency === null ? '' : `${PERIODS[frequency.per] ?? ''}至少${frequency.times}次`
  return `${actor}要${often}${action}。`
}

function reportSentence({ from, to, name, annexes, due, mustContain }: PlanReport): string {
  const form = annexes.map((ordinal) => `（附件${ordinal}）`).join('')
  if (due !== null && 'day' in due)
    return `${from}每月${due.day}日前向${list(to)}报送《${name}》${form}，没有相关情况的实行零报告，遇节假日顺延。`
  const date = due !== null && 'date' in due ? day(due.date) : ''
  return `${from}于${date}前向${list(to)}报送${name}（可编辑版和盖章扫描件），遇节假日顺延。报告内容包括${list(mustContain)}。`
}

function attachedOf(annex: Plan['annexes'][number]): AttachedForm {
  switch (annex.kind) {
    case 'metric-table':
      return { metricTable: { table: annex, values: {} } }
    case 'ledger':
      return { ledger: { ledger: annex, layout: { minimumRows: 3 } }, rows: [] }
    case 'task-list':
      return {
        ledger: {
          ledger: {
            ordinal: annex.ordinal,
            title: annex.title,
            kind: 'ledger',
            head: [],
            columns: ['序号', '工作领域', '工作任务', '工作要求', '责任单位', '完成时限'],
            notes: [],
            foot: [],
            signatures: [],
          },
        },
        rows: annex.tasks.map((task, at) => [
          String(at + 1),
          task.area ?? '',
          task.task,
          task.requirement,
          task.responsible.join('、'),
          task.dueText ?? '',
        ]),
      }
    case 'other':
      throw new Error('the example has no other annexes')
  }
}
