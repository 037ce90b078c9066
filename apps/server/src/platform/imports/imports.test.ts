import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readingRow, type ImportColumn } from '@bihuan/domain'
import {
  actorFor,
  buildAccount,
  buildTenant,
  runJobs,
  startTestApp,
  unique,
  type TestApp,
} from '../../../test/builders.js'
import { buildWorkbook } from '../../../test/workbooks.js'
import type { Actor } from '../actor.js'
import { recordAct } from '../audit/record.js'
import type { ImportKind, RowVerdict } from './import-kind.js'
import { createImports, type Imports } from './imports.js'

type Key = 'name' | 'size'
const columns: readonly ImportColumn<Key>[] = [
  { key: 'name', title: '名称', required: true, alsoCalled: [], note: '', allowed: [] },
  { key: 'size', title: '人数', required: false, alsoCalled: ['员工数'], note: '', allowed: [] },
]

interface Thing {
  readonly name: string
  readonly size: string | null
}

/** A kind that brings in names and keeps them here; `stumble` lets a write fail as a bug or a kill would. */
function namesImport() {
  const saved: string[] = []
  const state = { stumble: (_names: readonly string[]): void => undefined, surveyed: 0 }
  const kind: ImportKind<{ campaign?: string | undefined }, Thing, Key> = {
    name: 'ledger',
    title: '名单导入',
    permission: 'hazard.import',
    options: z.object({ campaign: z.string().max(5).optional() }),
    columns,
    batch: 3,
    async open() {
      const seen = new Map<string, number>()
      return {
        survey(rows) {
          state.surveyed += rows.length
        },
        async read(_handle, rows) {
          return rows.map((row): RowVerdict<Thing> => {
            const reader = readingRow(columns, row.match, row.cells, row.row)
            const [name, size] = [reader.text('name'), reader.text('size')]
            if (size !== null && !/^\d+$/.test(size)) reader.report('size', 'thing.size', `“${size}”不是人数。`)
            if (name === null || reader.problems.length > 0) return { verdict: 'refused', problems: reader.problems }
            if (seen.has(name) && seen.get(name) !== row.ordinal && row.decision?.is !== 'new') {
              const problems = [
                { row: row.row, column: 'A', title: '名称', code: 'thing.twice', message: '像是重复的。' },
              ]
              return { verdict: 'doubtful', reading: { name, size }, problems, candidates: [] }
            }
            seen.set(name, row.ordinal)
            return { verdict: 'new', reading: { name, size } }
          })
        },
      }
    },
    async write(handle, actor, rows, { clock }) {
      state.stumble(rows.map(({ reading }) => reading.name))
      const ids: string[] = []
      for (const { reading } of rows) {
        const act = { action: 'thing.add', objectKind: 'thing', objectId: actor.accountId, after: reading }
        await recordAct(handle, actor, act, clock.now())
        ids.push(actor.accountId)
        saved.push(reading.name)
      }
      return ids.map((objectId) => ({ ok: true, objectId }))
    },
  }
  return { kind, saved, state }
}

