import type { PlanFrequency, PlanPeriod, PlanQuota } from '@bihuan/domain'
import { reader, type Parts, type Rule } from './rule.js'

/** How often: so many of its times in one of the schema's periods. A rhythm that the schema has no word for is `per: null`. */
export interface Rhythm {
  readonly per: PlanPeriod | null
  /** Times that the period alone says: 每半月 is twice a month. */
  readonly times: number
}

const rhythm = (per: PlanPeriod | null, times = 1) => ({ per, times })

/** Spellings of a period. A new one is a new line. */
export const PERIOD_RULES: readonly Rule<Rhythm>[] = [
  { pattern: '(?:每|各)个?(?:周|星期|礼拜)', meaning: () => rhythm('week'), example: ['每周', rhythm('week')] },
  {
    // 每周五 is a day of every week; 每周一 is one only where no verb follows (每周一检查 is once a week).
    pattern: '(?:每|各)个?(?:周|星期|礼拜)(?:[二三四五六日天末](?![次遍轮])|一(?=[前，、之\\d上下早晚]|各|由|组织|对))',
    meaning: () => rhythm('week'),
    example: ['每周五', rhythm('week')],
  },
  {
    pattern: '每(?:周|星期)[一二三四五六日]、周?[一二三四五六日](?:各|分别)?',
    meaning: () => rhythm('week', 2),
    example: ['每周二、周五', rhythm('week', 2)],
  },
  { pattern: '每(?:一|1)(?:周|个?星期)', meaning: () => rhythm('week'), example: ['每1周', rhythm('week')] },
  { pattern: '每半个?月', meaning: () => rhythm('month', 2), example: ['每半月', rhythm('month', 2)] },
  { pattern: '每旬', meaning: () => rhythm('month', 3), example: ['每旬', rhythm('month', 3)] },
  {
    pattern: '每(?:个|一|1|1个|一个)?月(?:度|份)?(?!报表)',
    meaning: () => rhythm('month'),
    example: ['每个月', rhythm('month')],
  },
  {
    pattern: '每(?:隔)?(?:两|二|2|双)个?月|双月',
    meaning: () => rhythm('two-months'),
    example: ['每两个月', rhythm('two-months')],
  },
  { pattern: '每(?:三|3)个?月', meaning: () => rhythm('quarter'), example: ['每3个月', rhythm('quarter')] },
  { pattern: '每(?:个|一|1|1个|一个)?季度?', meaning: () => rhythm('quarter'), example: ['每季度', rhythm('quarter')] },
  {
    pattern: '每(?:个|一)?半年度?|每(?:六|6)个?月|上半年、?和?下半年各',
    meaning: () => rhythm('half-year'),
    example: ['每半年', rhythm('half-year')],
  },
  {
    pattern: '每(?:一|1|个)?年度?|每(?:十二|12)个月',
    meaning: () => rhythm('year'),
    example: ['每年', rhythm('year')],
  },
  {
    pattern:
      '(?:全年|(?<![\\d两二三四五])(?:一年内?|1年内|年内)|年度内)(?=[^，。；]{0,24}(?:次|不少于|至少|[一两二三四五\\d](?:期|场|批|名|家|个|部|篇|起|堂|支)))',
    meaning: () => rhythm('year'),
    example: ['全年', rhythm('year')],
  },
  {
    pattern: '(?<![\\d十])(?:一|1)个?月(?=[^，。；]{0,4}[一二三四两\\d]+次)',
    meaning: () => rhythm('month'),
    example: ['一个月', rhythm('month')],
  },
  {
    pattern: '(?<![第\\d十])一个?季度?(?=[一1两2]次)',
    meaning: () => rhythm('quarter'),
    example: ['一季度', rhythm('quarter')],
  },
  { pattern: '(?<![第\\d十])一周(?=[一1两2]次)', meaning: () => rhythm('week'), example: ['一周', rhythm('week')] },
  {
    pattern: '(?<![每上下])半年(?=(?:至少|不少于)?[一1两2]次)',
    meaning: () => rhythm('half-year'),
    example: ['半年', rhythm('half-year')],
  },
  {
    pattern: '一周(?=一(?!次|报|更|填|表|上))',
    meaning: () => rhythm('week'),
    example: ['一周一会商', rhythm('week')],
  },
  {
    pattern: '(?<![第\\d十])一(?:个)?月(?=一(?!次|报|更|填|表|上))',
    meaning: () => rhythm('month'),
    example: ['一月一通报', rhythm('month')],
  },
  {
    pattern: '(?<![第\\d十])一季度?(?=一(?!次|报|更|填|表|上))',
    meaning: () => rhythm('quarter'),
    example: ['一季一督查', rhythm('quarter')],
  },
  {
    pattern: '一旬(?=一(?!次|报|更|填|表|上))',
    meaning: () => rhythm('month', 3),
    example: ['一旬一研判', rhythm('month', 3)],
  },
  { pattern: '按月(?!份)|逐月|月月', meaning: () => rhythm('month'), example: ['按月', rhythm('month')] },
  { pattern: '按季度?|逐季', meaning: () => rhythm('quarter'), example: ['按季度', rhythm('quarter')] },
  { pattern: '按周|逐周', meaning: () => rhythm('week'), example: ['按周', rhythm('week')] },
  { pattern: '按半年度?', meaning: () => rhythm('half-year'), example: ['按半年', rhythm('half-year')] },
  {
    pattern:
      '(?<=实行|实施|坚持|开展|落实|建立|执行|做到|“|日(?:调度|巡查|排查|碰头|检查|研判|会商|报告)、)周(?=调度|通报|报告|督办|研判|例会|检查|会商|排查)',
    meaning: () => rhythm('week'),
    example: ['周', rhythm('week')],
  },
  {
    pattern:
      '(?<=实行|实施|坚持|开展|落实|建立|执行|做到|“|[日周旬](?:调度|巡查|排查|碰头|检查|研判|会商|督办)、)月(?=调度|通报|报告|督办|研判|例会|检查|会商|排查)',
    meaning: () => rhythm('month'),
    example: ['月', rhythm('month')],
  },
  {
    pattern:
      '(?<=实行|实施|坚持|开展|落实|建立|执行|做到|“|[日周旬月](?:调度|巡查|排查|碰头|检查|研判|会商|督办|通报)、)季度?(?=调度|通报|报告|督办|研判|例会|检查|会商)',
    meaning: () => rhythm('quarter'),
    example: ['季', rhythm('quarter')],
  },
  { pattern: '每(?:两|二|2|双)(?:周|个?星期)|双周', meaning: () => rhythm(null), example: ['双周', rhythm(null)] },
  { pattern: '每个?学[期年]', meaning: () => rhythm(null), example: ['每学期', rhythm(null)] },
  {
    pattern: '每(?:隔)?\\d{1,3}(?:个?工作)?(?:[日天]|小时)|每[一两二三四六八]个?小时',
    meaning: () => rhythm(null),
    example: ['每15天', rhythm(null)],
  },
  {
    pattern: '每年(?:春、?秋|冬、?春|夏、?冬|夏、?秋)两?季各?',
    meaning: () => rhythm('year', 2),
    example: ['每年春秋两季各', rhythm('year', 2)],
  },
  { pattern: '每(?:个?工作)?[日天班晚夜]', meaning: () => rhythm(null), example: ['每日', rhythm(null)] },
  { pattern: '每(?:两|二|三|2|3|五|5)年', meaning: () => rhythm(null), example: ['每三年', rhythm(null)] },
]

