import { documentOfText, readPlan } from '@bihuan/plan-reader'
import type { Figure } from './figure.js'

export const name = 'plan-reading'
export const setting =
  'An invented plan, its paragraphs repeated to the length of so many pages (600 characters each); processor time of one reading.'

const PARAGRAPHS = [
  '（一）压实企业责任。企业主要负责人每季度至少带队检查1次（高危企业每月至少1次）；每年至少组织1次应急演练，全面排查整治重大事故隐患。',
  '（二）强化部门监管。县有关部门要于4月15日前制定工作方案，每月检查企业不少于3家，每季度公布典型执法案例，督促企业整改到位。',
  '（三）加强信息报送。各乡镇于每月25日前将《进展情况调度表》报县安委办，11月20日前报送工作总结，遇节假日顺延。',
  '坚持人民至上、生命至上，统筹发展和安全，聚焦矿山、危险化学品、工贸等重点行业领域，深入排查整治各类隐患，坚决防范遏制重特大事故。',
]

function textOf(pages: number): string {
  const head =
    '青安委〔2024〕9号\n关于印发《青石县重大事故隐患排查整治方案》的通知\n各乡镇：\n现将《青石县重大事故隐患排查整治方案》印发给你们。\n青石县安全生产委员会\n2024年3月11日\n青石县重大事故隐患排查整治方案\n为防范风险，制定本方案。\n一、主要任务\n'
  const body: string[] = []
  for (let length = head.length; length < pages * 600;) {
    const paragraph = PARAGRAPHS[body.length % PARAGRAPHS.length] ?? ''
    body.push(paragraph)
    length += paragraph.length + 1
  }
  return head + body.join('\n')
}

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  readPlan(documentOfText(textOf(10)))
  return (smoke ? [10] : [10, 100, 1000, 5000]).map((pages) => {
    const document = documentOfText(textOf(pages))
    const before = process.cpuUsage()
    readPlan(document)
    const { user, system } = process.cpuUsage(before)
    const milliseconds = (user + system) / 1000
    const limit = pages === 10 ? { limit: '≤ 300 ms', kept: milliseconds <= 300 } : {}
    return { what: `${pages} pages`, value: `${milliseconds.toFixed(0)} ms`, ...limit }
  })
}
