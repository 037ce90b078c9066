import type { CivilDate } from '@bihuan/domain'
import { datesOf, readTimes, type Issue } from '../lexicon/date.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { clausesOf, sentencesOf } from '../outline/sentence.js'

export interface SaidDate {
  readonly date: CivilDate
  readonly words: Words
}

/** By when the text asks for something, whether or not a duty or a report was read from it. */
export function saidDates(paragraphs: readonly Paragraph[], issue: Issue): SaidDate[] {
  return paragraphs.flatMap(({ words: paragraph }) =>
    sentencesOf(paragraph)
      .flatMap(clausesOf)
      .flatMap((words) =>
        readTimes(words.text).flatMap(({ meaning, start, end }, _, times): SaidDate[] => {
          // 12月20日前、3月25日前: days in their order, of which the last may be of the next year.
          if (times.length > 1 && meaning.from.year === null) return []
          if (meaning.bound !== 'by' || meaning.isRange || meaning.from.grain === 'issue') return []
          const [before, after] = [words.text.slice(0, start), words.text.slice(end)]
          if (isPast(after) || !/^[^的自对]{0,24}$/.test(before) || /截[至止]$/.test(before)) return []
          const { to } = datesOf(meaning, issue)
          const isNextYear = meaning.from.year === null && isLongBefore(to, issue)
          return to === null || isNextYear ? [] : [{ date: to, words }]
        }),
      ),
  )
}

/** 2月底前 in a notice of November: of the year that comes. */
const isLongBefore = (date: CivilDate | null, { issuedOn }: Issue) =>
  date !== null && issuedOn !== null && Number(issuedOn.slice(5, 7)) - Number(date.slice(5, 7)) > 6

/** Whether the words name by when something was there, not by when it is to be done. */
export const isOfPast = (text: string) =>
  readTimes(text).some(({ end, meaning }) => meaning.bound === 'by' && isPast(text.slice(end)))

/** 2012年12月底前建成的…: a quality of things that are there. */
const isPast = (after: string) =>
  /^(?:已|曾|仍|(?:建成|竣工|投产|投用|投入使用|取得|成立|设立|登记|注册|出厂|发生|发现|排查出|形成|存在|印发|出台|购买|安装|未完成|未整改)[^，]{0,8}的)/.test(
    after,
  )
