/** The list as an Excel sheet, with the columns that were seen. */
import type { enterpriseExportColumn, EnterpriseRow } from '@bihuan/contracts'
import { enterpriseFlags, enterpriseSizes, enterpriseStatuses, type EnterpriseFlag } from '@bihuan/domain'
import { writeWorkbook, type WorkbookRow } from '@bihuan/office'
import type { z } from 'zod'

export type SheetColumn = z.output<typeof enterpriseExportColumn>
type Cell = string | number | null

const columns: Readonly<Record<SheetColumn, { header: string; width: number; of: (row: EnterpriseRow) => Cell }>> = {
  name: { header: '企业名称', width: 36, of: (row) => row.name },
  code: { header: '统一社会信用代码或替代编号', width: 24, of: (row) => row.creditCode ?? row.alternativeNumber },
  sector: { header: '行业领域', width: 14, of: (row) => row.leadSector },
  size: { header: '规模', width: 8, of: (row) => enterpriseSizes[row.size] },
  employees: { header: '从业人数', width: 10, of: (row) => row.employees },
  flags: { header: '标记', width: 20, of: (row) => flagsText(row.flags) || null },
  status: { header: '经营状态', width: 10, of: (row) => enterpriseStatuses[row.status] },
  territory: { header: '属地单位', width: 18, of: (row) => row.territoryName },
  regulator: { header: '行业主管部门', width: 18, of: (row) => row.leadRegulatorName },
  principal: { header: '主要负责人', width: 12, of: (row) => row.principalName },
  phone: { header: '主要负责人电话', width: 16, of: (row) => row.principalPhone },
  address: { header: '地址', width: 40, of: (row) => row.address },
}

export function flagsText(flags: EnterpriseRow['flags']): string {
  return (Object.keys(enterpriseFlags) as EnterpriseFlag[])
    .filter((flag) => flags[flag])
    .map((flag) => enterpriseFlags[flag])
    .join('、')
}

export function enterpriseSheet(
  given: { readonly unitName: string; readonly today: string; readonly columns: readonly SheetColumn[] | undefined },
  rows: AsyncIterable<EnterpriseRow>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const asked =
    given.columns === undefined || given.columns.length === 0 ? (Object.keys(columns) as SheetColumn[]) : given.columns
  const shown = [...new Set(asked)].map((key) => columns[key])
  async function* cells(): AsyncGenerator<WorkbookRow> {
    let ordinal = 0
    for await (const row of rows) yield { cells: [++ordinal, ...shown.map(({ of }) => of(row))] }
  }
  return writeWorkbook(
    {
      sheetName: '企业名册',
      title: '企业名册',
      head: [`${given.unitName}　　导出日期：${given.today}　　电话号码已作遮盖处理`],
      columns: [
        { header: '序号', width: 6, kind: 'centred' },
        ...shown.map(({ header, width }) => ({ header, width })),
      ],
      isFilterable: true,
    },
    cells(),
  )
}