export const readPeriods = reader(PERIOD_RULES, /[每各按逐双周月季年]/)

/** How many: times (次) or things (家, 条). */
export type Count = { readonly times: number } | { readonly quota: PlanQuota }

/** 每月5日前, 每季度首月10日前: the day is told with the period. */
export const DAY_OF_PERIOD =
  /^[的逢]?(?:首月|末月|第[一二三]个?月|\d{1,2}月(?=[底前上中下\d份“]))?(?:份)?(?:\d{1,2}[日号](?:、\d{1,2}[日号])*|[上中下]旬|月?[底初末]|(?:最后|第)一?个工作日|最后一?个?[周天日]|第[一二三四]个?周)(?:之?前|以前|内)?|^的?\d{1,2}月份?(?:之?前|以前|内)?/

const LEAST = '(?:至少|不少于|不低于|不得少于|应不少于|最少|不能少于|不得低于)'
/** What is counted in notices, besides times. */
export const COUNTED =
  '家次|户次|车次|艘次|辆次|台次|场次|店次|点次|处次|车辆次|家|条次|条|个|件|起|项|户|处|人次|人|名|篇|期|场次|场|部|份|期次|批|例|座|台|辆|艘|所|支|点位|类|节|堂|封|张|幅|块|套|册|栋|幢|宗|卷|间|趟|只|路|口|株|批次|班次|具|顶|公里|平方米|学时|课时'

