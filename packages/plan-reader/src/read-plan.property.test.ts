import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan } from '@bihuan/domain'
import { readPlan } from './read-plan.js'
import { documentOfText } from './text-document.js'
import { documentOfBlocks, flattened, noticeText } from '../test/builders.js'

/** A notice with something of every kind. */
function fullNotice(): string {
  return noticeText({
    opening:
      '根据《河阳市重大事故隐患排查整治工作方案》（河安委〔2024〕3号）要求，决定从即日起至2024年11月底，在全县开展重大事故隐患排查整治（以下简称专项整治），制定本方案。',
    body: `一、总体要求
聚焦矿山、危险化学品、工贸等重点行业领域，全面排查整治重大事故隐患。
二、组织领导
成立专项整治领导小组：
组长：王某某  县长
成员：李某某  县应急管理局局长
领导小组办公室设在县应急管理局。
三、责任分工
县应急管理局牵头负责矿山、工贸安全，县住建局牵头负责燃气安全。
四、主要任务
（一）压实企业责任。企业主要负责人每季度至少带队检查1次（高危企业每月至少1次）；每年至少组织1次应急演练。
（二）强化部门监管。县有关部门要于4月15日前制定工作方案，每月检查企业不少于3家。
五、实施步骤
整治分三个阶段进行。
（一）动员部署（2024年3月）。各乡镇召开会议。
（二）排查整治（2024年4月至10月）。全面排查。
（三）总结提升（2024年11月）。认真总结。
六、工作要求
各乡镇于每月25日前将《进展情况调度表》（附件1）报县安委办，11月20日前报送工作总结。
联系人：赵某某，电话：138****0001。`,
    annexes: `附件1
进展情况调度表
单位：______
${flattened([
  [{ text: '总体情况', rows: 2 }, '1', '发现隐患（个）', '', '2', '完成整改（个）', ''],
  ['3', '行政处罚（次，万元）', '', '4', '检查企业（家）', ''],
])}

注：1.本表自4月份开始报送。
2.没有情况的实行零报告。

填报人：      审核人：
`,
  })
}

/** The plan without where its items stand: that changes with every character. */
function content(plan: Plan): object {
  const kept = JSON.stringify(plan, (key, value: unknown) =>
    key === 'source' || key === 'confidence' || key === 'message' || key === 'head' || key === 'foot'
      ? undefined
      : value,
  )
  return JSON.parse(kept.normalize('NFKC').replace(/\s/g, '')) as object
}

const read = (text: string) => readPlan(documentOfText(text))

/** Reading is fast; the runners that share a machine are not always. */
const SLOW = 60_000

