/** Circulars against the chain, and their figures against the facts: each is counted again at the position that it names. */
import { firstDifference, firstId, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import { canonical } from '../../platform/audit/chain.js'
import type { Checked, Verifier } from '../../platform/audit/verification.js'
import type { Handle } from '../../platform/db/scope.js'
import { countAt, spanOf, unitsOf } from './circular-content.js'
import { circularsOfEntries, findEndOf, listCircularPage, type CircularFull } from './circular-verify.repo.js'
import { findCircularCampaign } from './circular.repo.js'
import { hashOfContent } from './circular.service.js'
import type { CountedSpan } from './table-question.js'

interface Said {
  readonly id: string
  readonly contentHash: string
  readonly span?: CountedSpan
}

export const circularVerifier: Verifier = {
  subject: '通报',
  async verify(handle) {
    const covered = await verifyCoveredRows<{ readonly said: Said; readonly entry: SayingEntry }, CircularFull>(
      handle,
      {
        noun: '通报',
        spokenOf: { keys: ['circular'] },
        saidBy: (entry) => {
          const said = entry.detail?.['circular'] as Said | undefined
          return said === undefined ? [] : [[said.id, { said, entry }] as const]
        },
        rows: circularsOfEntries,
        difference: ({ said, entry }, row) =>
          firstDifference([
            ['行动', entry.after?.['campaignId'], row.campaign_id],
            ['标题', entry.after?.['title'], row.title],
            ['起始日期', entry.after?.['from'], row.from_day],
            ['截止日期', entry.after?.['to'], row.to_day],
            ['账本位置', entry.after?.['position'], row.position],
            ['计数范围', canonical(said.span ?? null), canonical(row.counted_span)],
            ['内容摘要', said.contentHash, hashOfContent(row.content)],
            ['姓名', entry.person_name, row.person_name],
          ]),
      },
    )
    return covered.ok ? recount(handle) : covered
  },
}

async function recount(handle: Handle): Promise<Checked> {
  let count = 0
  let after = firstId
  for (;;) {
    const page = await listCircularPage(handle, after)
    for (const row of page) {
      const difference = (await endDifference(handle, row)) ?? (await figureDifference(handle, row))
      if (difference !== null) return { ok: false, message: `《${row.title}》：${difference}。` }
      count += 1
    }
    const last = page.at(-1)
    if (last === undefined) return { ok: true, count }
    after = last.id
  }
}

async function endDifference(handle: Handle, row: CircularFull): Promise<string | null> {
  const said = await findEndOf(handle, row.id)
  return firstDifference([
    ['状态', said?.['state'] ?? 'draft', row.state],
    ['期号', said?.['number'], row.number],
    ['文号', said?.['docNo'], row.doc_no],
    ['印发日期', said?.['issuedOn'], row.issued_on],
    ['印发的文件', said?.['fileId'], row.file_id],
    ['文件摘要', said?.['sha256'], row.file_sha256],
  ])
}

async function figureDifference(handle: Handle, row: CircularFull): Promise<string | null> {
  const campaign = await findCircularCampaign(handle, row.campaign_id)
  if (campaign === null) return '行动不见了'
  const { from_day: from, to_day: to, position, content } = row
  const span = spanOf(campaign, { from, counted: row.counted_span })
  const units = await unitsOf(handle, campaign, { to, position })
  for (const [startsOn, which] of [
    [from, 'period'],
    [span.startsOn, 'total'],
  ] as const) {
    const counted = await countAt(handle, units, span.sectors, { startsOn, to, position })
    if (canonical(counted.whole) !== canonical(content.whole[which])) return '按所记的账本位置重算，总数与通报不符'
    const wrong = content.units.find(
      (unit) => canonical(counted.byUnit.get(unit.unitId) ?? null) !== canonical(unit[which]),
    )
    if (wrong !== undefined) return `按所记的账本位置重算，“${wrong.unitName}”的数与通报不符`
  }
  return null
}
