/** Telephone numbers as people write them: mobiles, and lines with their area code. */
import { decided, refused, type Decision } from '../shared/decision.js'

/** Answers 13800001234, 0791-88661234, 0791-88661234-8001 or 4008001234. A line without its area code is refused. */
export function decidePhone(written: string, path: string): Decision<string> {
  const text = written
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]/g, '')
    .replace(/[—–－]/g, '-')
  const digits = text.replace(/[-()]/g, '').replace(/^(?:\+|00)86/, '')
  if (/^1[3-9]\d{9}$/.test(digits)) return decided(digits)
  if (/^(?:400|800)\d{7}$/.test(digits)) return decided(digits)
  const line = /^(?:\+86-?)?\(?(0(?:10|2\d|[3-9]\d{2}))\)?-?([2-9]\d{6,7})(?:(?:-|转|ext\.?)(\d{1,6}))?$/i.exec(text)
  if (line !== null) {
    const extension = line[3] === undefined ? '' : `-${line[3]}`
    return decided(`${line[1] ?? ''}-${line[2] ?? ''}${extension}`)
  }
  const refuse = (message: string) => refused('enterprise.phone', message, path)
  if (/^1\d+$/.test(digits)) {
    return refuse(
      digits.length === 11
        ? `手机号“${text}”的第二位不对，应为3至9；请核对。`
        : `手机号应为11位，“${text}”有${digits.length}位；请核对。`,
    )
  }
  if (/^[2-9]\d{6,7}$/.test(digits)) return refuse(`座机“${text}”缺少区号；请写成“区号-号码”，如0791-86260001。`)
  return refuse(`“${text}”不是电话号码；请填写11位手机号，或带区号的座机，如0791-86260001。`)
}
