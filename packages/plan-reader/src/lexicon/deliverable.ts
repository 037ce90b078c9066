import type { PlanReport } from '@bihuan/domain'
import { reader, type Rule } from './rule.js'

type Form = PlanReport['deliverables'][number]['form']

/** Spellings of the form in which something is sent. A new one is a new line. */
export const FORM_RULES: readonly Rule<Form>[] = [
  {
    pattern:
      '可编辑的?(?:文档版?|电子版?|格式|版本?|文件|word版?|Word版?)(?:文档)?|(?:[Ww]ord|WORD|[Ee]xcel|EXCEL)(?:电子)?(?:文档|版本?|格式|文件|表格?)',
    meaning: () => 'editable',
    example: ['可编辑文档版', 'editable'],
  },
  {
    pattern:
      '(?:签字|签名|盖章|签章|公章|签批|盖)(?:[^，；。）、]{0,14})(?:原件|扫描件|复印件|PDF|pdf|扫描版|影印件)(?:版)?(?:或(?:者)?(?:扫描件|复印件|扫描版))?|(?:PDF|pdf)(?:盖章)?(?:扫描件|版|格式|文档)?|扫描件|盖章版|盖章件',
    meaning: () => 'signed-scan',
    example: ['盖章的原件或扫描件', 'signed-scan'],
  },
  { pattern: '电子(?:版|档|文档|稿|材料|文本|表格?)', meaning: () => 'electronic', example: ['电子版', 'electronic'] },
  {
    pattern: '(?:盖章)?纸质(?:版|件|材料|文件|稿|文本|档)?(?:盖章[件版])?|书面材料',
    meaning: () => 'paper',
    example: ['纸质版', 'paper'],
  },
]

export const readForms = reader(FORM_RULES, /编辑|[Ww]ord|WORD|[Ee]xcel|EXCEL|[盖签]|PDF|pdf|扫描|电子|纸质|书面/)
