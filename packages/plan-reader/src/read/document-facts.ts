import type { CivilDate, Plan } from '@bihuan/domain'
import { datesOf, readTimes, type Issue } from '../lexicon/date.js'
import { numberOf } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { NoticeParts } from '../outline/notice-parts.js'

type Facts = Pick<Plan, 'title' | 'issuer' | 'docNo' | 'issuedOn' | 'recipients'>

export function readDocumentFacts(parts: NoticeParts): { facts: Facts; issue: Issue } {
  const docNo = readDocNo(parts)
  const issuedOn = readIssuedOn(parts)
  const year = issuedOn === null ? yearWithoutDate(parts, docNo) : Number(issuedOn.slice(0, 4))
  return {
    facts: {
      title: readTitle(parts),
      issuer: readIssuer(parts),
      docNo,
      issuedOn,
      recipients: parts.recipients === null ? [] : readRecipients(parts.recipients),
    },
    issue: { issuedOn, year },
  }
}

function readTitle({ planTitle, noticeTitle }: NoticeParts): string {
  const own = planTitle.own.replace(/^《(.*)》$/, '$1')
  const issued = /关于印发[《〈]?(.+?)[》〉]?的?(?:通知|函)$/.exec(own)
  if (issued?.[1] !== undefined) return issued[1]
  return own === '' ? (noticeTitle?.own ?? '') : own
}

const DOC_NO =
  /([^〔〕（）。，、：；《》“”\d]{2,24}|[^〔〕。，、：；《》“”]{2,24})[〔（]((?:19|20)\d{2}|[二〇零一三四五六七八九]{4})[〕）]第?(\d{1,4}|[〇一二三四五六七八九十百]{1,5})号/

/** 发文字号: the first in the letterhead; a notice without one may name those of others below. */
function readDocNo({ letterhead, canonical, noticeTitle, planTitle }: NoticeParts): string | null {
  const lines = [...letterhead]
  const end = noticeTitle?.start ?? planTitle.start
  if (lines.length === 0 && end > 0) lines.push(canonical.words(0, end))
  for (const words of lines) {
    const match = DOC_NO.exec(words.text)
    if (match === null) continue
    const at = match.index + (match[1]?.length ?? 0)
    const maker = words.slice(match.index, at).own.replace(/^(?:发文字号|文号)[：:]?/, '')
    const year = numberOf(match[2] ?? '')
    const rest = words.slice(at + (match[2]?.length ?? 0) + 2, match.index + match[0].length).own
    return `${maker}〔${year ?? match[2] ?? ''}〕${rest}`
  }
  return null
}

function readIssuer({ signature, letterhead, noticeTitle, planTitle }: NoticeParts): string {
  if (signature.units.length > 0) return signature.units.map(unitOf).join('、')
  const title = noticeTitle ?? planTitle
  const before = /^(.{3,60}?)关于/.exec(title.text)
  if (before !== null && !/^(?:中共)?.{0,4}$/.test(before[1] ?? '')) return title.slice(0, before[1]?.length ?? 0).own
  const named = letterhead.filter(
    ({ text }) => !DOC_NO.test(text) && !/^(?:签发人|特急|急件|加急|平急|秘密|机密|\d+$|份号)/.test(text),
  )
  const unit = named.filter(({ text }) => !/文件$/.test(text)).at(-1)
  const heads = named.findIndex(({ text }) => /文件$/.test(text))
  if (unit !== undefined && named.indexOf(unit) > heads) return unit.own
  if (heads < 0) return unit?.own ?? ''
  return named
    .slice(0, heads + 1)
    .map(({ own }) => own)
    .join('')
    .replace(/文件$/, '')
}

const unitOf = (words: Words) => words.own.replace(/[（(](?:印章|盖章|公章|代章|章)[）)]$/, '')

