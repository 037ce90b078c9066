import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confirmationMail, reminderMail } from './mail-text.js'

describe('a reminder by mail', () => {
  const line = { text: '进展情况调度表（柳荫街道，2023年6月） 今天到期，请签名上报。', link: '/returns/1' }

  it('says it in the subject, with the link and how to have no more of them', () => {
    const mail = reminderMail('林某', [line], 'https://bihuan.example.cn')
    expect(mail.subject).toBe(`【闭环】${line.text}`)
    expect(mail.text).toContain(`· ${line.text}\n  https://bihuan.example.cn/returns/1`)
    expect(mail.html).toContain(`<a href="https://bihuan.example.cn/returns/1">${line.text}</a>`)
    expect(mail.text).toContain('邮件提醒')
  })

  it('of several things counts them in the subject and lists each', () => {
    const mail = reminderMail('林某', [line, { ...line, text: '第二条' }], null)
    expect(mail.subject).toBe('【闭环】2条提醒')
    expect(mail.text.split('\n').filter((one) => one.startsWith('· '))).toHaveLength(2)
    expect(mail.text).not.toContain('http')
    expect(mail.html).not.toContain('href')
  })

  it('holds whatever a person wrote as text: no header, no tag', () => {
    const hostile = fc.array(
      fc.constantFrom('\r', '\n', '\u2028', '\u0000', 'Bcc: a@b.cn', '<script>', '"', "'", '&', '>', '安办', ' '),
    )
    fc.assert(
      fc.property(hostile, hostile, (name, text) => {
        const mail = reminderMail(name.join(''), [{ text: text.join(''), link: '/returns/1' }], 'https://b.example.cn')
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        expect(mail.text).not.toMatch(/[\r\u0000\u2028]/)
        const inside = mail.html.replace(/<\/?(?:html|body|p|ul|li|a|!doctype)(?: [^<>]*)?>/g, '')
        expect(inside).not.toMatch(/[<>]/)
      }),
    )
  })
})

it('the confirmation of an address holds the code and for how long it is good', () => {
  const mail = confirmationMail('林某', '123456', 30)
  expect(mail.text).toContain('123456')
  expect(mail.text).toContain('30分钟')
})
