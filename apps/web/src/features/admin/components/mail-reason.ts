/** What a code of the mail server or the network means to whoever has to mend it. */
const meanings: Readonly<Record<string, string>> = {
  'smtp-535': '用户名或口令不对',
  'smtp-530': '邮件服务器要求登录',
  'smtp-550': '没有这个邮箱，或对方拒收',
  'smtp-552': '对方邮箱已满',
  'smtp-553': '邮件服务器不许用这个发件地址',
  'smtp-554': '被当作垃圾邮件拒收',
  'smtp-421': '邮件服务器暂停服务',
  'smtp-450': '对方暂时不收',
  'smtp-451': '对方暂时不收',
  EAUTH: '邮件服务器不接受这种登录',
  ECONNECTION: '连不上邮件服务器',
  ESOCKET: '连不上邮件服务器，或证书不受信任',
  ETIMEDOUT: '邮件服务器没有回答',
  EDNS: '找不到邮件服务器的地址',
  ETLS: '不能建立加密连接',
  'not-wanted': '本人已关闭这类提醒',
}

export function mailReason(code: string): string {
  const meaning = meanings[code] ?? (/^smtp-5/.test(code) ? '对方拒收' : /^smtp-4/.test(code) ? '对方暂时不收' : null)
  return meaning === null ? code : `${meaning}（${code}）`
}
