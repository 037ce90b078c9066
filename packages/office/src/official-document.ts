import type { CivilDate } from '@bihuan/domain'
import type { Paragraph } from 'docx'
import { chineseDate } from './form-line.js'
import type { FormPage } from './form-layout.js'
import { ledgerSection, type LedgerForm } from './ledger-form.js'
import { metricTableSection, type MetricTableForm } from './metric-table-form.js'
import { breakEvenly } from './text-break.js'
import { textWidth } from './text-width.js'
import {
  packWord,
  paragraph,
  paragraphOf,
  run,
  runsWithBlanks,
  type ParagraphStyle,
  type Typeface,
  type WordSection,
} from './word-parts.js'

/** A piece of the body. Numbers (一、 （一） 1. （1）) are put in here, and begin again under each higher heading. */
export type DocumentBlock =
  | {
      readonly heading: 1 | 2 | 3 | 4
      readonly text: string
      /** Goes on in the same paragraph, in the face of the body. */ readonly runOn?: string
    }
  | { readonly text: string }

/** A letter or notice after GB/T 9704-2012 党政机关公文格式. */
export interface OfficialDocument {
  /** 发文机关标志, as printed in red: 某某区安全生产委员会办公室文件. None for a letter on plain paper. */
  readonly letterhead?: string
  /** 发文字号: 某安委办〔2026〕8号. */
  readonly documentNumber?: string
  readonly title: string
  /** 主送机关, without the colon. */
  readonly recipients?: readonly string[]
  readonly body: readonly DocumentBlock[]
  /** Titles of the annexes, for 附件说明. */
  readonly annexes?: readonly string[]
  /** The annexes themselves, in the same order, where they are part of the document. */
  readonly attached?: readonly AttachedForm[]
  /** 发文机关署名. */
  readonly signature: string
  /** 成文日期. */
  readonly issuedOn: CivilDate
  /** Kept in the document through every edit, and not printed. */
  readonly properties?: Readonly<Record<string, string>>
}

/** A 调度表, or a list in the form of a 清单; each begins on a page of its own. */
export type AttachedForm =
  | { readonly metricTable: MetricTableForm }
  | { readonly ledger: LedgerForm; readonly rows: readonly (readonly string[])[] }

/** 7.1: 天头 37 mm, 订口 28 mm, 版心 156 by 225 mm. */
const PAGE: FormPage = { isLandscape: false, margin: { top: 2098, right: 1474, bottom: 1984, left: 1588 } }
/** 5.2.3: 22 lines on a page, 28 characters (三号, 16 points) in a line. */
const LINE = 579
const CHARACTER = 320
const BODY: ParagraphStyle = { face: '仿宋_GB2312', size: 32, line: LINE, align: 'both', firstLine: 2 * CHARACTER }
const RED = 'FF0000'
const HEADING_FACES: readonly Typeface[] = ['黑体', '楷体_GB2312', '仿宋_GB2312', '仿宋_GB2312']

export async function writeOfficialDocument(document: OfficialDocument): Promise<Uint8Array> {
  const { title, recipients = [], body, annexes = [], signature, issuedOn } = document
  const blank = paragraph('', { ...BODY, firstLine: 0 })
  const numbers = new HeadingNumbers()
  const children: Paragraph[] = [
    ...letterhead(document),
    // 7.3.1: 二号小标宋, below the red line by two lines.
    blank,
    paragraph(breakEvenly(title, 40), { face: '方正小标宋简体', size: 44, line: 640, align: 'center' }),
    blank,
    ...(recipients.length === 0 ? [] : [paragraph(`${recipients.join('，')}：`, { ...BODY, firstLine: 0 })]),
    ...body.map((block) => bodyParagraph(block, numbers)),
    ...annexLines(annexes),
    blank,
    blank,
    ...signed(signature, issuedOn),
  ]
  // 7.5: the page number stands 7 mm below the text, right on odd and left on even pages.
  const attached = document.attached ?? []
  const sections = attached.map((form, at) => attachedSection(form, attached.length > 1 ? `附件${at + 1}` : '附件'))
  return packWord([{ page: PAGE, children, isDuplex: true, footer: 1417 }, ...sections], title, document.properties)
}

