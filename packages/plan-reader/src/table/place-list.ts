import type { PlanTarget } from '@bihuan/domain'
import type { Records } from './records.js'

const NAME =
  /(?:单位|企业|场所|项目|商户|店铺|公司|点位|学校|景区|工地|矿山|门店|加油站|市场|小区|楼宇|经营户|对象|船舶|名称|名字|名单)/
const NAMING = /(?:名称|名字|全称|企业名|单位名|名单)$|^(?:企业|单位|场所|项目|商户|公司)(?:（[^）]*）)?$/
const TYPE = /类型|类别|行业|业态|性质|领域|种类|属性/
const OTHER = /责任|牵头|主管|监管|监督|填报|电话|负责人|联系|时限|时间|措施|任务|要求|地址/

/** The enterprises and places of a filled list, or null where the table lists none: one column names them, one may tell of what kind they are. */
export function placesOf(records: Records): PlanTarget[] | null {
  const headings = records.headings.map((heading) => heading?.text ?? '')
  const name = headings.findIndex((text) => NAMING.test(text) && NAME.test(text) && !OTHER.test(text))
  const loose =
    name >= 0 ? name : headings.findIndex((text) => NAME.test(text) && !OTHER.test(text) && !TYPE.test(text))
  if (loose < 0) return null
  const type = headings.findIndex((text, column) => column !== loose && TYPE.test(text))
  const places = records.rows.flatMap((row): PlanTarget[] => {
    const cell = row[loose] ?? null
    if (cell === null || cell.length < 2 || /^(?:合计|总计|小计|…+|\.+)$/.test(cell.text)) return []
    const kind = type < 0 ? null : (row[type] ?? null)
    return [{ name: cell.own, type: kind === null || kind.length === 0 ? null : kind.own, source: cell.source }]
  })
  return places.length >= 2 ? places : null
}
