/** What was filed, against the chain and against the facts: each submission is computed again from the position that it names. */
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { canonical } from '../../platform/audit/chain.js'
import { computeContent, hashOf } from './return-content.js'
import type { FiledContent } from './return-filed.js'
import { findReturn } from './return.repo.js'
import { listFiledPage, returnEventsOfEntries, type ReturnEventFull } from './return-verify.repo.js'

interface SaidEvent {
  readonly id: string
  readonly round: number
  readonly contentHash: string | null
  readonly content: FiledContent | null
}

export const returnVerifier: Verifier = {
  subject: '上报的报表',
  async verify(handle) {
    const covered = await verifyCoveredRows<{ readonly said: SaidEvent; readonly entry: SayingEntry }, ReturnEventFull>(
      handle,
      {
        noun: '报表办理记录',
        spokenOf: { keys: ['returnEvent'] },
        saidBy: (entry) => {
          const said = entry.detail?.['returnEvent'] as SaidEvent | undefined
          return said === undefined ? [] : [[said.id, { said, entry }] as const]
        },
        rows: returnEventsOfEntries,
        difference: ({ said, entry }, row) =>
          firstDifference([
            ['报表', entry.object_id, row.return_id],
            ['次数', said.round, row.round],
            ['状态', entry.after?.['status'], row.status],
            ['内容摘要', said.contentHash, row.content_hash],
            [
              '内容',
              said.content === null ? null : canonical(said.content),
              row.content === null ? null : canonical(row.content),
            ],
            ['姓名', entry.person_name, row.person_name],
          ]),
      },
    )
    if (!covered.ok) return covered
    return recompute(handle)
  },
}

type Handle = Parameters<Verifier['verify']>[0]

async function recompute(handle: Handle): ReturnType<Verifier['verify']> {
  let count = 0
  let after: { readonly at: Date; readonly id: string } | null = null
  for (;;) {
    const page = await listFiledPage(handle, after)
    for (const filed of page) {
      const { content, content_hash: hash } = filed
      const record = await findReturn(handle, filed.return_id)
      if (record === null) return { ok: false, message: `报表 ${filed.return_id} 不见了，而它上报过。` }
      const where = `${record.unit_name}《${record.title}》${record.period_title}第 ${filed.round} 次上报`
      if (hashOf({ ...record, table_version: content.tableVersion }, content.countedTo, content) !== hash) {
        return { ok: false, message: `${where}：所存的数字与签名的摘要不符。` }
      }
      const computed = await computeContent(
        handle,
        { ...record, table_version: content.tableVersion },
        { to: content.countedTo, position: content.position, span: content.span },
      )
      if (computed.hash !== hash) {
        const kept = new Map(content.figures.map((figure) => [figure.key, figure.value]))
        const wrong = computed.figures.find(({ key, value }) => kept.get(key) !== value)
        return {
          ok: false,
          message: `${where}：按账本第 ${content.position} 号重算与上报的不符，“${wrong?.key ?? ''}”上报 ${kept.get(wrong?.key ?? '') ?? '空'}，重算 ${wrong?.value ?? '空'}。`,
        }
      }
      count += 1
    }
    const last = page.at(-1)
    if (last === undefined) return { ok: true, count }
    after = { at: last.recorded_at, id: last.id }
  }
}
