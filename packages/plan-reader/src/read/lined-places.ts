import type { PlanTarget } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import type { AnnexRegion } from '../outline/annex-region.js'
import { readNumbering } from '../outline/heading.js'
import type { Line } from '../outline/line.js'

const LISTS =
  /(?:企业|单位|场所|项目|小区|学校|商户|点位|部位|对象|站点|区域|楼宇|建筑|工地|督办|检查|重点).*(?:名单|名录|清单|一览)$|名单$/
/** People, and kinds of things, are listed too. */
const LISTS_OTHERS = /联系|联络|人员|专家|成员|通讯|事项|任务|责任|隐患|标准|要点|内容/
const SENTENCE = /[。；，？！]/
const TYPE = /^(?<type>[^：（）]{2,16}?)(?:（(?:共)?\d+[家个处所座户]）)?(?:：|$)/
const NUMBER_OF = /（(?:共)?\d+[家个处所座户]）$/

/** The names of a list without a table: one a line below the heading of their kind, or several behind it. */
export function linedPlaces({ titleLines, items }: AnnexRegion): PlanTarget[] {
  const title = titleLines.map(({ text }) => text).join('')
  if (!LISTS.test(title) || LISTS_OTHERS.test(title) || items.some(({ kind }) => kind === 'table')) return []
  const lines = items.filter((item): item is Line => item.kind === 'line').map(({ words }) => words)
  const names: PlanTarget[] = []
  let type: string | null = null
  for (const [at, line] of lines.entries()) {
    const numbering = readNumbering(line.text)
    const bare = line.slice(numbering?.length ?? 0)
    const colon = bare.text.indexOf('：')
    if (colon > 0 && bare.text.includes('、')) {
      const kind = TYPE.exec(bare.text)?.groups?.type ?? null
      names.push(
        ...bare
          .slice(colon + 1)
          .split(/、/)
          .map((name) => target(withoutStop(name), kind)),
      )
      continue
    }
    const level = numbering?.level ?? null
    const next = lines[at + 1]
    const nextLevel = next === undefined ? null : (readNumbering(next.text)?.level ?? null)
    const isHeading =
      NUMBER_OF.test(bare.text) || /：$/.test(bare.text) || (level !== null && nextLevel !== null && level < nextLevel)
    if (isHeading) type = TYPE.exec(bare.text)?.groups?.type ?? null
    else if (bare.length >= 2 && bare.length <= 40 && !SENTENCE.test(bare.text.slice(0, -1)))
      names.push(target(withoutStop(bare), type))
    else return []
  }
  return names.length >= 2 ? names : []
}

const withoutStop = (words: Words) => words.slice(0, words.length - (/[。；，、]+$/.exec(words.text)?.[0].length ?? 0))
const target = (name: Words, type: string | null): PlanTarget => ({ name: name.own, type, source: name.source })
