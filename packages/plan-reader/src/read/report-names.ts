import { readForms } from '../lexicon/deliverable.js'
import type { Words } from '../normalise/canonical-text.js'
import { THING } from './report-wording.js'

/** An annex as far as a report refers to it. */
export interface AnnexName {
  readonly ordinal: number
  readonly title: string
}

export interface ReportName {
  readonly name: string
  readonly words: Words
  readonly annexes: readonly number[]
  /** What brackets behind it say: how it is sent, what it must state. */
  readonly brackets: readonly Words[]
}

/**
 * What is sent, as entries: every title in 《》 is its own, what is sent together otherwise is one. `apart` splits what is not titled
 * as well, for things that have a date each.
 */
export function namesIn(words: Words, annexes: readonly AnnexName[], apart: boolean): ReportName[] {
  const pieces: Words[] = []
  let rest: Words | null = null
  const addRest = (piece: Words) => (rest = rest === null ? piece : rest.upTo(piece))
  const flush = () => {
    if (rest !== null) pieces.push(rest)
    rest = null
  }
  for (const piece of apart ? splitList(words).flatMap((one) => one.split(/[和及与]/)) : splitList(words)) {
    if (TITLED.test(piece.text) || apart) {
      flush()
      pieces.push(piece)
    } else addRest(piece)
  }
  flush()
  const names = pieces.flatMap((piece) => nameOf(piece, annexes))
  return apart ? withSharedHead(names) : names
}

/** 半年和全年工作总结: the head noun of the last is that of all. */
function withSharedHead(names: readonly ReportName[]): ReportName[] {
  const last = names.at(-1)?.name ?? ''
  const turn =
    /^(?:[上下前后]半年度?|半年度?|全年度?|年度|年终|[一二三四]季度|第[一二三四]季度|中期|终期|阶段性?)/.exec(last)?.[0]
  const head =
    turn !== undefined && turn.length < last.length
      ? last.slice(turn.length)
      : /(?:(?:工作|专题|自查|整治|进展|落实|贯彻落实)*(?:总结|小结|报告|情况|材料|表|清单))$/.exec(last)?.[0]
  return names.map((one) =>
    head === undefined || THING.test(one.name) || one.name.length > 8 ? one : { ...one, name: `${one.name}${head}` },
  )
}

/** A title, and no more in front of it than 上月 or 填写好的. */
const TITLED = /^(?:[^《]{0,6}|[^《]{1,20}的)《/

/** Split at 、 and at 和 or 及 beside a title or between two things. */
function splitList(words: Words): Words[] {
  return words.split(/[、，]/).flatMap((piece) => {
    const parts: Words[] = []
    let from = 0
    for (const joint of piece.text.matchAll(/(?<=[》）])(?:和|及|以及|与)|(?:和|及|以及|与)(?=《)|(?<=》)(?=《)/g)) {
      if (joint.index > from) parts.push(piece.slice(from, joint.index))
      from = joint.index + joint[0].length
    }
    return from < piece.length ? [...parts, piece.slice(from)] : parts
  })
}

const ABOUT_SENDING =
  /附件|附后|附表|见表|样表|格式|模板|包括|包含|写明|说明|载明|盖章|签字|公章|扫描|电子|纸质|可编辑|邮箱|联系|电话|遇|零报|^含|截[至止]|累计|统计(?:周期|时段|口径|时间|数据)|不少于|至少|下同|以下简称|要求/

