/** By which way something was done. */
export const ways = [
  { value: 'web', label: '网页' },
  { value: 'api', label: '程序' },
  { value: 'cli', label: '命令行' },
  { value: 'job', label: '后台' },
  { value: 'maintenance', label: '维护' },
]

export function wayLabel(via: string): string {
  return ways.find(({ value }) => value === via)?.label ?? via
}
