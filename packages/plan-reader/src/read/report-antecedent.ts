import type { Words } from '../normalise/canonical-text.js'
import { blank, THING } from './report-wording.js'

interface AntecedentRule {
  readonly pattern: RegExp
  readonly example: readonly [text: string, what: string]
}

const MADE =
  '写好|写出|制定印发|填入|录入|制定|制订|拟定|拟订|编制|编写|形成|撰写|起草|填写|填报|填好|建立健全|建立|梳理|汇总|统计|收集|整理|提出|更新|完善|明确|确定'

/** What a clause makes ready, or speaks of, that a later clause of the sentence sends without naming it. A new spelling is a new line. */
export const ANTECEDENT_RULES: readonly AntecedentRule[] = [
  {
    pattern: /(?:将|把)(?<what>[^，。；]{2,160}?)经(?!济|营|信|发|开|验|办|费)[^，。；]{2,24}(?:后|同意|审核|把关)$/,
    example: ['将《汇总表》（附件1）经主要负责同志签字后', '《汇总表》（附件1）'],
  },
  {
    pattern:
      /(?:明确|确定|指定|安排|落实|确认)(?:[1一]名|专人)?(?:为)?(?<what>(?:信息|工作|业务)?(?:联络员|联系人|信息员))$/,
    example: ['各镇明确1名联络员', '联络员'],
  },
  {
    pattern: new RegExp(`(?:${MADE})(?:(?:好|并|了|、)*(?:${MADE}))*(?:好|了|一份|出)?(?<what>[^，。；]{2,40})$`),
    example: ['各部门要结合实际制定实施方案', '实施方案'],
  },
  {
    pattern: /(?:将|把)(?<what>[^，。；]{2,40}?)(?:录入|填入|导入|输入|登记|汇总|整理|梳理|统计)[^，。；]{0,24}$/,
    example: ['将上月自查情况录入信息系统', '上月自查情况'],
  },
  {
    pattern: /(?:将|把)(?<what>[^，。；]{2,40}?)(?:加盖|签字|盖章|审签|更新|填写|填好)[^，。；]{0,12}后$/,
    example: ['将《汇总表》加盖公章扫描后', '《汇总表》'],
  },
  {
    pattern:
      /^(?<what>[^，。；将把]{2,30}?(?:总结|小结|报告|方案|名单|清单|台账|报表|统计表|调度表|汇总表|材料|情况))(?=由|经|应|须|需|必须|均需|一律)[^，。；]{0,30}$/,
    example: ['自查报告由企业主要负责人签字', '自查报告'],
  },
  {
    pattern: /^对(?<what>[^，。；]{2,40}?)进行(?:核实|核对|更新|修订|完善|汇总|梳理|统计)$/,
    example: ['对重点企业名单进行核实', '重点企业名单'],
  },
  {
    pattern: /进行(?<what>(?:全面|认真|深入|系统)?(?:总结|小结))$/,
    example: ['11月底前对行动进行全面总结', '全面总结'],
  },
  {
    // A clause that is nothing but the thing: …总结，由各镇于…报.
    pattern:
      /^(?<what>[^，。；：将把向由于每前对]{2,40}(?:总结|小结|报告|方案|名单|清单|台账|报表|统计表|调度表|进展情况|落实情况|工作情况))$/,
    example: ['中期工作总结和全年工作总结', '中期工作总结和全年工作总结'],
  },
  {
    pattern: /^(?<what>《[^》]+》(?:（[^（）]*）)?)(?=实行|采取|随|动态|由|按|须|应|要|每|原则上|为)/,
    example: ['《整改台账》（附件2）实行动态更新', '《整改台账》（附件2）'],
  },
  {
    pattern:
      /^(?<what>[^，。；]{2,24}?)(?:实行|采取|执行|坚持)(?:[一每][日周旬月季年][一1][报次]|[日周旬月季](?:报|更新|调度)|动态更新)/,
    example: ['工作进展情况实行一月一报', '工作进展情况'],
  },
]

/** What the clause leaves to be sent, or null. */
export function antecedentIn(words: Words): Words | null {
  const closed = /（[^（）]*）$/.exec(words.text)
  const bare = closed === null ? words : words.slice(0, closed.index)
  for (const { pattern } of ANTECEDENT_RULES) {
    const found = pattern.exec(blank(bare.text))
    const what = found?.groups?.what
    if (found === null || what === undefined) continue
    const start = found.index + found[0].lastIndexOf(what)
    const named = words.slice(start, closed === null ? start + what.length : words.length)
    if ((THING.test(named.text) || /(?:联络员|联系人|信息员)$/.test(named.text)) && !/^的|[要应须]/.test(what))
      return named
  }
  return null
}