describe('a plan that is read', { timeout: SLOW }, () => {
  it('holds something of every kind', () => {
    const plan = read(fullNotice())
    expect(plan.leadership).toHaveLength(3)
    expect(plan.responsibilities).toHaveLength(2)
    expect(plan.duties).toHaveLength(5)
    expect(plan.phases).toHaveLength(3)
    expect(plan.reports).toHaveLength(2)
    expect(plan.contacts).toHaveLength(1)
    expect(plan.annexes).toHaveLength(1)
    expect(plan.warnings).toEqual([])
  })

  it('changes as its names, dates and numbers change, and in nothing else', () => {
    const names: Readonly<Record<string, readonly string[]>> = {
      青石县: ['白云县', '南沙区', '长乐市'],
      河阳市: ['江陵市', '永州市'],
      王某某: ['张大力', '欧阳某', '刘**'],
      李某某: ['孙小虎', '陈某'],
      赵某某: ['周文', '吴某某'],
      县应急管理局: ['县安监分局', '县能源局'],
      县住建局: ['县城管局', '县公用事业局'],
    }
    const figures: Readonly<Record<string, readonly string[]>> = {
      每月25日前: ['每月18日前', '每月8日前'],
      不少于3家: ['不少于12家', '不少于7家'],
      '4月15日': ['4月9日', '4月28日'],
      '138****0001': ['139****7766'],
    }
    const choices = Object.entries({ ...names, ...figures }).map(([word, others]) =>
      fc.constantFrom(word, ...others).map((other) => [word, other] as const),
    )
    fc.assert(
      fc.property(fc.tuple(...choices), (renames) => {
        const rename = (text: string) => renames.reduce((all, [word, other]) => all.replaceAll(word, other), text)
        const text = fullNotice()
        const renamed = content(read(rename(text)))
        const day = /每月(\d+)日前/.exec(rename('每月25日前'))?.[1]
        const quota = /不少于(\d+)家/.exec(rename('不少于3家'))?.[1]
        const date = /4月(\d+)日/.exec(rename('4月15日'))?.[1]?.padStart(2, '0')
        const expected = rename(JSON.stringify(content(read(text))))
          .replaceAll('{"day":25}', `{"day":${day}}`)
          .replaceAll('"atLeast":3', `"atLeast":${quota}`)
          .replaceAll('2024-04-15', `2024-04-${date}`)
        expect(renamed).toEqual(JSON.parse(expected))
      }),
      { numRuns: 15 },
    )
  })

  it('is the same in another year, with the dates of that year', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2018, max: 2035 }).filter((year) => year % 4 !== 0),
        (year) => {
          const text = fullNotice()
          const expected = JSON.stringify(content(read(text))).replaceAll('2024', String(year))
          expect(content(read(text.replaceAll('2024', String(year))))).toEqual(JSON.parse(expected))
        },
      ),
      { numRuns: 12 },
    )
  })

  it('does not change with widths, spaces within words, page numbers and marks of programs', () => {
    const wide = (text: string) =>
      text.replace(/[0-9()（）:：,，]/g, (one) =>
        /\d/.test(one)
          ? String.fromCharCode(one.charCodeAt(0) + 0xfee0)
          : ({ '（': '(', '）': ')', '：': ':', '，': ',' }[one] ?? one),
      )
    const expected = content(read(fullNotice()))
    fc.assert(
      fc.property(
        fc.array(fc.nat(4000), { maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        (places, isWide, isNumbered) => {
          let text = isWide ? wide(fullNotice()) : fullNotice()
          // White space between two characters of a sentence; not in a line of names, where it divides the name from the post.
          for (const place of places) {
            const at = place % text.length
            const line = text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at))
            if (/[。；]/.test(line) && at > text.indexOf('一、总体要求'))
              text = `${text.slice(0, at)} ${text.slice(at)}`
          }
          if (isNumbered)
            text = text.replace('\n四、', '\n — 3 — \n四、').replace('\n六、', '\n[bookmark: _GoBack]六、')
          expect(content(read(text))).toEqual(expected)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('does not change where its paragraphs are broken into lines of one width', () => {
    const expected = content(read(fullNotice()))
    for (let width = 20; width <= 60; width++) {
      const broken = fullNotice()
        .split('\n')
        .map((line) => (/[。；]$/.test(line) ? line.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), '$1\n') : line))
        .join('\n')
      expect(content(read(broken)), `lines of ${width}`).toEqual(expected)
    }
  })

  it('never throws, whatever the text', () => {
    const words = [
      '附件',
      '附件1',
      '：',
      '\t',
      '\n',
      '一、',
      '（一）',
      '2024年',
      '5月',
      '底前',
      '每月',
      '《',
      '》',
      '（',
      '）',
      '报送',
      '至少1次',
      '关于',
      '印发',
      '的通知',
      '组长：',
      '各镇',
      '。',
      '；',
      '注：',
      '1.',
      ' ',
      '个',
      '|',
      '序号',
    ]
    const text = fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), { maxLength: 120 })
      .map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, (any) => {
        const plan = read(any)
        expect(Array.isArray(plan.duties)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('never throws, also on tables alone', () => {
    const table = [
      ['序号', '单位'],
      ['1', ''],
    ]
    for (const blocks of [[table], [table, '关于印发《方案》的通知', table, '各镇：', table], ['附件1', table]]) {
      expect(readPlan(documentOfBlocks(blocks)).duties).toEqual([])
    }
  })

  it('says where each item stands, and the words are there', () => {
    const document = documentOfText(fullNotice())
    const plan = readPlan(document)
    const plain = (text: string) => text.replace(/\s/g, '')
    const at = ({ source }: { source?: { start: number; end: number } }) =>
      source === undefined ? '' : plain(document.text.slice(source.start, source.end))
    for (const phase of plan.phases) expect(at(phase)).toContain(phase.name)
    for (const leader of plan.leadership) expect(at(leader)).toContain(leader.name ?? leader.post)
    for (const report of plan.reports) expect(at(report)).toContain(report.name)
    for (const contact of plan.contacts) expect(at(contact)).toContain(contact.name)
    for (const responsibility of plan.responsibilities) expect(at(responsibility)).toContain(responsibility.unit)
    for (const duty of plan.duties) {
      const words = at(duty)
      const own = duty.condition !== null && !words.includes(duty.action) ? duty.condition : duty.action
      expect([...own].every((character) => words.includes(character))).toBe(true)
    }
    for (const annex of plan.annexes) {
      expect(at(annex)).toBe(annex.title)
      if (annex.kind === 'metric-table')
        for (const metric of annex.groups.flatMap(({ metrics }) => metrics)) expect(at(metric)).toBe(metric.cell)
    }
  })
})
