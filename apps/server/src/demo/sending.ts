/** To whom the example district sends its campaign, and who has read it: at the start the towns and areas, now those below. */
import type { ReceiverRule } from '@bihuan/domain'

export const firstReceivers: ReceiverRule = { kinds: ['street', 'township', 'functional-area'], unitIds: [] }

/** The scenic area has to be reminded. */
export const confirmedAtOnce: readonly string[] = ['jiedao', 'xiang', 'yuanqu']

export const laterReceivers: ReceiverRule = {
  kinds: ['community', 'village', 'enterprise'],
  enterprises: 'high-risk',
  unitIds: [],
}

/** Of the people of communities and villages every one but the first of each and one in three: theirs is what a visitor sees waiting. */
export function confirmedLate(logIns: readonly string[]): readonly string[] {
  return logIns.filter((one) => /^(?:shequ|cun)\d+$/.test(one) && !/[1358]$/.test(one))
}