describe('bringing in a workbook', () => {
  let test: TestApp
  let actor: Actor
  beforeAll(async () => {
    test = await startTestApp()
    const tenant = await buildTenant(test)
    actor = await actorFor(test, await buildAccount(test, tenant, 'safety-office'))
  })
  afterAll(() => test.stop())

  const as = <T>(work: Parameters<typeof test.database.withScope<T>>[1]) => test.database.withScope(actor.reach, work)

  function withKind() {
    const names = namesImport()
    const imports = createImports(test.platform, [names.kind], test.modules.sessions.actAt)
    const app: TestApp = { ...test, modules: { ...test.modules, jobs: imports.jobs } }
    return { ...names, imports, run: () => runJobs(app) }
  }

  async function begin(imports: Imports, bytes: Uint8Array, options: unknown = {}) {
    const upload = { fields: {}, files: [{ name: '名单.xlsx', bytes: Buffer.from(bytes) }] }
    const stored = await imports.storeWorkbook(actor, 'ledger', upload)
    if (!stored.ok) return stored
    return as((handle) => imports.start(handle, actor, 'ledger', stored.value, options))
  }

  async function preview(given: ReturnType<typeof withKind>, bytes: Uint8Array) {
    const begun = await begin(given.imports, bytes)
    if (!begun.ok) throw new Error(begun.refusal.message)
    await given.run()
    return show(given.imports, begun.value.id)
  }

  async function show(imports: Imports, id: string) {
    const shown = await as((handle) => imports.show(handle, actor, id))
    if (!shown.ok) throw new Error(shown.refusal.message)
    return shown.value
  }

  async function rowsOf(imports: Imports, id: string) {
    const shown = await as((handle) => imports.rows(handle, actor, id, { limit: 200 }))
    if (!shown.ok) throw new Error(shown.refusal.message)
    return shown.value.items
  }

  const written = async (names: readonly string[]) =>
    test.db.asOwner<{ name: string; count: number }>(
      `select after->>'name' as name, count(*)::int as count from audit_entry where action = 'thing.add' and after->>'name' = any($1) group by 1`,
      [names],
    )

  it('shows each row good or bad at its cell, and brings in nothing before it is told to', async () => {
    const given = withKind()
    const name = unique('n')
    const run = await preview(
      given,
      await buildWorkbook(
        ['备注栏', '员工数', '名称'],
        [
          ['x', 12, name],
          [null, '很多', unique('n')],
          [null, 3, null],
        ],
      ),
    )
    expect(run).toMatchObject({
      state: 'preview',
      total: 3,
      counts: { new: 1, refused: 2 },
      abilities: { bringIn: true },
    })
    expect(run.sheets[0]?.columns.map(({ key, letter }) => [key, letter])).toEqual([
      ['name', 'C'],
      ['size', 'B'],
    ])
    expect(run.sheets[0]?.problems.map(({ code }) => code)).toContain('unknown')
    const rows = await rowsOf(given.imports, run.id)
    expect(
      rows.map(({ row, verdict, problems }) => [
        row,
        verdict,
        problems.map(({ key, column }) => `${key ?? ''}@${column ?? ''}`),
      ]),
    ).toEqual([
      [4, 'new', []],
      [5, 'refused', ['size@B']],
      [6, 'refused', ['name@C']],
    ])
    expect(given.saved).toEqual([])

    await as((handle) => given.imports.bringIn(handle, actor, run.id))
    await given.run()
    expect(given.saved).toEqual([name])
    expect(await show(given.imports, run.id)).toMatchObject({
      state: 'done',
      done: 1,
      written: { new: 1, changed: 0 },
      counts: { written: 1, refused: 2 },
    })
  })

  it('judges a row again when its cell is mended in place or its doubt is decided', async () => {
    const given = withKind()
    const twin = unique('n')
    const run = await preview(
      given,
      await buildWorkbook(
        ['名称', '人数'],
        [
          [twin, 1],
          [twin, 2],
          ['甲厂', '一些'],
          [twin, 4],
        ],
      ),
    )
    expect(run.counts).toMatchObject({ new: 1, doubtful: 2, refused: 1 })
    const mended = await as((handle) => given.imports.mendRow(handle, actor, run.id, 3, { cells: { size: '７' } }))
    expect(mended).toMatchObject({ ok: true, value: { verdict: 'new', cells: { size: '７' }, problems: [] } })
    const left = await as((handle) => given.imports.mendRow(handle, actor, run.id, 2, { decision: { is: 'left-out' } }))
    expect(left).toMatchObject({ ok: true, value: { verdict: 'left-out' } })
    await as((handle) => given.imports.decideAll(handle, actor, run.id, 'new'))
    await given.run()
    expect((await show(given.imports, run.id)).counts).toMatchObject({ new: 3, doubtful: 0, refused: 0, 'left-out': 1 })
    await as((handle) => given.imports.bringIn(handle, actor, run.id))
    await given.run()
    expect(given.saved.sort()).toEqual(['甲厂', twin, twin].sort())
  })

  it('goes on behind the last batch that was committed when it dies in the middle, and writes nothing twice', async () => {
    const given = withKind()
    const names = Array.from({ length: 10 }, () => unique('n'))
    const run = await preview(
      given,
      await buildWorkbook(
        ['名称', '人数'],
        names.map((name) => [name, 1]),
      ),
    )
    let batches = 0
    given.state.stumble = () => {
      batches += 1
      // As when the database goes away: the queue tries again.
      if (batches === 3) throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    }
    await as((handle) => given.imports.bringIn(handle, actor, run.id))
    await expect(given.run()).rejects.toThrow('terminating connection')
    expect(await show(given.imports, run.id)).toMatchObject({ state: 'writing', done: 6, total: 10 })
    await test.db.asOwner(`update graphile_worker._private_jobs set run_at = now()`)
    await given.run()
    expect(await show(given.imports, run.id)).toMatchObject({ state: 'done', done: 10, written: { new: 10 } })
    expect((await written(names)).map(({ count }) => count)).toEqual(names.map(() => 1))
  })

  it('leaves out the one row that cannot be saved, with those beside it brought in', async () => {
    const given = withKind()
    const names = [unique('n'), unique('bad'), unique('n'), unique('n')]
    const run = await preview(
      given,
      await buildWorkbook(
        ['名称', '人数'],
        names.map((name) => [name, 1]),
      ),
    )
    given.state.stumble = (batch) => {
      if (batch.some((name) => name.startsWith('bad'))) throw new TypeError('a bug')
    }
    await as((handle) => given.imports.bringIn(handle, actor, run.id))
    await given.run()
    expect(await show(given.imports, run.id)).toMatchObject({ state: 'done', counts: { written: 3, refused: 1 } })
    expect((await written(names)).map(({ name }) => name).sort()).toEqual(
      names.filter((name) => !name.startsWith('bad')).sort(),
    )
  })

  it('is begun anew without doubled rows when it dies while it reads', async () => {
    const given = withKind()
    const run = await preview(
      given,
      await buildWorkbook(
        ['名称', '人数'],
        [
          [unique('n'), 1],
          [unique('n'), 2],
        ],
      ),
    )
    await as((handle) => given.imports.changeOptions(handle, actor, run.id, { campaign: 'c1' }))
    await given.run()
    expect(await show(given.imports, run.id)).toMatchObject({
      state: 'preview',
      total: 2,
      counts: { new: 2 },
      options: { campaign: 'c1' },
    })
    expect(
      await as((handle) => given.imports.changeOptions(handle, actor, run.id, { campaign: '太长了太长了' })),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'import.options-invalid', places: [{ path: 'options.campaign' }] },
    })
  })

  it('acts as its person, and stops when that person may no longer do it', async () => {
    const given = withKind()
    const begun = await begin(given.imports, await buildWorkbook(['名称', '人数'], [[unique('n'), 1]]))
    if (!begun.ok) throw new Error(begun.refusal.message)
    await test.db.asOwner('update role_grant set revoked_at = now() where account_id = $1', [actor.accountId])
    await given.run()
    expect(await show(given.imports, begun.value.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'request.not-allowed' },
    })
    await test.db.asOwner('update role_grant set revoked_at = null where account_id = $1', [actor.accountId])
  })

  it('reads a header of two rows, a cell merged over rows, and passes over notes and blank rows', async () => {
    const given = withKind()
    const bytes = await buildWorkbook(
      ['名称', '人数'],
      [
        [unique('n'), 1],
        [null, null],
        ['', ''],
      ],
      { notes: ['注：人数按在册人数填写。'] },
    )
    expect(await preview(given, bytes)).toMatchObject({ state: 'preview', total: 1 })
  })

  it.each([
    ['no header', () => buildWorkbook(['甲', '乙'], [['a', 'b']]), 'import.no-usable-sheet', /没有找到表头/],
    [
      'a column that must be there missing',
      () => buildWorkbook(['人数', '员工数'], [[1, 2]]),
      'import.no-usable-sheet',
      /找到表头|出现了|缺少/,
    ],
  ])('says what is wrong with a workbook of %s', async (_, bytes, code, message) => {
    const given = withKind()
    const run = await preview(given, await bytes())
    expect(run.state).toBe('failed')
    expect(run.failure?.code).toBe(code)
    expect(run.failure?.message).toMatch(message)
  })

  it.each([
    ['text that calls itself a workbook', Buffer.from('名称,人数\n甲厂,3\n'), 'upload.type-mismatch'],
    ['nothing at all', Buffer.alloc(0), 'upload.empty'],
  ])('refuses %s before it is kept', async (_, bytes, code) => {
    expect(await begin(withKind().imports, bytes)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('refuses a workbook that was cut off on the way', async () => {
    const whole = await buildWorkbook(['名称', '人数'], [['甲厂', 1]])
    const answer = await begin(withKind().imports, whole.subarray(0, whole.length - 200))
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'upload.truncated' } })
  })

  it('belongs to its person alone: another’s is not found', async () => {
    const given = withKind()
    const run = await preview(given, await buildWorkbook(['名称', '人数'], [[unique('n'), 1]]))
    const other = await actorFor(
      test,
      await buildAccount(test, { id: actor.tenantId, code: '', name: '', rootUnitId: actor.unitId }, 'safety-office'),
    )
    const answer = await test.database.withScope(other.reach, (handle) => given.imports.show(handle, other, run.id))
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'request.not-found', sought: { objectId: run.id } } })
  })

  it('given up, brings in nothing more', async () => {
    const given = withKind()
    const run = await preview(given, await buildWorkbook(['名称', '人数'], [[unique('n'), 1]]))
    await as((handle) => given.imports.discard(handle, actor, run.id))
    expect(await show(given.imports, run.id)).toMatchObject({ state: 'failed', failure: { code: 'import.given-up' } })
    expect(given.saved).toEqual([])
  })
})
