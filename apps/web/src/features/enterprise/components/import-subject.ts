import { listEnterprises } from '@bihuan/contracts'
import type { ImportSubject } from '../../../shared/import/import-subject.js'

export const enterpriseImport: ImportSubject = {
  kind: 'enterprise',
  title: '导入企业',
  thing: '企业',
  counter: '家',
  address: '/enterprises/import',
  recordAt: (id) => `/enterprises/${id}`,
  list: { to: '/enterprises?sort=newest', label: '去看企业名册' },
  nameKey: 'name',
  factKeys: ['creditCode', 'keyNumber', 'territory', 'leadSector'],
  helpKeys: ['address'],
  refreshes: [listEnterprises],
}
