import { DAY_OF_PERIOD, readPeriods, type Rhythm } from '../lexicon/frequency.js'
import type { TimeSpan } from '../lexicon/date.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'
import { saysAct, type Wording } from './duty-action.js'
import type { Owed } from './owed.js'

/** 化工、冶金行业各不少于1家: how many of what was told before. */
export const isOfEach = ({ words, clause, count }: Owed, act: Wording): boolean =>
  count !== null &&
  !saysAct(act.text) &&
  (/^(?:至少|不少于)各/.test(count.text) ||
    words.text.slice(0, count.start - words.start + clause.words.start).endsWith('各'))

/** 每年3月底前: a day of each year is no deadline. */
export const isDayOf = ({ end }: Found<Rhythm>, { start }: Found<TimeSpan>, plain: string) =>
  start >= end && start < end + (DAY_OF_PERIOD.exec(plain.slice(end))?.[0].length ?? 0)

/** 对存在隐患的企业: of those. */
export const withoutLead = (words: Words) => words.slice(/^(?:针对|对|凡是?)?/.exec(words.text)?.[0].length ?? 0)

export const NAMED_BY_RHYTHM = /^(?:调度|通报|报告|督办|研判|例会|检查|会商|排查)/
/** 形成评估报告: a report that is written, not sent. */
export const WRITES = /^[^报]*(?:形成|出具|编制|完成|撰写|起草|听取|审议)[^报]{0,16}报告$/
export const NO_ACT =
  /延期|顺延|^交(?:到|至|给|送)|》(?:实行)?更新$|(?:基础上|前提下|过程中|的同时)$|^定期|^汇总$|(?:报告|报送)制度$|%|不少于[\d一二三四五六七八九十]|^为[^，]{2,10}(?:阶段|期)$/
/** Clauses that tell what for, and no further act. */
export const NO_FURTHER_ACT =
  /^[^，]{2,16}的(?:立即|一律|要|应|依法|及时|坚决|不得|责令|停|由)|^(?:确保|切实|做到|实现|推动|努力|不断|有效|坚决|着力|为|从而|以)/

/** 发现违规的，一次警告、两次停业: a number that says what becomes of those of whom the clause before speaks. */
export const isFate = ({ words, namesActor }: Clause, before: Clause | null, { text }: Found<unknown>) =>
  before?.words.text.endsWith('的') === true &&
  !namesActor &&
  !/^(?:至少|不少于)/.test(text) &&
  readPeriods(words.text).length === 0
