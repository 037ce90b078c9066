/** What is shown of personal data to those who need not see it, and all that ever stands in a log. */

/** 138****1234; of a line with area code 0791-****4321; of anything else only the last three characters. */
export function maskPhone(phone: string): string {
  const text = phone.normalize('NFKC').trim()
  const mobile = /^(?:\+?86[- ]?)?(1[3-9]\d)\d{4}(\d{4})$/.exec(text.replace(/[ -]/g, ''))
  if (mobile !== null) return `${mobile[1] ?? ''}****${mobile[2] ?? ''}`
  const line = /^\(?(0\d{2,3})\)?[- ]?\d{3,4}(\d{4})(?:[-转]\d+)?$/.exec(text)
  if (line !== null) return `${line[1] ?? ''}-****${line[2] ?? ''}`
  return text.length > 5 ? `****${text.slice(-3)}` : '****'
}

/** The first six and the last four of an identity card. */
export function maskIdCard(number: string): string {
  const text = number.normalize('NFKC').trim()
  if (text.length < 15) return '*'.repeat(Math.max(text.length, 4))
  return `${text.slice(0, 6)}${'*'.repeat(text.length - 10)}${text.slice(-4)}`
}

/** 张*: the length of a name is personal too. */
export function maskPersonName(name: string): string {
  const [first] = name.trim()
  return first === undefined ? '' : `${first}*`
}

export function maskMail(mail: string): string {
  const [first] = mail.trim()
  const domain = mail.slice(mail.lastIndexOf('@'))
  return first === undefined || !mail.includes('@') ? '****' : `${first}****${domain}`
}

/** Telephones, identity cards and mail addresses inside a text that somebody wrote. Names cannot be found this way. */
export function maskPersonalData(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, maskMail)
    .replace(/(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])/g, maskIdCard)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone)
    .replace(/(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/g, maskPhone)
}
