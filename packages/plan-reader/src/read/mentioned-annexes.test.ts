import { describe, expect, it } from 'vitest'
import { planOf } from '../../test/builders.js'
import { CanonicalText } from '../normalise/canonical-text.js'
import { MENTION_RULES, mentionedAnnexes } from './mentioned-annexes.js'

const mentionsIn = (text: string) => {
  const canonical = CanonicalText.of(text)
  return mentionedAnnexes([canonical.words(0, canonical.text.length)]).map(({ ordinal, title }) => [ordinal, title.own])
}

describe('annexes that only the text names', () => {
  it.each(MENTION_RULES.map(({ example }) => example))('%s is number %i, %s', (text, ordinal, title) =>
    expect(mentionsIn(text)).toEqual([[ordinal, title]]),
  )

  it('those of another document are none', () => expect(mentionsIn('对照省厅通知附件1逐项检查。')).toEqual([]))

  it('are missing where nothing of that number is attached', () => {
    const plan = planOf({ body: '一、报送\n各镇于4月20日前将《自查表》（附件2）报县安委办。' })
    expect(plan.annexes).toMatchObject([{ ordinal: 2, title: '自查表', kind: 'other', attached: false }])
    expect(plan.warnings.map(({ code }) => code)).toEqual(['missing-annex'])
  })
})
