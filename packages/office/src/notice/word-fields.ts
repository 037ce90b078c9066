import { circled } from './number-format.js'

interface Field {
  instruction: string
  phase: 'instruction' | 'result'
  isDropped: boolean
}

/** What the word processor makes anew at each layout: the reader of a notice would find headings twice and page numbers in sentences. */
const LAYOUT_FIELDS = /^\s*(TOC|TOA|INDEX|PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b/i

/** Fields that are open where the text is read: their results are shown, their instructions are not. */
export class WordFields {
  private readonly open: Field[] = []

  begin(instruction = ''): void {
    this.open.push({ instruction, phase: 'instruction', isDropped: false })
    if (instruction !== '') this.separate()
  }

  separate(): void {
    const field = this.open.at(-1)
    if (field === undefined) return
    field.phase = 'result'
    field.isDropped = LAYOUT_FIELDS.test(field.instruction)
  }

  /** Gives what a field shows that has no result of its own. */
  end(): string {
    const field = this.open.pop()
    return field?.phase === 'instruction' && this.isShown ? enclosedCharacter(field.instruction) : ''
  }

  instruct(text: string): void {
    const field = this.open.at(-1)
    if (field?.phase === 'instruction' && field.instruction.length < 1000) field.instruction += text
  }

  get isShown(): boolean {
    return this.open.every(({ phase, isDropped }) => phase === 'result' && !isDropped)
  }

  /** Instructions do not go beyond their paragraph; one that lacks its end must not swallow the rest of the document. */
  endParagraph(): void {
    while (this.open.at(-1)?.phase === 'instruction') this.open.pop()
  }

  /** A result that was passed over and never ended. */
  get isUnended(): boolean {
    return this.open.some(({ isDropped }) => isDropped)
  }
}

/** Word's 带圈字符 is an instruction to draw a circle around a figure. */
function enclosedCharacter(instruction: string): string {
  const inside = /^\s*eq\s*\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯]\s*[,，、;]\s*([^()\s]{1,3})\s*\)/i.exec(instruction)?.[1]
  if (inside === undefined) return ''
  return (/^\d+$/.test(inside) ? circled(Number(inside)) : null) ?? `（${inside}）`
}
