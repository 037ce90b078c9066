import { actVerb } from '../lexicon/verb.js'
import { join, saysAct, slice, type Wording } from './duty-action.js'
import { isNamedRhythm, quotaOf, whomOf } from './duty-words.js'
import type { Owed } from './owed.js'

/** A debt of a clause with what is to be done. */
export interface Piece {
  readonly owed: Owed
  act: Wording
}

/** 每月抽查水库不少于3座、电站不少于1座: the second number is owed by the verb of the first. */
export function withVerbOfBefore(pieces: readonly Piece[]): void {
  pieces.forEach((piece, at) => {
    const before = pieces[at - 1]
    if (before === undefined || quotaOf(piece.owed.count) === null || piece.owed.period !== before.owed.period) return
    const verb = actVerb.exec(before.act.text)
    if (piece.act.text === '' || saysAct(piece.act.text) || verb?.index !== 0) return
    piece.act = join(slice(before.act, 0, verb[0].length), piece.act)
  })
}

/** 对景区每季度、对饭店每半年各检查1次: what is done stands once, behind the last of those to whom it is done. */
export function withVerbOfNext(pieces: readonly Piece[]): void {
  const last = pieces.at(-1)
  const whom = last === undefined ? null : whomOf(last.owed.words)
  if (last === undefined || whom === null || !last.act.text.startsWith(whom.text)) return
  const verb = slice(last.act, whom.length)
  for (const piece of pieces.slice(0, -1)) {
    const other = whomOf(piece.owed.words)
    if (other === null || saysAct(other.text) || !piece.act.text.endsWith(other.text)) continue
    piece.act = join(other, verb)
  }
}

/** 每月调度、每季度通报进展情况: what is watched is what is told. */
export function withObjectOfNext(pieces: readonly Piece[]): void {
  pieces.forEach((piece, at) => {
    const next = pieces[at + 1]
    if (next === undefined || !/^(?:调度|分析|研判|统计|梳理|督查)$/.test(piece.act.text)) return
    const verb = /^(?:通报|分析|研判|公布|总结|评估)(?=.{3})/.exec(next.act.text)
    if (verb === null || next.owed.period === null || next.owed.period === piece.owed.period) return
    piece.act = join(piece.act, slice(next.act, verb[0].length))
  })
}

/** 对重大隐患实行周调度、月通报: both are of the same. */
export function withTopicOfBefore(pieces: readonly Piece[]): void {
  pieces.forEach((piece, at) => {
    const before = pieces[at - 1]
    if (before === undefined || !isNamedRhythm(piece.owed.period?.text ?? '')) return
    const named = /[周月季]?(?:调度|通报|报告|督办|研判|例会|检查|会商|排查)$/.exec(before.act.text)
    if (named !== null && named.index > 0) piece.act = join(slice(before.act, 0, named.index), piece.act)
  })
}
