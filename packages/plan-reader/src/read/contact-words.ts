import type { Words } from '../normalise/canonical-text.js'
import { isPersonName } from './names.js'

/** What a label announces; `other` is a number or an address that nobody is asked by. */
export type Labelled = 'name' | 'phone' | 'mail' | 'other'

interface LabelRule {
  readonly pattern: string
  readonly kind: Labelled
  readonly example: string
}

/** Spellings of labels, the longest first. A new one is a new line. */
export const LABEL_RULES: readonly LabelRule[] = [
  { pattern: '(?:举报|监督|投诉|报警|火警|急救)(?:电话|热线|邮箱|信箱)', kind: 'other', example: '举报电话' },
  {
    pattern: '传真(?:号码?)?|邮编|邮政编码|(?:通信|联系|办公|单位)?地址|微信号?|QQ群?号?',
    kind: 'other',
    example: '传真',
  },
  {
    pattern:
      '(?:业务|具体|工作|日常|本单位)?(?:联系人员?|联络人|联络员(?!信息|名单|登记|制度|会议|单位|工作|队伍)|经办人|咨询人|负责联系人)(?:姓名)?(?:、|及|和|与)?(?:其)?(?:联系)?(?:电话|方式)?',
    kind: 'name',
    example: '联系人及联系电话',
  },
  {
    pattern:
      '(?:24小时)?(?:联系|办公(?!室)|工作|公务|服务|值班|值守|咨询|业务|固定|移动|单位|座机)?(?:咨询|联系)?(?:电话|手机|热线|座机)(?:号码?)?(?:[/、（]?(?:及)?(?:传真|手机|微信(?:同号)?)）?)?',
    kind: 'phone',
    example: '电话（传真）',
  },
  { pattern: '联系方式', kind: 'phone', example: '联系方式' },
  {
    pattern:
      '(?:工作|联系|公务|政务|指定|单位|办公)?(?:电子)?(?:[Qq][Qq])?(?:邮箱|邮件|信箱)(?:地址|号)?|[Ee]-?[Mm]ail',
    kind: 'mail',
    example: '电子邮箱',
  },
]

export type Token =
  | { readonly kind: 'label'; readonly is: Labelled }
  /** `of`: what stands in brackets behind it. */
  | { readonly kind: 'mail'; readonly words: Words; of: Words | null }
  | { readonly kind: 'phone'; readonly words: Words; of: Words | null }
  | { readonly kind: 'person'; readonly name: Words; scope: string | null }
  /** `isBeside`: before a label or a number. `isHead`: before a colon, so that those behind it are all of it. */
  | { readonly kind: 'office'; readonly words: Words; readonly isBeside: boolean; readonly isHead: boolean }
  | { readonly kind: 'break' }

const MAIL = '[A-Za-z0-9._%+*-]+@[A-Za-z0-9*-]+(?:\\.[A-Za-z0-9*-]+)+'
const PHONE =
  '(?:（0\\d{2,3}）|0\\d{2,3}-)?(?:[\\d*]{3,4}-[\\d*]{3,4}-?[\\d*]{3,4}|[\\d*×xX]{5,12})(?:-\\d{1,6}|转\\d{1,6})?(?![\\d年月元个家次号〔])'
const BEHIND_LABEL =
  '(?:（(?:24|二十四)小时[^）]{0,6}）|（工作日[^）]{0,12}）)?(?:：|为(?=[\\d*0-9（A-Za-z])|是(?=[\\d*A-Za-z])|(?<=联系人|联络员|联络人)(?:为|是))?'
const SIGN = '[；。，、：（）/]'
const SCAN = new RegExp(
  [
    `(?<mail>${MAIL})`,
    ...LABEL_RULES.map(({ pattern }, at) => `(?<label${at}>${pattern})${BEHIND_LABEL}`),
    `(?<phone>${PHONE})`,
    `(?<sign>${SIGN})`,
  ].join('|'),
  'g',
)

/** The kind of label that the whole of a text is, or null. */
export function labelOf(text: string): Labelled | null {
  return LABEL_RULES.find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(text))?.kind ?? null
}

