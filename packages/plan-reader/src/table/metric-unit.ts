import type { Words } from '../normalise/canonical-text.js'

/** What figures are counted in. A new one is a new word. */
const UNITS = [
  ...['家', '个', '人', '场', '车', '栋', '艘', '台', '辆', '户', '班', '批', '架', '件', '点', '项', '套'].map(
    (one) => `${one}次`,
  ),
  ...[
    '次数',
    '人次数',
    '人数',
    '户数',
    '亿元',
    '万元',
    '千元',
    '元',
    '万人',
    '万户',
    '万次',
    '人天',
    '人日',
    '人时',
    '点位',
    '学时',
    '课时',
  ],
  ...[
    '小时',
    '分钟',
    '秒',
    '天',
    '日',
    '周',
    '月',
    '年',
    '个月',
    '平方米',
    '平方公里',
    '立方米',
    '公顷',
    '亩',
    '公里',
    '海里',
    '千米',
    '米',
    '厘米',
    '毫米',
  ],
  ...['吨', '万吨', '千克', '公斤', '升', '千瓦', '兆瓦', '度', '分', '%', '‰', '百分比', '是/否', '是否', '有/无'],
  ...'家个次人名起件条项处户部份场期栋幢座辆艘台套所篇批例块支只张组类卷间口眼盏头樘道门具根株面幅趟架位册宗单片段井孔罐瓶桶箱包袋层级轮遍版集封首艇列节匹棵颗堵'.split(
    '',
  ),
]
const UNIT = `(?:${UNITS.sort((one, other) => other.length - one.length).join('|')})`
const SEVERAL = `${UNIT}(?:[，、/和；]${UNIT})*`

/** 作业仓房（仓）: one character at the end of a label is what is counted, known or not. */
const ONE = '[^（）\\d一二三四五六七八九十省市州县区旗镇乡村含等略新旧大小甲乙丙丁]'

/** A unit in brackets behind a label: （个）, （次，万元）, （单位：万元）. */
export const UNIT_BRACKET = new RegExp(
  `（(?:计量)?(?:单位[：])?(${SEVERAL}|${ONE}次?(?=）$)|${ONE}次(?=），?其中))）`,
  'g',
)

const ALONE = new RegExp(`^${SEVERAL}$`)
const ANYWHERE = new RegExp(UNIT_BRACKET.source)

export const isUnit = (words: Words) => ALONE.test(words.text)
export const hasUnit = (words: Words) => ANYWHERE.test(words.text)
