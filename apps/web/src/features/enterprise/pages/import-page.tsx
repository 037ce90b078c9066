import { ImportRun } from '../../../shared/import/import-run.js'
import { enterpriseImport } from '../components/import-subject.js'

export function ImportPage() {
  return <ImportRun subject={enterpriseImport} />
}
