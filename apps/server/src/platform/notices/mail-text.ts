/** What stands in a mail: plain text, and the same as simple HTML. Whatever came from a person or a form is text in both. */

export interface MailText {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailLine {
  readonly text: string
  /** Within the product: `/returns/…`. */
  readonly link: string
}

/** Subjects longer than this are cut by what shows them. */
const SUBJECT_LENGTH = 60

/** `publicUrl` null: the product does not know under which address its people open it, and the mail has no link. */
export function reminderMail(name: string, lines: readonly MailLine[], publicUrl: string | null): MailText {
  const [first] = lines
  const subject =
    lines.length === 1 && first !== undefined ? `【闭环】${oneLine(first.text)}` : `【闭环】${lines.length}条提醒`
  const addressOf = (link: string) => (publicUrl === null ? null : `${publicUrl}${link}`)
  const foot = [
    publicUrl === null ? '请登录系统办理。' : `办理请登录：${publicUrl}`,
    '这封邮件由系统自动发出，请勿回复。不想再收，请在“我的账户”的“邮件提醒”里关闭。',
  ]
  return {
    subject: cut(subject, SUBJECT_LENGTH),
    text: [
      `${oneLine(name)}：`,
      '',
      ...lines.flatMap(({ text, link }) => {
        const address = addressOf(link)
        return [`· ${oneLine(text)}`, ...(address === null ? [] : [`  ${address}`])]
      }),
      '',
      ...foot,
      '',
    ].join('\n'),
    html: page([
      `<p>${escaped(name)}：</p>`,
      '<ul>',
      ...lines.map(({ text, link }) => {
        const address = addressOf(link)
        return `<li>${address === null ? escaped(text) : `<a href="${escaped(address)}">${escaped(text)}</a>`}</li>`
      }),
      '</ul>',
      ...foot.map((line) => `<p style="color:#666">${escaped(line)}</p>`),
    ]),
  }
}

/** The code that proves that its asker reads this address. */
export function confirmationMail(name: string, code: string, minutes: number): MailText {
  const said = `您的邮箱确认码是 ${code}，${minutes}分钟内有效。请在“我的账户”的“邮件提醒”里填写。`
  const otherwise = '如果不是您本人在设置，请不要理会这封邮件，也不要把确认码告诉别人。'
  return {
    subject: `【闭环】邮箱确认码 ${code}`,
    text: [`${oneLine(name)}：`, '', said, otherwise, ''].join('\n'),
    html: page([
      `<p>${escaped(name)}：</p>`,
      `<p>${escaped(said)}</p>`,
      `<p style="color:#666">${escaped(otherwise)}</p>`,
    ]),
  }
}

function page(lines: readonly string[]): string {
  return `<!doctype html><html lang="zh-CN"><body style="font:14px/1.7 sans-serif">${lines.join('\n')}</body></html>`
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)
}

/** A line break in a header would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

function cut(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
