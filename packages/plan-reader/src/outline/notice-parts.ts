import type { NoticeDocument } from '@bihuan/domain'
import { CanonicalText, type Words } from '../normalise/canonical-text.js'
import { findAnnexes, type AnnexRegion, type DeclaredAnnex } from './annex-region.js'
import { itemsOf, type Item, type Line } from './line.js'
import { partsOf, wrapWidth, type Paragraph, type Part } from './paragraph.js'

/** A notice taken apart: what issues the plan, the plan, and what is annexed to it. */
export interface NoticeParts {
  readonly canonical: CanonicalText
  /** Lines above the title of the notice: 发文机关标志, 发文字号. */
  readonly letterhead: readonly Words[]
  /** The lines of the notice's title, or null where the document is a plan alone. */
  readonly noticeTitle: Words | null
  readonly recipients: Words | null
  /** From the addressees to the signature. Empty where the plan itself is addressed. */
  readonly notice: readonly Paragraph[]
  readonly signature: Signature
  readonly planTitle: Words
  readonly plan: readonly Part[]
  readonly annexes: readonly AnnexRegion[]
  readonly declared: readonly DeclaredAnnex[]
}

export interface Signature {
  readonly units: readonly Words[]
  readonly date: Words | null
}

const PLAN_NAME = /(?:方案|计划|办法|要点|安排|细则|部署|预案|意见|措施|规划)(?:（[^）]{1,20}）)?$/
/** What issues a plan, or is one: 关于…的通知, 关于…的函. */
const NOTICE_NAME = /(?:通\s*知|(?<=的)(?:函|通告|公告|通报|决定|意见|指导意见|实施意见|紧急通知))$/
const DATE_LINE =
  /^(?:[（〔]?)((?:(?:19|20)\d{2}|[二一][〇零九][〇零一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十廿]{1,3}日|(?:19|20)\d{2}[.\-/]\d{1,2}[.\-/]\d{1,2})(?:[）〕]?)(?:印发)?$/
const NUMBER_LINE = /^[^。，：《》]{2,30}[〔（][12]\d{3}[）〕](?:第)?[\d〇-九]{1,4}号(?:签发人.*)?$/
export const IMPRINT =
  /^(?:抄送|抄报|主送|公开方式|公开属性|主题词|信息公开|（?此件|（?本文有删减|校对|打印|共印|责任编辑|来源)/
const PRINTED = /^.{2,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日印发?(?:发)?$/

export function takeApart(document: NoticeDocument): NoticeParts {
  const canonical = CanonicalText.of(document.text)
  const items = itemsOf(document, canonical)
  const lines = items.filter((item): item is Line => item.kind === 'line')
  const width = wrapWidth(lines)
  const { main, annexes, declared } = findAnnexes(items)
  const front = readFront(main)
  const inAnnex = front.plan === null ? planInAnnex(annexes, front.named) : null
  const plan = inAnnex?.items ?? front.plan ?? front.notice
  const { body, signature } = withoutTail(plan)
  return {
    canonical,
    letterhead: front.letterhead,
    noticeTitle: front.title,
    recipients: front.recipients,
    notice: front.plan === null && inAnnex === null ? [] : paragraphs(partsOf(withoutSignature(front.notice), width)),
    signature: front.signature.date !== null || front.signature.units.length > 0 ? front.signature : signature,
    planTitle: inAnnex?.title ?? front.planTitle ?? front.title ?? canonical.words(0, 0),
    plan: partsOf(body, width),
    annexes: annexes.filter((annex) => annex !== inAnnex?.region),
    declared: declared.filter(({ title }) => !isSamePlan(title.text, (inAnnex?.title ?? front.planTitle)?.text ?? '')),
  }
}

const paragraphs = (parts: readonly Part[]) => parts.filter((part): part is Paragraph => part.kind === 'paragraph')
const plain = (text: string) => text.replace(/[《》〈〉“”（）、，。：〔〕-]/g, '')
const isSamePlan = (one: string, other: string) => other !== '' && plain(one) === plain(other)

interface Front {
  letterhead: Words[]
  title: Words | null
  recipients: Words | null
  notice: Item[]
  signature: Signature
  planTitle: Words | null
  /** Null where no plan of its own follows. */
  plan: Item[] | null
  /** What the notice says that it issues. */
  named: string[]
}

function readFront(main: readonly Item[]): Front {
  const texts = main.map((item) => (item.kind === 'line' ? item.words.text : ''))
  const head = Math.min(main.length, 40)
  const addressed = texts.findIndex(
    (text, at) => at < head && /^[^。；]{2,300}：$/.test(text) && !/^(?:附件|注|一、|（一）|.*如下：$)/.test(text),
  )
  const first = texts.findIndex((text, at) => at < head && NOTICE_NAME.test(text) && joinedTitle(texts, at) !== null)
  const span = first < 0 ? null : joinedTitle(texts, first)
  const isNotice = span !== null && (addressed < 0 || span.to < addressed)
  if (!isNotice) return planAlone(main, texts)
  const letterhead = wordsOf(main.slice(0, span.from))
  const title = joinWords(main, span.from, span.to)
  const isAddressed = addressed > span.to && addressed <= span.to + 6
  const start = isAddressed ? addressed + 1 : span.to + 1
  // A long list of addressees is broken over lines.
  const recipients = isAddressed ? joinWords(main, span.to + 1, addressed) : null
  const rest = main.slice(start)
  const named = namesOfPlan(title?.text ?? '', texts.slice(start, start + 12))
  const found = findPlanTitle(rest, named)
  const base = { letterhead, title, recipients, named }
  if (found === null) {
    const { signature } = withoutTail(rest)
    return { ...base, notice: rest, signature, planTitle: null, plan: null }
  }
  const notice = rest.slice(0, found.from)
  const { signature } = withoutTail(notice)
  const planTitle = joinWords(rest, found.from, found.to)
  return { ...base, notice, signature, planTitle, plan: rest.slice(found.to + 1) }
}

/** The lines around one that make a title 关于…的通知; the unit may stand on a line before 关于. */
function joinedTitle(texts: readonly string[], at: number): { from: number; to: number } | null {
  if (!NOTICE_NAME.test(texts[at] ?? '')) return null
  for (let from = at; from >= Math.max(0, at - 5); from--) {
    const joined = texts.slice(from, at + 1).join('')
    if (joined.includes('。') || joined.length > 160) return null
    if (!joined.includes('关于')) continue
    // The unit on a line of its own belongs to the title; a letterhead with the number below it does not.
    const above = texts[from - 1] ?? ''
    return { from: joined.startsWith('关于') && isUnitLine(above) && !/文件$/.test(above) ? from - 1 : from, to: at }
  }
  return null
}

function namesOfPlan(title: string, notice: readonly string[]): string[] {
  const body = notice.join('')
  const named = [
    ...[...title.matchAll(/印发《([^》]+)》/g)].map((match) => match[1] ?? ''),
    ...[...title.matchAll(/印发(?!《)(.+?)的?(?:通知|函)$/g)].map((match) => (match[1] ?? '').replace(/的$/, '')),
    ...[...body.matchAll(/(?:现将|^|印发)《([^》]+)》/g)].map((match) => match[1] ?? ''),
  ]
  return named.filter((name) => name.length >= 4)
}

/** The lines that are the plan's title: those that the notice names, else the first that is called a plan after the signature. */
function findPlanTitle(rest: readonly Item[], named: readonly string[]): { from: number; to: number } | null {
  const texts = rest.map((item) => (item.kind === 'line' ? item.words.text : '。'))
  const names = named.map(plain)
  for (let from = 0; from < texts.length; from++) {
    let joined = ''
    for (let to = from; to < Math.min(texts.length, from + 5); to++) {
      joined += plain(texts[to] ?? '')
      if (/[。；]/.test(texts[to] ?? '')) break
      if (names.includes(joined)) return withSubtitle(texts, from, to)
      if (joined.length > 120) break
    }
  }
  if (named.length === 0) return null
  const signed = texts.findIndex((text) => DATE_LINE.test(text))
  for (let from = signed < 0 ? 0 : signed + 1; from < Math.min(texts.length, signed + 12); from++) {
    let joined = ''
    for (let to = from; to < Math.min(texts.length, from + 4); to++) {
      const text = texts[to] ?? ''
      if (/[。；，]/.test(text) || /^(?:一、|附件|抄送)/.test(text)) break
      joined += text
      if (PLAN_NAME.test(joined) && joined.length >= 6) return withSubtitle(texts, from, to)
    }
  }
  return null
}

function withSubtitle(texts: readonly string[], from: number, to: number): { from: number; to: number } {
  const below = texts[to + 1] ?? ''
  return /^（[^）]{2,20}年?[^）]*）$/.test(below) && /20\d\d|试行|暂行|修订/.test(below) && !DATE_LINE.test(below)
    ? { from, to: to + 1 }
    : { from, to }
}

/** A document without a notice: its first lines are the title. */
function planAlone(main: readonly Item[], texts: readonly string[]): Front {
  let from = Math.max(
    0,
    texts.findIndex((text) => text !== '' && !NUMBER_LINE.test(text) && !/文件$/.test(text)),
  )
  const heading = texts[from] ?? ''
  // A title that names the unit itself has it a second time above.
  const namesUnit = (texts[from + 1] ?? '').startsWith(heading.slice(0, 2))
  if (isUnitLine(heading) && namesUnit && /(?:关于|方案|计划)/.test(texts[from + 1] ?? '')) from++
  const limit = Math.min(texts.length, from + 8)
  let to = from
  let joined = ''
  for (let at = from; at < limit; at++) {
    const text = texts[at] ?? ''
    if (/[。；]/.test(text) || /：$/.test(text)) break
    joined += text
    if (PLAN_NAME.test(joined) || NOTICE_NAME.test(joined)) {
      to = withSubtitle(texts, from, at).to
      break
    }
  }
  const isUnitInTitle = to > from && isUnitLine(texts[from] ?? '')
  const letterhead = wordsOf(main.slice(0, isUnitInTitle ? from + 1 : from))
  const next = texts[to + 1] ?? ''
  const isAddressed = /^[^。；]{2,300}：$/.test(next) && !/如下：$/.test(next)
  const plan = main.slice(to + (isAddressed ? 2 : 1))
  const { signature } = withoutTail(plan)
  return {
    letterhead,
    title: null,
    recipients: isAddressed ? joinWords(main, to + 1, to + 1) : null,
    notice: [],
    signature,
    planTitle: main.length === 0 ? null : joinWords(main, from, to),
    plan,
    named: [],
  }
}

function joinWords(items: readonly Item[], from: number, to: number): Words {
  const [first, last] = [items[from], items[to]]
  if (first === undefined || last === undefined) throw new Error('A title has a first line and a last.')
  return wordsOfItem(first).upTo(wordsOfItem(last))
}

/** A document may begin with a table, and has no better title then. */
const wordsOfItem = (item: Item) => (item.kind === 'line' ? item.words : item.grid.words)

const wordsOf = (items: readonly Item[]) => items.flatMap((item) => (item.kind === 'line' ? [item.words] : []))

/** The plan as the first annex of the notice, which is how many departments send it. */
function planInAnnex(
  annexes: readonly AnnexRegion[],
  named: readonly string[],
): { region: AnnexRegion; title: Words; items: Item[] } | null {
  const names = named.map(plain)
  for (const region of annexes) {
    const lines = region.items.filter((item): item is Line => item.kind === 'line')
    if (lines.length < 6 || region.titleLines.length === 0) continue
    const title = (region.titleLines[0] as Words).upTo(region.titleLines.at(-1) as Words)
    const isPlan = names.includes(plain(title.text)) || (PLAN_NAME.test(title.text) && named.length > 0)
    const hasSections = lines.filter(({ words }) => /^[一二三四五六]、/.test(words.text)).length >= 2
    if (isPlan && hasSections) return { region, title, items: [...region.items] }
  }
  return null
}

/** What stands below the last paragraph: signature, date, imprint. */
function withoutTail(items: readonly Item[]): { body: Item[]; signature: Signature } {
  let end = items.length
  let date: Words | null = null
  const units: Words[] = []
  const text = (at: number) => {
    const item = items[at]
    return item?.kind === 'line' ? item.words.text : null
  }
  for (let at = items.length - 1; at >= Math.max(0, items.length - 30); at--) {
    const line = text(at)
    if (line === null) break
    if (IMPRINT.test(line) || PRINTED.test(line)) end = at
  }
  for (let at = end - 1; at >= Math.max(0, end - 12); at--) {
    const line = text(at)
    if (line === null) break
    if (DATE_LINE.test(line)) {
      date = (items[at] as Line).words
      end = at
      for (let up = at - 1; up >= Math.max(0, at - 8); up--) {
        const above = text(up)
        if (above === null || above.length > 40 || !isUnitLine(above)) break
        units.unshift((items[up] as Line).words)
        end = up
      }
      break
    }
    if (/^（.*联系.*）$/.test(line) || line.length <= 45) continue
    break
  }
  const kept =
    date === null
      ? items.slice(0, end)
      : items.filter((_, at) => at < end || (at > end + units.length && !isImprint(items[at])))
  return { body: kept, signature: { units, date } }
}

const isImprint = (item: Item | undefined) =>
  item?.kind === 'line' && (IMPRINT.test(item.words.text) || PRINTED.test(item.words.text))

const withoutSignature = (items: readonly Item[]) => withoutTail(items).body

function isUnitLine(text: string): boolean {
  if (/[。；：？]/.test(text) || /^(?:附件|附：|[一二三四五六七八九十]、|（|\d+[.、])/.test(text)) return false
  return /(?:府|委|会|局|厅|部|处|办|室|院|校|司|团|队|站|所|中心|街道|镇|乡|专班|小组|公司|集团|组|指挥部|学校|厂|矿|社|园|社区)(?:（[^）]*）)?$/.test(
    text,
  )
}
