import type { PlanReport } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { numberOf } from '../lexicon/rule.js'

const NUMBER = '[一二三四五六七八九十两\\d]{1,2}'
const PART = '(?:个)?(?:大)?(?:项|类|部分|方面|栏目|栏|板块|块|组|张)'
const NOUN = '(?:内容|指标|项目|数据|栏目|部分|情况)?'
const MUST = '(?:均|都|全部|一律)?(?:需|须|要|应|负责|必须)?(?:要)?(?:如实|按要求)?'
const FILL = '(?:上报|填报|报送|填写|填(?!“?无))'

interface SectionRule {
  readonly pattern: RegExp
  readonly example: string
}

/** Ways to say that some fill all of a form. A number must be that of its groups. A new one is a new line. */
export const WHOLE_RULES: readonly SectionRule[] = [
  {
    pattern: new RegExp(
      `^(?<who>[^，]{2,40}?)(?:各(?:项|类|栏|部分)|全部|所有|全表|每项|表内各项|(?<n>${NUMBER})${PART})${NOUN}${MUST}${FILL}`,
    ),
    example: '各镇各项内容均需上报',
  },
  {
    pattern: new RegExp(
      `^(?<who>[^，]{2,40}?)${MUST}${FILL}(?:表[中内]|本表)?的?(?:全部|所有|各(?:项|类)|全表|整表)(?:(?<n>${NUMBER})${PART})?${NOUN}`,
    ),
    example: '各镇填报全部三项内容',
  },
]

const SOME = new RegExp(`^(?<who>[^，]{2,40}?)(?:仅|只)?(?:需|须|要|应|负责)?(?:仅|只)?(?:需|须)?${FILL}`)
const LEAD = /^(?:其中|原则上|并且?|\d{1,2}[.、]|（\d{1,2}）|①|②|③|由|但)+/
/** What stands before the verb and is nobody: a time, what is sent. */
const NOBODY = /^(?:自|从|于|在|\d|没有|无)|[将把向每《“]|附件/

/** Which kinds of respondents fill which groups of a form. */
export function sectionsIn(words: Words, groups: readonly string[]): PlanReport['sections'] {
  const named = groups.filter((name) => name !== '')
  if (named.length < 2) return []
  return words.split(/[，。；：]/).flatMap((whole) => {
    const clause = whole.slice(LEAD.exec(whole.text)?.[0].length ?? 0)
    const sectionOf = (who: string | undefined, filled: readonly string[]) =>
      who === undefined || filled.length === 0 || NOBODY.test(who)
        ? []
        : [{ respondent: clause.slice(0, who.length).own, groups: [...filled] }]
    for (const { pattern } of WHOLE_RULES) {
      const { who, n } = pattern.exec(clause.text)?.groups ?? {}
      if (who !== undefined && (n === undefined || numberOf(n) === named.length) && !/[仅只]$/.test(who))
        return sectionOf(who, groups)
    }
    if (!/[“《]|仅|只|部分|栏|[一两二三四五六]个?[项类]/.test(clause.text)) return []
    const said = named.filter((group) => plain(clause.own).includes(plain(group)))
    return sectionOf(SOME.exec(clause.text)?.groups?.who, said)
  })
}

const plain = (text: string) => text.normalize('NFKC').replace(/[\s、，“”（）()《》]/g, '')