const counted = (parts: Parts): Count | null => {
  const n = parts.number('n')
  if (n === null || n === 0) return null
  const unit = parts.text('unit') || '次'
  return /^(?:次|轮|遍|回)$/.test(unit) ? { times: n } : { quota: { atLeast: n, unit } }
}

/** What is numbered and not owed: 三个方面, 五个环节. */
const NO_THING =
  '性|月|年|季|阶段|工作日|小时|星期|学期|方面|环节|层面|维度|层次|统一|必须|到位|结合|坚持|关口|责任|确保'
/** A measure that no list knows, behind 不少于: a character that is none of time, money, share or degree. */
const MEASURE =
  '(?![年月日天周旬季时分秒倍成米元度级类层岁字页吨斤克升万亿余多几小以及、，。；：（）%的])[\\u4e00-\\u9fff]'

/** Spellings of a number of times or things that is owed. A new one is a new line. */
export const COUNT_RULES: readonly Rule<Count>[] = [
  {
    pattern: `${LEAST}(?:要|应)?(?:再)?(?:分别)?(?:各)?{n}(?<unit>次|轮|遍|回)`,
    meaning: counted,
    example: ['不少于2次', { times: 2 }],
  },
  {
    pattern: `${LEAST}(?:要|应)?(?:分别)?(?:各)?(?:[组织开展进召创建打造排查检抽帮扶指导培育选树明确上报公布曝光查处发现联系提供]{0,6}){n}(?<unit>${COUNTED})(?!${NO_THING})`,
    meaning: counted,
    example: ['至少创建1个', { quota: { atLeast: 1, unit: '个' } }],
  },
  {
    pattern: `(?:明确|确定|指定|创建|打造|培育|选树|树立|建成|选取|确立|推选|配备|新建|改造|包联|包保|包抓|挂钩|结对|联系|抽调|选派|安排|增设|增配|聘用|委派|落实|设立|设置)(?<n>[1-9]\\d*|[一两二三四五六七八九十]+)(?:{-}(?:[1-9]\\d*|[两二三四五六七八九十]+))?(?<unit>家|个|处|户|所|名|位)(?!性)`,
    meaning: counted,
    example: ['明确1家', { quota: { atLeast: 1, unit: '家' } }],
  },
  {
    pattern: `(?:发布|曝光|公布|形成|检查|抽查|走访|举办|开展|组织|上报|召开|播放|播出|播发|印发|编印|刊发|推送|推出|查处|排查|帮扶|拍摄|制作|推荐|评选|评出|遴选|选派|培养|聘请|组建|建立|关闭|关停|淘汰|拆除|表彰)(?<n>[1-9]\\d*|[两二三四五六七八九十]+|一(?=场|堂|期|名))(?:{-}(?:[1-9]\\d*|[两二三四五六七八九十]+))?(?<unit>家次|家|期|批|篇|场次|场|起|例|户|名|支|部|堂|份|块|套)(?!性|企业类|门)`,
    meaning: counted,
    example: ['发布1期', { quota: { atLeast: 1, unit: '期' } }],
  },
  {
    pattern: `(?<![第又再多每首这逐初下上本此])(?!二次(?:供水|加压|污染|装修|装饰|事故|灾害|伤害|爆炸|坍塌|搬运|利用|系统|线路|回路|网))(?<n>[1-9]\\d*|[一二三四五六七八九十两]+)(?:次|遍)(?!性|数|级|序|元|设计|死亡|伤亡|[^，。；]{1,10}[均都])`,
    meaning: (parts) => {
      const n = parts.number('n')
      return n === null ? null : { times: n }
    },
    example: ['开展1次', { times: 1 }],
  },
  {
    pattern:
      '(?<![第又再多每首这逐初下上本此新前各近])(?<n>[1-9]\\d*|[一二三四五六七八九十两]+)轮(?!又|次|换|训|流|岗|车|胎|渡)',
    meaning: (parts) => {
      const n = parts.number('n')
      return n === null ? null : { times: n }
    },
    example: ['开展一轮检查', { times: 1 }],
  },
  {
    pattern: `${LEAST}[\\u4e00-\\u9fff]{1,6}?(?<n>[1-9]\\d*|[一两二三四五六七八九十]+)(?<unit>${COUNTED})(?!${NO_THING})`,
    meaning: counted,
    example: ['至少淘汰1家', { quota: { atLeast: 1, unit: '家' } }],
  },
  {
    pattern: `(?<![生现续计过满达罚第在\\d])(?<n>[1-9]\\d*|[一两二三四五六七八九十]+)(?<unit>家次|户次|家|条次|条|个|件|起|户|处|篇|期|场|部|份|例|张|块|堂|名|台|座|套|辆|艘|支|项|批)(?:及以上|以上)(?!的|[^，。；]{0,6}(?:事故|火灾|伤亡))`,
    meaning: counted,
    example: ['打造3个以上', { quota: { atLeast: 3, unit: '个' } }],
  },
  {
    pattern: '(?<n>[1-9]\\d*|[一两二三四五六七八九十]){-}(?:[1-9]\\d*|[两二三四五六七八九十])次',
    meaning: counted,
    example: ['1至2次', { times: 1 }],
  },
  {
    // 上报典型案例1个: the number behind what is owed, at the end.
    pattern: `(?<=(?:上报|推送|发现|查处|公布|曝光|培育|创建|打造|选树|提供|制作|拍摄|编印|发放|张贴|配备|设置|组建|建成|改造|安装|更新|检查|抽查|走访|帮扶|联系|指导|举办|推荐|评选|遴选|培训|淘汰|退出|关闭|关停|拆除|办结|新建|建设|储备|征集|表彰|聘请|招募)[\\u4e00-\\u9fff“”]{2,14}?)(?<n>[1-9]\\d*|[一两二三四五六七八九十]+)(?<unit>家次|家|个|处|所|名|条|起|份|篇|期|例|支|部|场|块|幅|套|座|辆|台)(?=$|[，。；、])`,
    meaning: counted,
    example: ['上报典型案例1个', { quota: { atLeast: 1, unit: '个' } }],
  },
  {
    pattern: `${LEAST}{n}(?<unit>${MEASURE})(?!${NO_THING})`,
    meaning: counted,
    example: ['不少于200把', { quota: { atLeast: 200, unit: '把' } }],
  },
  {
    // 配备灭火器10具、水泵1台: a further thing of the same verb.
    pattern:
      '(?<=\\d(?:具|台|个|块|套|把|条|名|支|份|部|辆|座|处|家|张)、[\\u4e00-\\u9fff]{2,8}?)(?<n>[1-9]\\d*|[一两二三四五六七八九十])(?<unit>具|台|个|块|套|把|条|名|支|份|部|辆|座|处|家|张)(?=$|[，。；、])',
    meaning: counted,
    example: ['10具、水泵1台', { quota: { atLeast: 1, unit: '台' } }],
  },
  {
    pattern: '(?:[上讲授]|开设|宣讲)(?<n>[1-9]\\d*|[一两二三四五六七八九十])(?<unit>堂|节)',
    meaning: counted,
    example: ['上1堂', { quota: { atLeast: 1, unit: '堂' } }],
  },
]

export const readCounts = reader(
  COUNT_RULES,
  /次|[轮遍回堂节]|至少|少于|低于|最少|以上|[家个处所位期批篇场起例户名支部份块套条幅座辆台]/,
)

/** The frequency that a rhythm and a number of times make. */
export function frequencyOf(period: Rhythm | null, times: number | null): PlanFrequency | null {
  if (period === null) return times === null ? null : { times, per: 'campaign' }
  if (period.per === null) return null
  return { times: (times ?? 1) * period.times, per: period.per }
}
