import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../test/test-database.js'
import { idArray, jsonArray } from './array-literal.js'

describe('array literals', () => {
  let db: TestDatabase
  let client: pg.Client
  beforeAll(async () => {
    db = await cloneDatabase()
    client = new pg.Client({ connectionString: db.ownerUrl })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await db.drop()
  })

  it('hold any JSON, and come back as it was', async () => {
    const values = [
      { text: '引号"反斜杠\\换行\n制表\t，逗号{花括号}，NULL', list: [1, 'NULL', null], empty: '' },
      'NULL',
      '',
      '\u2028分隔\u0001',
      0,
      false,
      [],
      null,
      { nested: { deep: '\\"\\n"' } },
    ]
    const { rows } = await client.query<{ value: unknown }>('select unnest($1::jsonb[]) as value', [jsonArray(values)])
    expect(rows.map(({ value }) => value)).toEqual(values)
  })

  it('hold ids, also none, also within another array', async () => {
    const ids = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']
    const { rows } = await client.query<{ ids: string[] }>('select unnest($1::text[])::uuid[] as ids', [
      [idArray(ids), idArray([])],
    ])
    expect(rows.map((row) => row.ids)).toEqual([ids, []])
    const alone = await client.query<{ id: string | null }>('select unnest($1::uuid[]) as id', [
      idArray([...ids, null]),
    ])
    expect(alone.rows.map(({ id }) => id)).toEqual([...ids, null])
  })
})