/** 7.3.4: 附件 stands at the head of its first page. */
function attachedSection(form: AttachedForm, annexLabel: string): WordSection {
  if ('metricTable' in form) {
    const { layout, ...rest } = form.metricTable
    return metricTableSection({ ...rest, layout: { ...layout, annexLabel } })
  }
  const { layout, ...rest } = form.ledger
  return ledgerSection({ ...rest, layout: { ...layout, annexLabel } }, form.rows)
}

function letterhead({ letterhead: name, documentNumber }: OfficialDocument): Paragraph[] {
  const number = documentNumber === undefined ? [] : [documentNumber]
  if (name === undefined) {
    const style = { ...BODY, firstLine: 0, align: 'right' } as const
    return number.map((text) => paragraphOf(runsWithBlanks(text, BODY), style))
  }
  const size = Math.min(72, Math.floor(8800 / (Math.max(1, textWidth(name)) * 5)))
  const rule = { color: RED, size: 12 }
  const style = { ...BODY, firstLine: 0, align: 'center', before: LINE, bottomRule: rule } as const
  return [
    paragraph(name, { face: '方正小标宋简体', size, line: Math.max(LINE, size * 14), align: 'center', color: RED }),
    paragraphOf(runsWithBlanks(number[0] ?? '', BODY), style),
  ]
}

function bodyParagraph(block: DocumentBlock, numbers: HeadingNumbers): Paragraph {
  if (!('heading' in block)) return paragraphOf(runsWithBlanks(block.text, BODY), BODY)
  const { heading, text, runOn } = block
  const face = HEADING_FACES[heading - 1] ?? '仿宋_GB2312'
  const runs = [run(numbers.next(heading) + text, { face, size: 32 })]
  if (runOn !== undefined) runs.push(...runsWithBlanks(runOn, BODY))
  return paragraphOf(runs, { ...BODY, keepWithNext: runOn === undefined })
}

/** 7.3.3: 一、 then （一） then 1. then （1）. */
class HeadingNumbers {
  private readonly counts = [0, 0, 0, 0]

  next(level: 1 | 2 | 3 | 4): string {
    const count = (this.counts[level - 1] ?? 0) + 1
    this.counts[level - 1] = count
    this.counts.fill(0, level)
    const chinese = chineseNumber(count)
    return [`${chinese}、`, `（${chinese}）`, `${count}.`, `（${count}）`][level - 1] ?? ''
  }
}

const DIGITS = '零一二三四五六七八九'

/** 1 to 99. */
function chineseNumber(value: number): string {
  const tens = Math.floor(value / 10)
  const ones = value % 10
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens]}十`
  return head + (ones === 0 && tens > 0 ? '' : (DIGITS[ones] ?? ''))
}

/** 7.3.4: below the body by a line, two characters in; several are numbered, and stand under each other. */
function annexLines(annexes: readonly string[]): Paragraph[] {
  if (annexes.length === 0) return []
  const style: ParagraphStyle = { ...BODY, align: 'left' }
  const blank = paragraph('', style)
  if (annexes.length === 1)
    return [
      blank,
      paragraph(`附件：${annexes[0] ?? ''}`, { ...style, firstLine: 0, left: 5 * CHARACTER, hanging: 3 * CHARACTER }),
    ]
  const lines = annexes.map((title, i) => {
    // 附件： takes three characters, the number and its point one.
    const hanging = i === 0 ? 4 * CHARACTER : CHARACTER
    return paragraph(`${i === 0 ? '附件：' : ''}${i + 1}.${title}`, {
      ...style,
      firstLine: 0,
      left: 6 * CHARACTER,
      hanging,
    })
  })
  return [blank, ...lines]
}

/** 7.3.5.1: the date four characters from the right, the name centred over it. */
function signed(signature: string, issuedOn: CivilDate): Paragraph[] {
  const date = chineseDate(issuedOn) ?? issuedOn
  const dateWidth = textWidth(date) * (CHARACTER / 2)
  const nameWidth = textWidth(signature) * (CHARACTER / 2)
  // A name longer than the date stands two characters from the right, and the date is centred under it.
  const nameRight = Math.max(2 * CHARACTER, 4 * CHARACTER + Math.round((dateWidth - nameWidth) / 2))
  const dateRight = Math.max(4 * CHARACTER, nameRight + Math.round((nameWidth - dateWidth) / 2))
  const style: ParagraphStyle = { ...BODY, firstLine: 0, align: 'right' }
  return [paragraph(signature, { ...style, right: nameRight }), paragraph(date, { ...style, right: dateRight })]
}
