import { ImportRun } from '../../../shared/import/import-run.js'
import { unitImport } from '../components/import-subject.js'

export function ImportPage() {
  return <ImportRun subject={unitImport} />
}
