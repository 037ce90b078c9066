import { listResponsibilities, listUnits, showUnit, showUnitTree } from '@bihuan/contracts'
import type { ImportSubject } from '../../../shared/import/import-subject.js'

export const unitImport: ImportSubject = {
  kind: 'unit',
  title: '导入单位',
  thing: '单位',
  counter: '个',
  address: '/units/import',
  recordAt: (id) => `/units?unit=${id}`,
  list: { to: '/units', label: '去看单位树' },
  nameKey: 'name',
  factKeys: ['kind', 'parent', 'code'],
  helpKeys: ['parent', 'code', 'sectors'],
  refreshes: [showUnitTree, listUnits, showUnit, listResponsibilities],
}