/** What a sentence holds of people, offices, telephones and mail, from left to right. */
export function contactTokens(sentence: Words): Token[] {
  const tokens: Token[] = []
  let from = 0
  let label: Labelled | null = null
  const lastPerson = () => {
    const last = tokens.at(-1)
    return last?.kind === 'person' ? last : null
  }
  const read = (to: number, next: Next) => {
    const piece = sentence.slice(from, to)
    const last = tokens.at(-1)
    const follows = last?.kind === 'label' ? last.is : null
    if (piece.length > 0 && label !== 'other')
      tokens.push(...namesIn(piece, label === 'name' || next === 'phone', follows === 'name', next))
  }
  for (const match of sentence.text.matchAll(SCAN)) {
    if (match.index < from) continue
    const groups = match.groups ?? {}
    const at = LABEL_RULES.findIndex((_, index) => groups[`label${index}`] !== undefined)
    const end = match.index + match[0].length
    const behind = sentence.text.slice(end, end + 40)
    const opensNumbers = match[0] === '：' || (match[0] === '（' && NUMBER_INSIDE.test(behind))
    const isHeading = match[0] === '：' && NUMBER_NEXT.test(behind)
    read(
      match.index,
      at >= 0
        ? 'label'
        : groups.phone !== undefined
          ? 'phone'
          : isHeading
            ? 'heading'
            : opensNumbers
              ? 'colon'
              : 'other',
    )
    from = end
    if (at >= 0) {
      label = LABEL_RULES[at]?.kind ?? 'other'
      tokens.push({ kind: 'label', is: label })
    } else if (groups.mail !== undefined) {
      const words = sentence.slice(match.index, end)
      const pieces = gapsOf(words)
      const mail = pieces.at(-1) ?? words
      // 0712-5551234 a@b.cn: a gap is all that is between them.
      const before = words.slice(0, words.length - mail.length)
      if (new RegExp(`^${PHONE}$`).test(before.text)) tokens.push({ kind: 'phone', words: before, of: null })
      tokens.push({ kind: 'mail', words: mail, of: null })
    } else if (groups.phone !== undefined) {
      if (label !== 'other') tokens.push({ kind: 'phone', words: sentence.slice(match.index, end), of: null })
    } else if (match[0] === '；' || match[0] === '。') {
      tokens.push({ kind: 'break' })
      if (label === 'other') label = null
    } else if (match[0] === '，') {
      if (label === 'other') label = null
    } else if (match[0] === '（') {
      const inside = /^[^（）]{1,24}(?=）)/.exec(sentence.text.slice(end))?.[0]
      // 0712-5551234（白天）: when, or on which line.
      const last = tokens.at(-1)
      if (inside !== undefined && last?.kind === 'phone' && !VALUES.test(inside)) {
        from = end + inside.length
        last.of = officeIn(sentence.slice(end, from))
      }
      if (inside !== undefined && last?.kind === 'mail' && !VALUES.test(inside)) {
        from = end + inside.length
        last.of = sentence.slice(end, from)
      }
      const person = lastPerson()
      if (inside === undefined || person === null || VALUES.test(inside)) continue
      from = end + inside.length + 1
      if (!POST.test(inside)) person.scope = sentence.slice(end, end + inside.length).own
    }
  }
  read(sentence.length, 'other')
  return tokens
}

/** 废弃物收运：张某，5551234: whatever stands before the colon is what somebody is asked for. */
const NUMBER_NEXT = /^[^（）：，；。]{2,8}[，、（]?(?:(?:联系|办公)?电话：?|手机：?)?[\d*-]{7,}/
/** 甲局（张某，5551234）: an office with its people in brackets. */
const NUMBER_INSIDE = /^[^（）：]{2,20}，[\d*-]{7,}/
const VALUES = new RegExp(`${LABEL_RULES.map(({ pattern }) => pattern).join('|')}|[\\d*]{5}|@`)
const POST = /(?:长|主任|书记|科员|干事|经理|总监|同志|兼)$/
/** Words that begin like a family name. */
const NOT_PEOPLE = /^(?:公共|公用|信息表|白天|夜间|全天|常用|时间|安全|应急|包片|经办)$|打$/
/** 村安全员老高: by what somebody is known in a place. */
const POST_AT_END = /^(?![由请]).*(?:安全|网格|联络|值班|信息|管理)员$/
const UNIT =
  /(?:局|委|办|部|厅|队|站|所|中心|院|处|科|公司|集团|镇|乡|街道|社区|村|室|股|会|团|组|专班|政府|学校|厂|矿|总站|支部|窗口|平台)(?:（[^（）]{1,12}）)?$/
const TITLE = /(?:同志|先生|女士|老师|工程师)$/
/** Words around the name of an office that say what one has to do with it. */
const LEAD =
  /^(?:.*(?:可以?|请|及时|直接|随时)?(?:(?<=^|请|可|以|并|须|应|要|接|时)(?:向|与)|致电|拨打|联系|询问|(?<=请|可|以|时|即|接|应|须|要|并)(?:报至|报告|报送|咨询)|设在|发送?至|发给|交至|反馈至)(?!人|电话|方式)(?=.{2})|请|由|和|及|或|可|并|[一二三四五六七八九十]+是|（?[一二三四五六七八九十\d]+[）、.])/
const TAIL = /(?:反映|报告|联系|咨询|举报|报送|索取|询问|对接|的|统一|设立|公布|设置|开通)+$/

/** What stands behind a piece. */
type Next = 'label' | 'phone' | 'colon' | 'heading' | 'other'