function readIssuedOn({ signature, canonical, planTitle, noticeTitle }: NoticeParts): CivilDate | null {
  const day = (text: string): CivilDate | null => {
    const [time] = readTimes(text)
    return time === undefined || time.meaning.from.grain !== 'day'
      ? null
      : datesOf(time.meaning, { issuedOn: null, year: null }).to
  }
  if (signature.date !== null) return day(signature.date.text)
  const { text } = canonical
  const printed = [...text.matchAll(/(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?=印发)/g)].at(-1)
  if (printed !== undefined) return day(printed[0])
  const head = text.slice(0, (noticeTitle ?? planTitle).end + 200)
  const labelled =
    /(?:成文日期|发文日期|发布日期|印发日期|发布时间|发文时间)：?((?:19|20)\d{2}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?)/.exec(
      head,
    )
  if (labelled?.[1] !== undefined) return day(labelled[1])
  const below = text.slice(planTitle.end, planTitle.end + 24)
  const bracketed = /^（((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)/.exec(below)
  return bracketed?.[1] === undefined ? null : day(bracketed[1])
}

function yearWithoutDate({ planTitle, noticeTitle, canonical }: NoticeParts, docNo: string | null): number | null {
  const said =
    /〔(\d{4})〕/.exec(docNo ?? '')?.[1] ??
    /20\d{2}/.exec(planTitle.text)?.[0] ??
    /20\d{2}/.exec(noticeTitle?.text ?? '')?.[0]
  const any = said ?? /20\d{2}(?=年)/.exec(canonical.text)?.[0]
  return any === undefined ? null : Number(any)
}

/** Words that tell a kind of unit and name none: what is made of them alone stands under the 各 before it. */
const KINDS_OF_UNITS =
  /街道|办事处|乡镇|镇|乡|村|社区|居委会|村委会|人民政府|政府|管委会|管理委员会|开发区|园区|县|市|区|旗|部门|单位|机构|企业|公司|学校|直属|机关|处室|科室|部|办|局|委|厅|中心|大队|支队|处|科|室|站|所|队|组|集团|院|校|厂|矿|（|）|、|和|及/g
const OF_ITS_OWN = /各|有关|相关|(?<!^)直属|驻|[省市区县旗镇乡州盟]直|成员单位|中央|重点/

/** 民政局 without a place before it: under the 各区 of the one before it, if that is a unit of the same kind. */
const UNIT_KIND = /(?:局|委|办|厅|处|科|股|中心|大队|支队|公司|院|校|站|所)$/
/** What is no unit by its noun: 民宿, 合作社, 市场, 工地. */
const OFFICIAL =
  /(?:局|委|委员会|办|办公室|厅|处|科|股|中心|大队|支队|总队|公司|集团|院|校|学校|大学|医院|站|所|政府|管委会|街道|镇|乡|社区|村|园区|开发区|部|室|会|协会|组|专班|队|银行|库|厂|矿|(?<!合作)社|联|馆|台|庭|司|团)(?:（[^）]*）)?$/

/** Places where people work, of which each town has some. */
const INSTITUTION = /(?:卫生院|医院|学校|服务中心|服务站|工作站|幼儿园|养老院|敬老院|卫生室)$/

const FIRMS = /^各[^、]{2,6}(?:企业|(?<!有限|股份|集团)公司|合作社|经营户)$/

function isUnderEach(piece: string, before: string): boolean {
  // 有关中央、省属企业: what is no noun yet goes on in the next.
  if (/(?:中央|国有|民营|[省市区县部]属)$/.test(before)) return true
  if (OF_ITS_OWN.test(piece) || /^[省市区县旗州盟镇乡]/.test(piece)) return false
  if (piece.replace(KINDS_OF_UNITS, '') === '') return true
  if (!OFFICIAL.test(piece)) return true
  // 各港口企业、航运公司: firms by what they do.
  if (FIRMS.test(before) && FIRMS.test(`各${piece}`)) return true
  const kind = UNIT_KIND.exec(piece)?.[0]
  if (INSTITUTION.test(piece) && INSTITUTION.test(before)) return true
  return (
    kind !== undefined &&
    before.endsWith(kind) &&
    /^各(?:省|市|区|县|旗|州|盟|镇|乡|（|县（)/.test(before) &&
    piece.length <= 8
  )
}

/** One 各 over several words is one addressee; what has its own 各, is a unit by name or stands in a line of its own begins a new one. */
export function readRecipients(line: Words): string[] {
  const text = line.text.endsWith('：') ? line.slice(0, line.length - 1) : line
  return text.split(/[，；]/).flatMap((segment) => {
    const units: string[] = []
    let underEach = false
    let before = ''
    for (const piece of segment.split(/、/)) {
      const isOwn = !underEach || !isUnderEach(piece.text, before)
      if (isOwn) {
        units.push(piece.own)
        underEach = /各|^有关|^相关/.test(piece.text)
        before = piece.text
      } else units.push(`${units.pop() ?? ''}、${piece.own}`)
    }
    return units
  })
}
