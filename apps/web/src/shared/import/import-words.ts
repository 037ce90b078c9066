import type { ImportRowView, ImportView } from '@bihuan/contracts'

export const importStateLabel: Readonly<Record<ImportView['state'], string>> = {
  reading: '正在核对',
  preview: '等待导入',
  writing: '正在导入',
  done: '已完成',
  failed: '已停止',
}

export const verdictLabel: Readonly<Record<ImportRowView['verdict'], string>> = {
  refused: '需改正',
  doubtful: '疑似重复',
  changed: '变更',
  new: '新增',
  same: '不变',
  'left-out': '不导入',
  written: '已导入',
}

/** In the order in which somebody works them off. */
export const verdictOrder = ['refused', 'doubtful', 'changed', 'new', 'same', 'left-out', 'written'] as const
