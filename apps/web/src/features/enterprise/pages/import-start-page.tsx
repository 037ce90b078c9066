import { ImportStart } from '../../../shared/import/import-start.js'
import { enterpriseImport } from '../components/import-subject.js'

export function ImportStartPage() {
  return <ImportStart subject={enterpriseImport} />
}
