import { listHazards, listHazardViews, sumHazards, type ImportRowView } from '@bihuan/contracts'
import type { ImportSubject } from '../../../shared/import/import-subject.js'

/** A doubt is about who the enterprise is, or about a hazard that has moved on, or about a row that stands there twice. */
function doubtOf(row: ImportRowView) {
  const isStale = row.problems.some(({ code }) => code === 'hazard.ledger-stale')
  const isSubject = row.problems.some(({ code }) => code === 'hazard.ledger-subject-doubtful')
  return {
    candidateAt: (id: string) => (isStale ? `/hazards/${id}` : `/enterprises/${id}`),
    same: isStale ? '按表修改它' : '是这一家',
    new: isSubject ? '按表中的名称登记' : '是另一项，新增',
  }
}

export const ledgerSubject: ImportSubject = {
  kind: 'ledger',
  title: '导入隐患清单',
  thing: '隐患',
  counter: '条',
  address: '/hazards/import',
  recordAt: (id) => `/hazards/${id}`,
  list: { to: '/hazards?sort=found', label: '去看隐患台账' },
  nameKey: 'description',
  factKeys: ['subject', 'responsible', 'foundOn', 'stage'],
  helpKeys: ['place'],
  doubtful: '待定',
  decideAll: { same: '都按最像的那一个', new: '都按表中所写新增' },
  doubtOf,
  refreshes: [listHazards, listHazardViews, sumHazards],
}