function nameOf(piece: Words, annexes: readonly AnnexName[]): ReportName[] {
  const brackets = [...piece.text.matchAll(/（([^（）]*(?:（[^（）]*）[^（）]*)*)）/g)]
  const said = brackets.filter((bracket) => ABOUT_SENDING.test(bracket[1] ?? ''))
  let name = ''
  let from = 0
  for (const bracket of said) {
    name += piece.slice(from, bracket.index).own
    from = bracket.index + bracket[0].length
  }
  name += piece.slice(from).own
  const title = titleAlone(name)
  const tail = formTail(piece)
  const plainName = title ?? name
  const bare = plainName
    .replace(/^(?:经|由)?[^，《》]{0,16}?(?:签字|签名|盖章|审核|审签|审定|同意|公章|确认)(?:后|并)?的/, '')
    .replace(
      /^(?:各?[一1][次份]|并|且|及时|按时|分别|(?:自查出|排查出|检查出|查出|发现|制定|编制|撰写|形成|梳理|整理|填写|填报|报送|上报|汇总|修订)(?:好)?的|形成|编制|撰写|填写好?的?|填报的?|填写|填报|本通知|所附|(?:\d{1,2}|[一二两三四五])[篇份条期个])+/,
      '',
    )
    .replace(/^[《](.+)[》]$/, '$1')
    .replace(
      /(?:等?相关材料|等材料)?(?:及时|按时|统一|汇总后?|书面|一并|分别|按要求|经[^，]{2,20}(?:审核|签字|同意)后?|加盖公章后?|签字盖章后?|盖章后)+$/,
      (tail) => (tail.startsWith('等') ? '' : ''),
    )
    .replace(/[，、；：]+$/, '')
    .replace(/(?<=.{3})直至[^，]*$/, '')
    .replace(FORMS_BEHIND, '')
    .replace(/(?<=.{2})(?:一式)?[一二两三四五\d]份(?:[和及与、]|$)+/, '')
    .replace(/(?<=.{3}(?:表|单|账|结|告|案))[和及与]$/, '')
    .replace(/^[^《]{0,6}《(.+)》$/, '$1')
  if (bare.length < 2) return []
  const linked = new Set<number>()
  for (const bracket of said) {
    for (const match of (bracket[1] ?? '').matchAll(/附件(\d{1,2})/g)) linked.add(Number(match[1]))
    for (const match of (bracket[1] ?? '').matchAll(/附件\d{1,2}(?:((?:[、和]\d{1,2})+))/g)) {
      for (const more of (match[1] ?? '').matchAll(/\d{1,2}/g)) linked.add(Number(more[0]))
    }
    if (/^(?:见|详见|格式见|样表见)?附(?:件|表)$|附后/.test(bracket[1] ?? '') && annexes.length === 1)
      linked.add(annexes[0]?.ordinal ?? 1)
  }
  for (const match of bare.matchAll(/附[件表](\d{1,2}(?:[、和]\d{1,2}(?![月日]))*)/g))
    for (const [more] of (match[1] ?? '').matchAll(/\d{1,2}/g)) linked.add(Number(more))
  if (linked.size === 0) for (const ordinal of titled(bare, annexes)) linked.add(ordinal)
  const source = piece.slice(0, said[0]?.index ?? piece.length)
  return [
    {
      name: bare,
      words: source,
      annexes: [...linked].sort((one, other) => one - other),
      brackets: [
        ...said.map((bracket) => piece.slice(bracket.index + 1, bracket.index + bracket[0].length - 1)),
        ...(tail === null ? [] : [tail]),
      ],
    },
  ]
}

const FORMS_BEHIND =
  /(?<=.{2})(?:的)?(?:(?:电子|纸质|书面|可编辑|盖章|签字)(?:版|档|文档|稿|件|材料)?(?:扫描件|原件)?|扫描件)(?:[和及与、](?:电子|纸质|可编辑|盖章|扫描)(?:版|件|档|文档|稿)?(?:扫描件)?)*$/

const plain = (text: string) => text.normalize('NFKC').replace(/[\s《》〈〉“”（）()、，。：]/g, '')
const FORM_NAME = /(?:表|清单|台账|名单|目录|统计)$/

/** 经审核的《统计表》扫描件: where a title has nothing but its form behind it, it is the name. */
function titleAlone(name: string): string | null {
  const found = /^(?<lead>[^《》]{0,24})《(?<title>[^《》]+(?:《[^》]*》)?[^《》]*)》(?<tail>[^《》]*)$/.exec(
    name,
  )?.groups
  if (found === undefined) return null
  const { lead = '', title = '', tail = '' } = found
  const isOnly = tail === '' || withoutForms(tail) === ''
  return isOnly && (lead.length <= 6 || lead.endsWith('的')) ? title : null
}

const withoutForms = (text: string) =>
  readForms(text)
    .reverse()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
    .replace(/^[和及与、各一份\d]+$/, '')

/** The forms that stand behind what is sent: 工作总结纸质版和电子版. */
function formTail(piece: Words): Words | null {
  const [first] = readForms(piece.text)
  if (first === undefined || first.start < 2) return null
  const tail = piece.slice(first.start)
  return withoutForms(tail.text.replace(/（[^）]*）/g, '')) === '' ? tail : null
}

/** Annexes by their titles: the same, or one the end of the other where both name a form. */
function titled(name: string, annexes: readonly AnnexName[]): number[] {
  const own = plain(name)
  const same = annexes.filter(({ title }) => plain(title) === own)
  if (same.length > 0) return same.map(({ ordinal }) => ordinal)
  if (!FORM_NAME.test(own) || own.length < 3) return []
  const ending = annexes.filter(
    ({ title }) => plain(title).endsWith(own) || (own.endsWith(plain(title)) && title.length >= 4),
  )
  if (ending.length === 1) return ending.map(({ ordinal }) => ordinal)
  const within = annexes.filter(({ title }) => own.length >= 4 && plain(title).includes(own))
  return within.length === 1 ? within.map(({ ordinal }) => ordinal) : []
}
