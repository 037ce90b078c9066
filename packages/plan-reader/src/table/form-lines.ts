import { readNumbering } from '../outline/heading.js'
import type { Words } from '../normalise/canonical-text.js'
import { canonicalCharacter } from '../normalise/character.js'

/** What stands around an official form. Notes lose their white space, the lines to fill in keep it, a run of it as one space. */
export interface FormLines {
  readonly head: readonly string[]
  readonly notes: readonly Words[]
  readonly foot: readonly string[]
  readonly signatures: readonly string[]
}

const NOTE =
  /^[（〔]?(?:备?注|说明|填报说明|填表说明|填写说明|填表要求|填报要求|注意事项)[）〕]?(?:[：.、]|(?=\d[.、]))|^(?:备?注|填报说明|填表说明|填写说明|说明)$/
const FIELD =
  /(?:单位|部门|名称|时间|日期|填报人|填表人|制表人|审核人|负责人|联系人|电话|联系方式|签字|签名|签章|盖章|公章|手机|经办人|领导|截止|统计|年月日|密级|审批人|报送人|汇总人)[^。；]{0,20}(?:[：_]|$)|_{2,}|年月日/

/** In the lines above a table who fills in or answers for it; other labels there say whom or what the form is about. */
const SIGNER =
  /(?:(?:填报|填表|制表|审核|复核|审批|审签|签发|经办|负责|责任|报送|汇总|统计|校对|录入|承办|批准|核准)(?:人员?|者|员)|签字|签名|审核|审批|校核|领导)$/
/** Labels below a table that nobody signs: a telephone, a date, a unit. */
const NOT_SIGNED =
  /(?:电话|手机|号码|方式|邮箱|信箱|传真|地址|日期|时间|截止|年|月|日|期|周期|单位|部门|科室|处室|企业|公司|学校|医院|项目|社区|街道|名称|盖章|公章|印章|专用章|备注|说明|注|要求|标准|附件?|数|额|编号|份)(?:（[^）]*）)?$/
const LABEL = /(?:^|[\s_：；，、）年月日])((?:[\u4e00-\u9fff/]|（[^（）]{1,8}）){2,14})[：]/g

export function formLines(above: readonly Words[], below: readonly Words[]): FormLines {
  const head: Words[] = []
  const foot: Words[] = []
  const notes: Words[] = []
  sort(above, head, notes)
  sort(below, foot, notes)
  const [headLines, footLines] = [head.map(spaced), foot.map(spaced)]
  const signatures = [
    ...headLines.flatMap((line) => labelsIn(line).filter((label) => SIGNER.test(plainLabel(label)))),
    ...footLines.flatMap((line) => labelsIn(line).filter((label) => !NOT_SIGNED.test(plainLabel(label)))),
  ]
  return { head: headLines, notes, foot: footLines, signatures: signatures.map((label) => label.replace(/\s+/g, '')) }
}

export const isNoteLine = (text: string) => NOTE.test(text)

function sort(lines: readonly Words[], fields: Words[], notes: Words[]): void {
  let inNotes = false
  for (const line of lines) {
    const lead = NOTE.exec(line.text)
    if (lead !== null) {
      inNotes = true
      const rest = line.slice(lead[0].length)
      if (rest.length > 0) notes.push(...numberedNotes(rest))
      continue
    }
    const numbering = readNumbering(line.text)
    // Within notes the words of a field stand in sentences, too: only a label at the line's beginning ends them.
    const isField =
      numbering === null &&
      isToFillIn(line) &&
      (!inNotes || LABEL_FIRST.test(line.text) || LABELS_ALONE.test(line.text))
    if (inNotes && !isField) {
      const open = notes.at(-1)
      const goesOn = numbering === null && open !== undefined && !/[。]$|。）$/.test(open.text)
      if (goesOn) notes[notes.length - 1] = open.upTo(line)
      else notes.push(...numberedNotes(line))
      continue
    }
    if (!isField && numbering !== null && line.length > 12) notes.push(line)
    else fields.push(line)
    inNotes = false
  }
}

const LABEL_FIRST =
  /^[^，。；]{0,12}(?:人|单位|部门|负责人|领导|电话|日期|时间|签字|签章|盖章|审核|审批)(?:（[^）]*）)?[：_]/
/** 库主任：  安全科长：: nothing but labels with room behind them. */
const LABELS_ALONE = /^(?:[^，。；：\d]{2,14}：(?:_*\d{0,4}年?_*月?_*日?))+$/

/** A line to fill in ends in a label or a blank; a sentence with the same words does not. */
const isToFillIn = (line: Words) =>
  (FIELD.test(line.text) || LABELS_ALONE.test(line.text)) && !/[。；]$/.test(line.text) && line.length <= 80

/** Several notes in one line or cell: 1.…2.… */
function numberedNotes(words: Words): Words[] {
  const marks = [...words.text.matchAll(/(?:^|(?<=[。；）]))(\d{1,2})[.、](?!\d)/g)]
  const inOrder = marks.filter((mark, index) => Number(mark[1]) === index + 1 || index === 0)
  if (inOrder.length < 2 || inOrder[0]?.index !== 0) return [words]
  return inOrder.map((mark, index) => words.slice(mark.index, inOrder[index + 1]?.index ?? words.length))
}

export function spaced(words: Words): string {
  return words.raw.replace(/[\s\u3000\u00A0]+/g, ' ').trim()
}

/** The labels of a line, as it writes them. */
function labelsIn(line: string): string[] {
  const canonical = [...line].map((one) => (/\s/.test(one) ? one : canonicalCharacter(one))).join('')
  return [...canonical.matchAll(LABEL)].map(({ index, 0: all, 1: label = '' }) => {
    const at = index + all.indexOf(label)
    return line.slice(at, at + label.length)
  })
}

const plainLabel = (label: string) => [...label].map(canonicalCharacter).join('').replace(/\s/g, '')
