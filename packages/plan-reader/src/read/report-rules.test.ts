import { expect, it } from 'vitest'
import { CanonicalText } from '../normalise/canonical-text.js'
import { ANTECEDENT_RULES, antecedentIn } from './report-antecedent.js'
import { NOUN_RULES, sendIn } from './report-clause.js'
import { isRemark, REMARK_RULES } from './report-remark.js'
import { WHOLE_RULES } from './report-sections.js'
import { SENDER_RULES } from './report-sender.js'

const wordsOf = (text: string) => {
  const canonical = CanonicalText.of(text)
  return canonical.words(0, canonical.text.length)
}

it.each(SENDER_RULES.map(({ pattern, example: [text, sender] }) => [text, sender, pattern] as const))(
  '%s is sent by %s',
  (text, sender, pattern) => expect(pattern.exec(text)?.groups?.who).toBe(sender),
)

it.each(ANTECEDENT_RULES.map(({ example }) => example))('%s leaves %s to be sent', (text, what) =>
  expect(antecedentIn(wordsOf(text))?.own).toBe(what),
)

it.each(REMARK_RULES.map(({ example }) => example))('%s says more of what was told', (example) =>
  expect(isRemark(wordsOf(example).text)).toBe(true),
)

it.each(NOUN_RULES.map(({ example }) => example))('in %s nobody sends', (example) =>
  expect(sendIn(wordsOf(example).text)).toBeNull(),
)

it.each(WHOLE_RULES.map(({ example, pattern }) => [example, pattern] as const))(
  '%s is all of a form',
  (example, pattern) => expect(pattern.exec(example)?.groups?.who).toBe('各镇'),
)
