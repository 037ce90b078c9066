import type { PackagePush } from '@bihuan/contracts'
import type { Tone } from '../../../shared/theme/colours.js'

export const pushStates: Readonly<Record<PackagePush['state'], { readonly label: string; readonly tone: Tone }>> = {
  queued: { label: '等待送达', tone: 'yellow' },
  delivered: { label: '对方已收下', tone: 'green' },
  refused: { label: '对方拒收', tone: 'red' },
  'given-up': { label: '一周没有送到，不再发', tone: 'orange' },
  superseded: { label: '已有新的上报', tone: 'grey' },
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方的系统没有开着',
  ECONNRESET: '连接中断',
  ENOTFOUND: '找不到对方的地址',
  EAI_AGAIN: '域名暂时解析不了',
  ETIMEDOUT: '对方没有回答',
  'address-not-allowed': '对方的地址是内网地址，没有获准发往那里',
  'not-https': '对方的地址不是 https',
  'no-receipt': '对方的回答不是回执，请核对地址',
  'session.not-logged-in': '对方不认这个凭据，可能过期或作废了；请对方重新给一个，在“系统外接收方”里换上',
  'request.not-allowed': '对方给的凭据没有“接收报表”的权限，请对方重新给一个',
  'receiver-stopped': '这个接收方已停用',
  'answer-too-large': '对方的回答太长，请核对地址',
}

/** Why it is not there: their own sentence before a code of ours, but for what they say to whoever stands at their own door. */
export function pushReason({ sentence, reason }: Pick<PackagePush, 'sentence' | 'reason'>): string | null {
  if (reason !== null && /^(session|request)\./.test(reason) && reasons[reason] !== undefined) return reasons[reason]
  if (sentence !== null && reason === 'not-packed') return sentence
  if (sentence !== null) return `对方答复：${sentence}`
  if (reason === null) return null
  const meaning =
    reasons[reason] ??
    (/CERT|SIGNED|TLS|ALTNAME/.test(reason) ? '对方的证书不受信任' : /^http-/.test(reason) ? '对方没有说明原因' : null)
  return meaning === null ? reason : `${meaning}（${reason}）`
}
