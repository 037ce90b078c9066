/** Workbooks for tests of imports: the header, then rows; dates and numbers as they come. */
import { collectBytes, writeWorkbook, type WorkbookRow } from '@bihuan/office'

export async function buildWorkbook(
  header: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
  more: {
    readonly identities?: readonly { readonly id: string; readonly version: number }[]
    readonly sheetName?: string
    readonly notes?: readonly string[]
  } = {},
): Promise<Uint8Array> {
  return collectBytes(
    writeWorkbook(
      {
        sheetName: more.sheetName ?? '清单',
        title: '某某清单',
        head: ['填报单位：某某'],
        columns: header.map((title) => ({ header: title })),
        ...(more.notes === undefined ? {} : { notes: more.notes }),
        ...(more.identities === undefined ? {} : { carriesIdentity: true }),
      },
      rows.map((cells, at): WorkbookRow => {
        const identity = more.identities?.[at]
        return identity === undefined ? { cells } : { cells, identity }
      }),
    ),
  )
}
