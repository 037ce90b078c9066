/** A street orders a campaign, and says in the body and in the annex two different days for its table. */
import { wordNotice } from './word-notice.js'

export const streetsTable = '柳荫街道重大事故隐患排查整治进展情况调度表'

export interface StreetsWords {
  /** Sentences at the end of 工作要求. */
  readonly more?: readonly string[]
  /** By when the second phase is over. */
  readonly until?: string
  /** Rows of the table behind its general part: the group, then number, label and an empty cell. */
  readonly rows?: readonly (readonly string[])[]
}

export const streetsNotice = ({ more = [], until = '11月30日', rows = [] }: StreetsWords = {}): Buffer =>
  wordNotice([
    '柳街办发〔2023〕12号',
    '柳荫街道办事处',
    '关于印发《柳荫街道重大事故隐患排查整治行动方案》的通知',
    '各社区居委会：',
    '现将《柳荫街道重大事故隐患排查整治行动方案》印发给你们，请认真组织实施。',
    '柳荫街道办事处',
    '2023年5月22日',
    '柳荫街道重大事故隐患排查整治行动方案',
    '为切实消除重大事故隐患，街道决定自2023年5月22日至2023年12月31日在全街道开展重大事故隐患排查整治行动（以下简称专项行动），特制定本方案。',
    '一、工作安排',
    '（一）动员部署阶段（2023年5月22日至5月31日）。各社区居委会召开动员会。',
    `（二）排查整治阶段（2023年6月1日至${until}）。各社区居委会每月至少开展1次排查。`,
    '（三）总结提升阶段（2023年12月1日至12月31日）。总结经验。',
    '二、工作要求',
    `（一）加强信息报送。各社区居委会自6月份开始，每月28日前将《${streetsTable}》（附件1）报送至街道办事处安全办公室，没有相关情况的也要零报送。`,
    ...more,
    '附件：1.柳荫街道重大事故隐患排查整治进展情况调度表',
    '附件1',
    streetsTable,
    '单位名称：            时间：2023年  月  日',
    [
      [
        '总体情况',
        '1',
        '企业自查发现的重大事故隐患（个）',
        '',
        '2',
        '企业自查发现重大事故隐患中已完成整改的（个）',
        '',
      ],
      ['', '3', '部门检查发现的重大事故隐患（个）', '', '4', '部门检查发现重大事故隐患中已完成整改的（个）', ''],
      ...rows,
    ],
    '注：1.本表自6月份开始上报，每月1日前上报截至上月末的累计情况。',
    '填报人：            联系电话：',
  ])