const officeToken = (words: Words, next: Next): Token => ({
  kind: 'office',
  words,
  isBeside: next === 'label' || next === 'phone',
  isHead: next === 'colon' || next === 'heading',
})

function namesIn(all: Words, isExpected: boolean, isLabelled: boolean, next: Next): Token[] {
  const piece = withoutAround(all)
  const bare = withoutTitle(piece)
  if (NOT_PEOPLE.test(bare.text)) return []
  if (isPersonName(bare.text) || (isExpected && isFamiliar(bare.text))) return [person(bare, null)]
  if (isLabelled && isCalledSo(bare.text)) return [person(bare, null)]
  const gaps = gapsOf(piece)
  if (gaps.length > 1) {
    if (gaps.every((one) => isPersonName(one.text) && !UNIT.test(one.text))) return gaps.map((one) => person(one, null))
    for (const take of [1, 2]) {
      const name = withoutTitle(piece.slice((gaps.at(-take) as Words).start - piece.start))
      if (gaps.length <= take || !(isPersonName(name.text) || (isExpected && isFamiliar(name.text)))) continue
      const before = piece.slice(0, name.start - piece.start)
      const office = officeIn(before) ?? (isMatter(before.text) ? before : null)
      return office === null ? [person(name, null)] : [officeToken(office, 'label'), person(name, null)]
    }
    const first = gaps[0] as Words
    const office = officeIn(piece.slice(first.length))
    if (isPersonName(first.text) && office !== null) return [person(first, office.own)]
  }
  const office = officeIn(piece) ?? (isHeading(all.text, next) ? all : null)
  if (office !== null) return [officeToken(office, next)]
  for (const length of [2, 3, 4]) {
    const name = bare.slice(bare.length - length)
    const before = bare.slice(0, bare.length - length)
    const unit = officeIn(before) ?? (before.length <= 8 && POST_AT_END.test(before.text) ? before : null)
    if (unit !== null && (isPersonName(name.text) || (isExpected && isFamiliar(name.text))))
      return [officeToken(unit, 'label'), person(name, null)]
  }
  return []
}

const person = (name: Words, scope: string | null): Token => ({ kind: 'person', name, scope })

const withoutTitle = (words: Words) => {
  const title = TITLE.exec(words.text)
  return title === null || title.index < 1 ? words : words.slice(0, title.index)
}

/** 数据统计, 业务咨询: that for which somebody is asked. */
const isMatter = (text: string) =>
  /^[\u4e00-\u9fff]{2,10}(?:咨询|支持|统计|报送|填报|协调|综合|调度|联络|对接|业务|改造|检查|督导|信息|数据|技术|宣传|执法)$/.test(
    text,
  ) || /^(?:综合|调度|统计|数据|技术|业务|材料|信息)[\u4e00-\u9fff]{0,6}$/.test(text)

const isHeading = (text: string, next: Next) =>
  next === 'heading'
    ? text.length <= 12 && !/[的将请]|分管|组长|主任|局长/.test(text)
    : next === 'colon'
      ? isMatter(text)
      : // 报表联系人, 材料联系人: for what each is asked.
        next === 'label' &&
        (isMatter(text) || /^(?:报表|材料|数据|信息|综合|业务|技术|清单|台账|统计|总结|调度|政策)$/.test(text))

/** 小苗, 老张, 王科长: how colleagues are called, where a name is expected. */
export const isFamiliar = (text: string) =>
  /^(?!小[组区学]|老[师城年])[小老][\u4e00-\u9fff]{1,2}$/.test(text) ||
  /^[\u4e00-\u9fff](?:科长|主任|队长|站长|所长|工|经理|处长|股长|部长)$/.test(text)

/** Behind 联系人 and in its column: a name, whatever the family, unless it is a word of offices. */
export const isCalledSo = (text: string) =>
  /^[\u4e00-\u9fff]{2,3}$/.test(text) &&
  !UNIT.test(text) &&
  !POST.test(text) &&
  !isMatter(text) &&
  !/联系|电话|名单|信息|另行|同上|如下|附后|待定|姓名|人员|变[更动]|值班|负责|通知/.test(text)

function withoutAround(words: Words): Words {
  const rest = words.slice(LEAD.exec(words.text)?.[0].length ?? 0)
  return rest.slice(0, rest.length - (TAIL.exec(rest.text)?.[0].length ?? 0))
}

function officeIn(words: Words): Words | null {
  const office = withoutAround(words)
  return office.length >= 2 &&
    office.length <= 24 &&
    UNIT.test(office.text) &&
    !/\d{4}|于|前$|将|按|的|报/.test(office.text)
    ? office
    : null
}

function gapsOf(words: Words): Words[] {
  const pieces: Words[] = []
  let from = 0
  for (let at = 1; at < words.length; at++) {
    if (!words.gapBefore(at)) continue
    pieces.push(words.slice(from, at))
    from = at
  }
  pieces.push(words.slice(from))
  return pieces
}
