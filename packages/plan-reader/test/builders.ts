import type { NoticeBlock, NoticeCell, NoticeDocument, Plan } from '@bihuan/domain'
import { documentOfText } from '../src/text-document.js'
import { readPlan } from '../src/read-plan.js'

export interface NoticeWords {
  readonly issuer: string
  readonly docNo: string
  readonly issuedOn: string
  readonly title: string
  readonly recipients: string
  readonly opening: string
  /** The plan below its opening, lines divided by `\n`. */
  readonly body: string
  /** What follows the plan: the list of annexes, the annexes. */
  readonly annexes: string
}

/** A notice that issues a plan, with what a test does not care about filled in. */
export function noticeText(words: Partial<NoticeWords> = {}): string {
  const {
    issuer = '青石县安全生产委员会',
    docNo = '青安委〔2024〕9号',
    issuedOn = '2024年3月11日',
    title = '青石县重大事故隐患排查整治工作方案',
    recipients = '各乡镇人民政府，县安委会各成员单位：',
    opening = '为防范化解重大安全风险，制定本方案。',
    body = '一、工作要求\n各单位要高度重视。',
    annexes = '',
  } = words
  return `${docNo}

${issuer}关于印发《${title}》的通知

${recipients}
现将《${title}》印发给你们，请认真贯彻执行。

                    ${issuer}
                    ${issuedOn}

${title}

${opening}
${body}
${annexes}`
}

export const planOf = (words: Partial<NoticeWords> = {}): Plan => readPlan(documentOfText(noticeText(words)))

/** The plan of a notice with these paragraphs under one heading. */
export const planWith = (...paragraphs: readonly string[]): Plan =>
  planOf({ body: `一、主要任务\n${paragraphs.join('\n')}` })

export type Cell = string | { readonly text: string; readonly rows?: number; readonly columns?: number }

/** A document of paragraphs and real tables; a cell that an earlier one covers is left out. */
export function documentOfBlocks(blocks: readonly (string | readonly (readonly Cell[])[])[]): NoticeDocument {
  let text = ''
  const write = (words: string) => {
    const start = text.length
    text += words
    const stretch = { start, end: text.length }
    text += '\n'
    return stretch
  }
  const made = blocks.flatMap((block): NoticeBlock[] => {
    if (typeof block === 'string') {
      return block.split('\n').map((line) => ({
        kind: 'paragraph',
        ...write(line),
        level: null,
        align: null,
        pageBreakBefore: false,
      }))
    }
    const start = text.length
    const covered = new Set<string>()
    const rows = block.map((row, at) => {
      let column = 0
      return row.map((cell): NoticeCell => {
        while (covered.has(`${at},${column}`)) column++
        const {
          text: words,
          rows: rowSpan = 1,
          columns: colSpan = 1,
        } = typeof cell === 'string' ? { text: cell } : cell
        for (let down = 0; down < rowSpan; down++)
          for (let right = 0; right < colSpan; right++) covered.add(`${at + down},${column + right}`)
        const made = { ...write(words), column, colSpan, rowSpan }
        column += colSpan
        return made
      })
    })
    return [{ kind: 'table', start, end: text.length, rows }]
  })
  return { form: 'docx', text, blocks: made }
}

/** The same table as programs write it out: each cell a line behind a tab, merged ones empty, a blank line behind each row. */
export function flattened(rows: readonly (readonly Cell[])[]): string {
  const covered = new Map<string, string>()
  const lines: string[] = []
  rows.forEach((row, at) => {
    let column = 0
    const fill = () => {
      while (covered.has(`${at},${column}`)) {
        if (covered.get(`${at},${column}`) === 'below') lines.push('\t')
        column++
      }
    }
    for (const cell of row) {
      fill()
      const { text, rows: rowSpan = 1, columns: colSpan = 1 } = typeof cell === 'string' ? { text: cell } : cell
      for (let down = 0; down < rowSpan; down++) {
        for (let right = 0; right < colSpan; right++) {
          covered.set(`${at + down},${column + right}`, down > 0 && right === 0 ? 'below' : 'beside')
        }
      }
      lines.push(`\t${text}`)
      column += colSpan
    }
    fill()
    lines.push('')
  })
  return lines.join('\n')
}
