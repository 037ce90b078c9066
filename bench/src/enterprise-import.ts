/** A register of 10,000 enterprises brought in by the server: read, judged against each other, shown, and written by the rules. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { creditCodeOf } from '@bihuan/domain'
import { collectBytes, writeWorkbook } from '@bihuan/office'
import { buildBenchDistrict } from './district.js'
import type { Figure } from './figure.js'
import { bundleImportServer, importByServer } from './ledger-import/import-by-server.js'

export const name = 'enterprise-import'
export const setting =
  'a workbook of 10,000 enterprises in seven columns, each with a name unlike the others; the server bundled and in a process of its own, sealing as it goes; embedded PostgreSQL 18, fsync on'

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const rows = Number(process.env['BENCH_ENTERPRISE_ROWS'] ?? (smoke ? 500 : 10_000))
  const server = await bundleImportServer()
  const district = await buildBenchDistrict(0)
  try {
    const file = join(district.settings['BIHUAN_DATA'] ?? '', 'enterprises.xlsx')
    writeFileSync(file, await workbookOf(rows))
    const done = await importByServer(server, district, { kind: 'enterprise', file, options: {} })
    if (done.written.new !== rows) throw new Error(`not all rows came in: ${JSON.stringify(done)}`)
    const rate = rows / done.writing
    return [
      { what: 'upload, reading, judging, preview', value: `${done.reading.toFixed(1)} s` },
      { what: 'writing by the rules', value: `${done.writing.toFixed(1)} s` },
      { what: 'rows written a second', value: rate.toFixed(0), limit: '≥ 1,000', kept: smoke || rate >= 1000 },
      {
        what: 'memory of the server at its peak',
        value: `${done.peak.toFixed(0)} MB`,
        limit: '≤ 400 MB',
        kept: done.peak <= 400,
      },
      { what: 'memory of the server before', value: `${done.atRest.toFixed(0)} MB` },
    ]
  } finally {
    await district.stop()
    server.remove()
  }
}

const headers = ['企业名称', '统一社会信用代码', '行业领域', '地址', '属地单位', '主要负责人', '主要负责人电话']

function workbookOf(count: number): Promise<Uint8Array> {
  function* rows() {
    for (let n = 0; n < count; n++) {
      const phone = `139${String(n).padStart(8, '0')}`
      yield {
        cells: [
          `${wordOf(n)}制品厂`,
          creditCodeOf('91', '350200', n + 1),
          '工贸',
          `${wordOf(n * 7 + 3)}路${n}号`,
          `第${(n % 12) + 1}镇`,
          '张三',
          phone,
        ],
      }
    }
  }
  return collectBytes(
    writeWorkbook({ sheetName: '企业', title: '企业', columns: headers.map((header) => ({ header })) }, rows()),
  )
}

/** Names far enough apart that none looks like another. */
function wordOf(n: number): string {
  const letters = [...'榆柳松杉桂兰荷菊梅竹枫桐槐杨桃李杏梨枣栗茶棉麻桑葵芦苇蒲藤萝蕨苔']
  let word = ''
  for (let rest = n * 2_654_435 + 97; word.length < 5; rest = Math.floor(rest / 31) + n * 17) {
    word += letters[rest % letters.length] ?? ''
  }
  return word
}
