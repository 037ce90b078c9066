import { describe, expect, it } from 'vitest'
import { closeWording } from '../../../../bench/src/plan-score/wording.js'
import { planWith } from '../../test/builders.js'

/**
 * Sentences written from the contract, before the rules that they led to. A row is a paragraph and its duties: who | what | how often or
 * how many | by when | narrowed to whom | level; `-` where the paragraph does not say. What is to be done need only be close.
 */
const SENTENCES: readonly (readonly [text: string, ...duties: string[]])[] = [
  // Names that hold a word which ends another
  ['尾矿库所在乡镇每月至少巡查1次坝体。', '尾矿库所在乡镇|巡查坝体|1/month|-|-|government'],
  ['燃气场站所在社区每季度组织1次疏散演练。', '燃气场站所在社区|疏散演练|1/quarter|-|-|government'],
  ['村党组织书记每周带队巡查不少于1次。', '村党组织书记|带队巡查|1/week|-|-|government'],
  ['辖区派出所在6月底前完成1次旅馆清查。', '辖区派出所|旅馆清查|1/campaign|2024-06-30|-|department'],
  ['市场经营主体每月至少自查1次用电线路。', '市场经营主体|自查用电线路|1/month|-|-|enterprise'],
  ['所有客渡船每月至少开展1次弃船演练。', '所有客渡船|弃船演练|1/month|-|-|enterprise'],
  // Who has the hours of a training
  ['新入职驾驶员岗前安全培训不少于12学时。', '新入职驾驶员|岗前安全培训|12学时|-|-|enterprise'],
  [
    '各施工企业6月底前完成自查；进场工人三级安全教育每年不少于20学时。',
    '各施工企业|自查|-|2024-06-30|-|enterprise',
    '进场工人|三级安全教育|1/year 20学时|-|-|enterprise',
  ],
  ['乡镇执法人员每年参加业务培训不少于24学时。', '乡镇执法人员|业务培训|1/year 24学时|-|-|government'],
  // Rhythms without 每
  [
    '县专班办公室实行一周一调度、一月一通报。',
    '县专班办公室|调度|1/week|-|-|government',
    '县专班办公室|通报|1/month|-|-|government',
  ],
  [
    '县应急局每月调度、每季度通报整治进展。',
    '县应急局|调度整治进展|1/month|-|-|department',
    '县应急局|通报整治进展|1/quarter|-|-|department',
  ],
  ['各镇一季度一督查。', '各镇|督查|1/quarter|-|-|government'],
  // What is counted
  ['海事处每月检查客船不少于10艘次。', '海事处|检查客船|1/month 10艘次|-|-|department'],
  ['二次供水单位每季度清洗水箱1次。', '二次供水单位|清洗水箱|1/quarter|-|-|enterprise'],
  ['各镇为每个村民小组明确1名安全员。', '各镇|明确安全员|1名|-|-|government'],
  ['年度总结不少于3000字，突出典型经验。'],
  // The act
  ['加油站站长每周带班检查1次卸油区。', '加油站站长|带班检查|1/week|-|-|enterprise'],
  ['企业负责人每月带队检查2次储罐区和装卸区。', '企业负责人|带队检查|2/month|-|-|enterprise'],
  ['校长每学年为师生讲课，每年为教职工讲1次安全课。', '校长|讲安全课|1/year|-|-|enterprise'],
  ['建设单位每月召集参建各方开展1次联合检查。', '建设单位|联合检查|1/month|-|-|enterprise'],
  ['市住建局每半年开展1次县（市、区）督导。', '市住建局|县（市、区）督导|1/half-year|-|-|department'],
  ['各企业最迟于5月20日制定排查整治方案，明确时限和责任。', '各企业|制定排查整治方案|-|2024-05-20|-|enterprise'],
  ['各社区名单6月10日前交到街道安监站。'],
  // Whom it is narrowed to, and relative clauses
  ['配备叉车的企业每月至少检查1次叉车。', '配备叉车的企业|检查叉车|1/month|-|-|enterprise'],
  ['接收寄宿学生的学校每月至少组织1次夜间疏散演练。', '接收寄宿学生的学校|夜间疏散演练|1/month|-|-|enterprise'],
  ['从事动火作业的单位每季度至少开展1次应急演练。', '从事动火作业的单位|应急演练|1/quarter|-|-|enterprise'],
  // Levels
  ['推进组办公室每周会商1次。', '推进组办公室|会商|1/week|-|-|government'],
  ['医院设备科科长每月检查1次氧气站。', '医院设备科科长|检查氧气站|1/month|-|-|enterprise'],
  ['学校食堂管理员每周清洗1次排烟管道。', '学校食堂管理员|清洗排烟管道|1/week|-|-|enterprise'],
  ['企业主管部门每季度检查1次企业自查情况。', '企业主管部门|检查企业自查情况|1/quarter|-|-|department'],
  ['村网格员每周入户走访不少于10户。', '村网格员|入户走访|1/week 10户|-|-|government'],
  ['供热管理单位9月底前完成管网检修。', '供热管理单位|管网检修|-|2024-09-30|-|enterprise'],
  ['建筑工匠每年至少参加1次安全培训。', '建筑工匠|参加安全培训|1/year|-|-|enterprise'],
  ['未经批准擅自动火的一律停产，各企业6月底前配齐气体检测仪。', '各企业|配齐气体检测仪|-|2024-06-30|-|enterprise'],
  ['加油站应于每月10日前完成一次防雷防静电自查。', '加油站|防雷防静电自查|1/month|-|-|enterprise'],
  [
    '县消防救援大队牵头，每两月对商业综合体联合检查一次。',
    '县消防救援大队|商业综合体联合检查|1/two-months|-|-|department',
  ],
  ['工程监理单位每月下发监理通报不少于1份。', '工程监理单位|下发监理通报|1/month 1份|-|-|enterprise'],
  [
    '各镇要抽调不少于3名骨干力量组成检查组，每月检查企业20家以上。',
    '各镇|抽调骨干力量|3名|-|-|government',
    '各镇|检查企业|1/month 20家|-|-|government',
  ],
  [
    '县商务局主要领导每季度到大型商超督导不少于1次，分管领导每月不少于2次。',
    '县商务局主要领导|到大型商超督导|1/quarter|-|-|department',
    '分管领导|到大型商超督导|2/month|-|-|department',
  ],
  ['责任单位对一般隐患立即整改，对重大隐患7月底前整改到位。', '责任单位|对重大隐患整改|-|2024-07-31|-|department'],
  ['每家规上企业7月底前至少开展1次事故警示教育。', '每家规上企业|事故警示教育|1/campaign|2024-07-31|-|enterprise'],
  ['酒店、宾馆要每季度对厨房排烟管道至少清洗一次。', '酒店、宾馆|厨房排烟管道清洗|1/quarter|-|-|enterprise'],
  ['高层住宅物业企业每半年联合业委会开展1次全面检测。', '高层住宅物业企业|全面检测|1/half-year|-|-|enterprise'],
]

const shown = (paragraph: string): string[] =>
  planWith(paragraph).duties.map(({ actor, action, frequency, quota, deadline, condition, level }) => {
    const often = [
      frequency === null ? null : `${frequency.times}/${frequency.per}`,
      quota === null ? null : `${quota.atLeast}${quota.unit}`,
    ].filter((one) => one !== null)
    return [actor, action, often.join(' ') || null, deadline, condition, level].map((one) => one ?? '-').join('|')
  })

/** The action of what was read becomes that of the row where it is close. */
const likened = (found: readonly string[], rows: readonly string[]): string[] =>
  found.map((one, at) => {
    const [mine, row] = [one.split('|'), (rows[at] ?? '').split('|')]
    return closeWording(mine[1] ?? '', row[1] ?? '') ? mine.with(1, row[1] ?? '').join('|') : one
  })

describe('duties as later hands write them', () => {
  it.each(SENTENCES.map(([text, ...duties]) => ({ text, duties })))('$text', ({ text, duties }) => {
    expect(likened(shown(text), duties)).toEqual(duties)
  })
})
