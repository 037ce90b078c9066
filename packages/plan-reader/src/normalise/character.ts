import { simplified } from './traditional.js'

/**
 * Marks that people use for one another, brought to one of them. Chinese marks win, since the rules are written with them; the
 * dash of every length is `-`. Full stops stay what they are: `1.` numbers a heading, `。` ends a sentence.
 */
const MARKS: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
  '<': '〈',
  '>': '〉',
  '[': '〔',
  ']': '〕',
  '{': '〔',
  '}': '〕',
  '【': '〔',
  '】': '〕',
  '［': '〔',
  '］': '〕',
  '「': '“',
  '」': '”',
  '『': '“',
  '』': '”',
  '〝': '“',
  '〞': '”',
  '″': '”',
  '‘': '“',
  '’': '”',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '─': '-',
  '━': '-',
  '－': '-',
  '~': '-',
  '～': '-',
  '∼': '-',
  '〜': '-',
  '○': '〇',
  '◯': '〇',
  '￮': '〇',
  '·': '、',
  '､': '、',
  '﹑': '、',
  '．': '.',
  '﹒': '.',
  '。': '。',
  '｡': '。',
  '╱': '/',
}

/** What compatibility forms would lose: ① and Ⅱ number headings, ² belongs to m². */
const KEPT = /[\u2460-\u24FF\u2776-\u2793\u2160-\u217F\u00B2\u00B3\u00B9\u3220-\u3229\u3280-\u3289]/

const known = new Map<string, string>()

/** The one character that stands for this one in the rules, always as long as it. */
export function canonicalCharacter(character: string): string {
  const before = known.get(character)
  if (before !== undefined) return before
  const canonical = readCharacter(character)
  known.set(character, canonical)
  return canonical
}

function readCharacter(character: string): string {
  const marked = MARKS[character]
  if (marked !== undefined) return marked
  if (KEPT.test(character)) return character
  const compatible = character.normalize('NFKC')
  const single = compatible.length === 1 ? compatible : character
  return MARKS[single] ?? simplified.get(single) ?? single
}
