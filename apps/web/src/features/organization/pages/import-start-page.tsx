import { ImportStart } from '../../../shared/import/import-start.js'
import { unitImport } from '../components/import-subject.js'

export function ImportStartPage() {
  return <ImportStart subject={unitImport} />
}
