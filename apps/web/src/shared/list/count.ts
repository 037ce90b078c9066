import type { Total } from '@bihuan/contracts'

/** 1,234, and 1万+ where the server stopped counting. */
export function countText({ count, capped }: Total): string {
  return capped ? '1万+' : count.toLocaleString('zh-CN')
}
