/**
 * A ledger out of a workbook: the one that was exported, or one typed by hand. Each row comes to commands of the lifecycle, which are
 * decided once for the preview and again when they are carried out; no row sets a state.
 */
import { ledgerImportOptions, type LedgerImportOptions } from '@bihuan/contracts'
import type { CellProblem, LedgerField } from '@bihuan/domain'
import type { HttpRefusal } from '../../platform/http/refusal.js'
import { notFound, RefusedRequest } from '../../platform/http/refusal.js'
import type { ImportKind, RowToWrite, RowWritten } from '../../platform/imports/import-kind.js'
import { campaignForRules } from '../campaign/index.js'
import { actOnMany, type HazardWork } from './hazard-batch.service.js'
import { ledgerImportColumns, matchLedgerHeader } from './ledger-import.columns.js'
import { LedgerLookup } from './ledger-import.lookup.js'
import { LedgerReader } from './ledger-import.reader.js'
import { listWorded, takeTurns, type WordedHazard } from './ledger-import.repo.js'
import type { LedgerReading } from './ledger-import.say.js'

type Written = RowToWrite<LedgerReading>

export const ledgerImport: ImportKind<LedgerImportOptions, LedgerReading, LedgerField> = {
  name: 'ledger',
  title: '隐患清单导入',
  permission: 'hazard.import',
  options: ledgerImportOptions,
  columns: ledgerImportColumns,
  batch: 250,
  match: (header, { columns }) => matchLedgerHeader(header, columns),

  async open(handle, actor, { options, clock }) {
    const campaign = await campaignForRules(handle, options.campaignId)
    if (campaign === null)
      throw new RefusedRequest(notFound('行动', { objectKind: 'campaign', objectId: options.campaignId }))
    return new LedgerReader(actor, options, await LedgerLookup.open(handle), campaign, clock)
  },

  async write(handle, actor, rows, { options, clock }) {
    await takeTurns(handle, options.campaignId)
    const wordings = rows.flatMap(({ reading }) => (reading.known === null ? [] : [reading.known.wording]))
    const known = await listWorded(handle, options.campaignId, wordings)
    const onSame = new Set<string>()
    const works: HazardWork[] = []
    const rowsOfWorks: number[] = []
    const written: (RowWritten | null)[] = rows.map((row, at) => {
      const { reading } = row
      const same = sameNow(reading, known)
      // Another import of the same rows was faster, or this one was stopped between two batches.
      if (same !== null) return { ok: true, objectId: same.id }
      if (reading.on !== null && onSame.has(reading.on.id))
        return { ok: false, problems: [problemOf(changedTwice, row)] }
      if (reading.on !== null) onSame.add(reading.on.id)
      works.push({ on: reading.on, commands: reading.commands })
      rowsOfWorks.push(at)
      return null
    })
    const answers = await actOnMany(handle, actor, works, clock)
    answers.forEach((answer, index) => {
      const at = rowsOfWorks[index] ?? -1
      const row = rows[at]
      if (row === undefined) return
      written[at] = answer.ok
        ? { ok: true, objectId: answer.value }
        : { ok: false, problems: [problemOf(answer.refusal, row)] }
    })
    return written.map((one) => one ?? { ok: false, problems: [] })
  },
}

const changedTwice: HttpRefusal = {
  code: 'hazard.ledger-twice',
  message: '表中另有一行是同一条隐患，已按那一行导入。请只留一行。',
}

function sameNow({ known }: LedgerReading, found: readonly WordedHazard[]): WordedHazard | null {
  if (known === null || known.again) return null
  const { wording, foundOn } = known
  return found.find((one) => one.wording === wording && one.found_on === foundOn && one.state !== 'cancelled') ?? null
}

/** Without the place of a column: what was found out only now is said of the row as a whole. */
function problemOf({ code, message }: HttpRefusal, row: Written): CellProblem {
  return { row: row.row, column: null, title: '', code, message }
}
