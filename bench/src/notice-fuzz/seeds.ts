/** Sound notices of every form, small and made up, from which the broken ones are made. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { handMadeNotice, wordCell, wordParagraph } from '../../../packages/office/test/notices.js'
import { handMadePdf, pdfGrid, pdfText } from '../../../packages/office/test/pdf.js'

export type Form = 'docx' | 'doc' | 'pdf' | 'html' | 'txt'

export interface Seed {
  readonly form: Form
  readonly bytes: Uint8Array
}

const sentence = '各镇人民政府要认真组织开展重大事故隐患排查整治，每月25日前报送进展情况。'

const level = (depth: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`

function wordSeed(): Uint8Array {
  const point = (depth: number) =>
    wordParagraph(sentence, `<w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="1"/></w:numPr>`)
  const row = (n: number) =>
    `<w:tr>${wordCell(n === 0 ? '组别' : '', n % 4 === 0 ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>')}${wordCell(`${n}`)}${wordCell(sentence, '<w:gridSpan w:val="2"/>')}</w:tr>`
  const rows = Array.from({ length: 24 }, (_, n) => row(n)).join('')
  const mark = (kind: string) => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`
  const field = `<w:p>${mark('begin')}<w:r><w:instrText> HYPERLINK "x" </w:instrText></w:r>${mark('separate')}<w:r><w:t>县网站</w:t></w:r>${mark('end')}<w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>`
  return handMadeNotice({
    body: `${[0, 1, 2, 1, 0].map(point).join('')}${field}<w:tbl>${rows}</w:tbl>${wordParagraph('填报人：')}<w:sectPr/>`,
    numbering: `<w:abstractNum w:abstractNumId="0">${level(0, 'chineseCounting', '%1、')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
    styles:
      '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
  })
}

function pdfSeed(): Uint8Array {
  const lines = Array.from({ length: 18 }, (_, i) => pdfText(73, 770 - 28 * i, sentence.slice(0, 28))).join('')
  const table =
    pdfGrid(80, 230, [60, 200, 100], [30, 30, 30]) +
    [200, 170, 140].map((y) => pdfText(90, y, '1', 10) + pdfText(150, y, '检查企业（家次）', 10)).join('')
  return handMadePdf([lines + table + pdfText(280, 40, '— 1 —', 14), table + lines.slice(0, 600), lines])
}

function pageSeed(): Uint8Array {
  const row = '<tr><td rowspan=2>组别<td>1<td colspan=2>检查<br>（家次）</tr><tr><td>2<td>3</tr>'
  const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><style>p{}</style></head><body><h1 align=center>方案</h1><ol><li>${sentence}<ol><li>甲</ol></ol><div><p>${sentence}</p></div><table>${row.repeat(6)}</table></body></html>`
  return new Uint8Array(Buffer.from(page))
}

export function seeds(): Seed[] {
  const old = fileURLToPath(new URL('../../../packages/office/test/notice-97.doc', import.meta.url))
  const text = `某县安委会办公室\r\n关于排查的通知\r\n\r\n一、总体要求\r\n${`${sentence}\r\n`.repeat(20)}\t序号\r\n\t单位\r\n`
  return [
    { form: 'docx', bytes: wordSeed() },
    { form: 'doc', bytes: new Uint8Array(readFileSync(old)) },
    { form: 'pdf', bytes: pdfSeed() },
    { form: 'html', bytes: pageSeed() },
    { form: 'txt', bytes: new Uint8Array(Buffer.from(text)) },
    { form: 'txt', bytes: new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')) },
  ]
}
