import type { HazardRow } from '@bihuan/contracts'
import type { Choice, Condition } from '../../../shared/list/conditions.js'
import type { Column } from '../../../shared/list/columns.js'
import { DueText } from '../../../shared/show/due.js'
import { GradeTag } from '../../../shared/show/mark.js'
import { DateText } from '../../../shared/show/texts.js'
import { findAuthority, findEnterprises, nameOfEnterprise, nameOfUnit } from './pickers.js'
import { gradeChoices, HazardState, isUnfinished, sourceChoices, sourceText, stateChoices } from './words.js'

const axes: readonly Choice[] = [
  { value: 'territory', label: '属地管辖（块）' },
  { value: 'line', label: '行业监管（条）' },
  { value: 'party', label: '与本单位有关' },
]

const unfinished = {
  values: stateChoices.map(({ value }) => value).filter((state) => isUnfinished(state)),
  label: '未销号',
}

export const conditionsWith = (sectors: readonly Choice[]): readonly Condition[] => [
  { kind: 'many', key: 'state', label: '状态', choices: stateChoices, called: [unfinished] },
  { kind: 'many', key: 'grade', label: '等级', choices: gradeChoices },
  { kind: 'flag', key: 'overdue', label: '超期' },
  { kind: 'many', key: 'sector', label: '行业', choices: sectors },
  { kind: 'pick', key: 'unit', label: '单位', find: findAuthority, nameOf: nameOfUnit },
  { kind: 'pick', key: 'subject', label: '企业', find: findEnterprises, nameOf: nameOfEnterprise },
  { kind: 'many', key: 'source', label: '来源', choices: sourceChoices },
  { kind: 'dates', key: 'found', label: '检查日期' },
  { kind: 'dates', key: 'deadline', label: '整改时限' },
  { kind: 'flag', key: 'listed', label: '挂牌督办' },
  { kind: 'one', key: 'axis', label: '范围', choices: axes },
]

export const columnsOn = (today: string): readonly Column<HazardRow>[] => [
  {
    key: 'code',
    title: '编号',
    width: 100,
    render: (row) => <span className="hz-code">{row.code}</span>,
  },
  {
    key: 'what',
    title: '隐患',
    always: true,
    card: 'title',
    render: (row) => (
      <span title={row.description}>
        {row.listed && <span className="hz-listed">挂牌</span>}
        {row.description || <span className="quiet">（还没有写描述）</span>}
      </span>
    ),
  },
  {
    key: 'subject',
    title: '企业或场所',
    width: 168,
    render: (row) => <span title={row.subjectName}>{row.subjectName || '—'}</span>,
  },
  { key: 'grade', title: '等级', width: 70, card: 'fact', render: (row) => <GradeTag grade={row.grade} /> },
  { key: 'state', title: '状态', width: 88, render: (row) => <HazardState state={row.state} /> },
  {
    key: 'deadline',
    title: '整改时限',
    width: 176,
    sort: 'deadline',
    card: 'fact',
    render: (row) => <Deadline row={row} today={today} />,
  },
  { key: 'territory', title: '属地', width: 88, render: (row) => row.territoryName ?? '—' },
  { key: 'authority', title: '监管单位', width: 92, render: (row) => row.authorityName ?? '—' },
  {
    key: 'found',
    title: '检查日期',
    width: 98,
    sort: 'found',
    render: (row) => <DateText date={row.foundOn} />,
  },
  { key: 'sector', title: '行业', width: 96, spare: true, render: (row) => row.sector || '—' },
  { key: 'source', title: '来源', width: 92, spare: true, render: (row) => sourceText(row.source) },
  { key: 'closed', title: '销号日期', width: 98, spare: true, render: (row) => <DateText date={row.closedOn} /> },
]

function Deadline({ row, today }: { row: HazardRow; today: string }) {
  if (row.state === 'closed') return <DueText due={row.deadline} today={today} doneOn={row.closedOn} />
  if (!isUnfinished(row.state)) return <DateText date={row.deadline} />
  return <DueText due={row.deadline} today={today} />
}
