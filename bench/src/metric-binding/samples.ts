/**
 * What the figures of the samples' metric tables are, by hand: as an officer would bind them who knows whose table it is. Of each cell
 * that asks for hazards; null, where no known metric counts just that. Cells of other things (money, firms, people) count none.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { bindTable, type HazardMetricId, type Plan } from '@bihuan/domain'

const E = 'hazard.major.enterprise.all'
const ER = 'hazard.major.enterprise.rectified'
const D = 'hazard.major.department.all'
const DR = 'hazard.major.department.rectified'
const L = 'hazard.major.listed.all'
const LR = 'hazard.major.listed.rectified'

/** With the number of the row before the label, where the label stands twice in its group. */
type Cell = readonly [group: string, label: string, metricId: HazardMetricId | null]

export const metricTruth: Readonly<Record<string, readonly Cell[]>> = {
  'chemical-park': [
    ['自查整改情况', '自查发现隐患', null],
    ['自查整改情况', '其中重大隐患', E],
    // Of all hazards, or of the major ones.
    ['自查整改情况', '已完成整改', null],
    ['自查整改情况', '未按期整改', null],
  ],
  'city-all-sectors': [
    ['企业自查自改', '企业自查发现重大事故隐患', E],
    ['企业自查自改', '已整改', ER],
    ['部门帮扶执法', '检查发现重大事故隐患', D],
    ['部门帮扶执法', '已整改', DR],
    ['各级督导推动', '挂牌督办重大事故隐患', L],
  ],
  'city-care-homes': [
    ['医疗机构', '发现重大隐患', null],
    ['医疗机构', '完成整改', null],
    ['养老（医养结合）机构', '发现重大隐患', null],
    ['养老（医养结合）机构', '完成整改', null],
  ],
  'city-gas': [
    ['经营企业', '发现一般隐患', null],
    ['经营企业', '发现重大隐患', null],
    ['经营企业', '重大隐患已整改', null],
  ],
  'city-hazardous-chemicals': [
    ['企业自查自改', '企业自查发现的重大事故隐患', E],
    ['企业自查自改', '其中已完成整改', ER],
    ['部门帮扶执法', '部门检查发现的重大事故隐患', D],
    ['部门帮扶执法', '已整改销号', DR],
  ],
  'city-housing': [
    ['企业自查', '自查发现重大隐患', E],
    ['企业自查', '自查重大隐患已整改', ER],
    ['部门执法', '检查发现重大隐患', D],
    ['部门执法', '检查重大隐患已整改', DR],
  ],
  'city-major-hazards': [
    ['企业自查自改', '自查发现重大事故隐患', E],
    ['企业自查自改', '已整改销号', ER],
    ['部门监管执法', '检查发现重大事故隐患', D],
    ['部门监管执法', '已完成整改', DR],
  ],
  'city-mines': [
    ['企业自查自改情况', '自查发现重大事故隐患', E],
    ['企业自查自改情况', '完成整改', ER],
    ['监管执法情况', '检查发现重大事故隐患', D],
  ],
  'city-scenic-projects': [
    ['高风险项目', '发现安全隐患', null],
    ['高风险项目', '重大隐患', null],
    ['高风险项目', '完成整改', null],
    ['文化娱乐场所', '发现消防隐患', null],
    ['文化娱乐场所', '完成整改', null],
  ],
  'city-special-equipment': [
    ['使用单位自查情况', '发现一般隐患', null],
    ['使用单位自查情况', '发现重大隐患', E],
    ['使用单位自查情况', '完成整改', null],
    ['检验检测情况', '检验发现严重事故隐患', null],
    ['检验检测情况', '已处置', null],
    ['监督检查情况', '挂牌督办', L],
    ['监督检查情况', '市级挂牌', null],
  ],
  'city-water-works': [
    // Of works that are being built; those in use have rows of their own.
    ['工程建设情况', '自查发现重大事故隐患', null],
    ['工程建设情况', '已完成整改', null],
    ['工程运行情况', '发现重大事故隐患', null],
    ['监督执法情况', '挂牌督办重大事故隐患', L],
  ],
  'commerce-bureau': [
    ['企业自查', '自查发现隐患', null],
    ['企业自查', '重大事故隐患', E],
    ['企业自查', '自查隐患已整改', null],
    ['部门检查', '检查发现重大事故隐患', D],
  ],
  'county-action': [
    ['企业自查', '自查发现重大事故隐患', E],
    ['企业自查', '自查重大事故隐患已整改', ER],
    ['部门执法', '发现重大事故隐患', D],
    ['部门执法', '已整改', DR],
  ],
  'county-agriculture': [
    ['排查整治', '发现一般隐患', null],
    ['排查整治', '发现重大隐患', null],
  ],
  'county-building-sites': [
    ['隐患排查', '发现一般隐患', null],
    ['隐患排查', '发现重大事故隐患', E],
    ['隐患排查', '已整改', ER],
  ],
  'county-crowded-places': [
    ['行业排查', '发现火灾隐患', null],
    ['行业排查', '督促整改', null],
  ],
  'county-forest-fire': [
    ['火源管控', '排查火险隐患', null],
    ['火源管控', '已整改', null],
  ],
  'county-hospital': [
    ['自查情况', '发现一般隐患', null],
    ['自查情况', '发现重大隐患', E],
    ['自查情况', '消防类', null],
    ['自查情况', '当场整改', null],
    ['整改情况', '限期整改', null],
    ['整改情况', '已整改销号', null],
    ['整改情况', '未整改已采取管控措施', null],
  ],
  'county-hundred-days': [['隐患治理', '排查隐患路段', null]],
  'county-industry-committee': [
    ['企业自查情况', '排查重大事故隐患', E],
    ['企业自查情况', '重大事故隐患已整改', ER],
    ['乡镇部门检查情况', '查出重大事故隐患', D],
  ],
  'county-overhaul': [
    ['总体进展', '企业自查发现重大事故隐患', E],
    ['总体进展', '企业自查发现隐患中已整改的', ER],
    ['总体进展', '部门检查发现重大事故隐患', D],
    ['总体进展', '部门检查发现隐患中已整改的', DR],
    ['总体进展', '挂牌督办重大事故隐患', L],
    ['总体进展', '挂牌督办隐患中已销号的', LR],
  ],
  'county-plan-of-2023': [
    ['企业自查情况', '自查发现一般隐患', null],
    ['企业自查情况', '自查发现重大事故隐患', E],
    ['企业自查情况', '2 其中已整改', null],
    ['企业自查情况', '4 其中已整改', ER],
    ['部门执法帮扶情况', '查出重大事故隐患', D],
    // Of those that departments found.
    ['部门执法帮扶情况', '挂牌督办', null],
  ],
  'county-roads': [['道路执法', '治理隐患路段', null]],
  'county-three-years': [
    ['隐患治理', '企业自查重大事故隐患', E],
    ['隐患治理', '企业自查隐患已整改', ER],
    ['隐患治理', '部门检查重大事故隐患', D],
    ['隐患治理', '部门检查隐患已整改', DR],
    ['隐患治理', '挂牌督办', L],
    ['隐患治理', '已摘牌', null],
  ],
  'development-zone': [
    ['自查情况', '发现一般隐患', null],
    ['自查情况', '发现重大事故隐患', E],
    ['自查情况', '员工报告隐患', null],
    ['整改情况', '已整改一般隐患', null],
    ['整改情况', '已整改重大事故隐患', ER],
    ['整改情况', '正在整改的重大事故隐患', null],
  ],
  'district-campaign': [
    ['企业自查自改情况', '自查一般隐患', null],
    ['企业自查自改情况', '自查重大事故隐患', E],
    ['企业自查自改情况', '一般隐患已整改', null],
    ['企业自查自改情况', '重大事故隐患已整改', ER],
    ['镇街属地管理情况', '上报重大事故隐患', null],
    ['镇街属地管理情况', '网格员发现隐患', null],
    ['部门执法检查情况', '查出重大事故隐患', D],
    ['部门执法检查情况', '已完成整改', DR],
    ['部门执法检查情况', '挂牌督办', L],
    ['部门执法检查情况', '区政府挂牌', null],
  ],
  'dust-district': [
    ['企业自查情况', '自查发现隐患', null],
    ['企业自查情况', '自查发现的重大隐患', E],
    ['企业自查情况', '完成整改', null],
    ['企业自查情况', '重大隐患', ER],
    ['街道排查情况', '发现并上报隐患', null],
  ],
  'energy-group': [
    ['隐患排查治理情况', '排查一般事故隐患', null],
    ['隐患排查治理情况', '排查重大事故隐患', E],
    ['隐患排查治理情况', '燃气板块', null],
    ['隐患排查治理情况', '重大事故隐患已整改', ER],
  ],
  'grain-reserve-group': [
    ['隐患排查', '排查隐患', null],
    ['隐患排查', '重大隐患', E],
    ['隐患排查', '完成整改', null],
    ['隐患排查', '保管员提报隐患', null],
  ],
  'health-bureau': [
    ['复核情况', '应复核隐患', null],
    ['复核情况', '已复核隐患', null],
    ['复核情况', '整改不到位', null],
    ['复核情况', '反弹隐患重新整改', null],
    ['新查情况', '新发现一般隐患', null],
    ['新查情况', '新发现重大事故隐患', null],
    ['新查情况', '新发现隐患中已整改', null],
  ],
  'high-tech-park': [
    ['隐患排查治理', '企业自查重大事故隐患', E],
    ['隐患排查治理', '企业自查重大事故隐患已整改', ER],
  ],
  'island-fishery': [
    ['渔船', '停航整改', null],
    ['渔船', '隐患销号', null],
  ],
  'logistics-park': [
    ['仓储环节', '发现消防隐患', null],
    ['仓储环节', '发现货架叉车隐患', null],
    ['仓储环节', '已整改', null],
    ['运输环节', '发现车辆隐患', null],
    ['运输环节', '已整改', null],
  ],
  'mining-group': [
    ['地下矿山', '发现顶板隐患', null],
    ['地下矿山', '发现通风系统隐患', null],
    ['地下矿山', '其中重大隐患', null],
  ],
  'property-company': [
    ['巡查情况', '发现隐患', null],
    ['巡查情况', '重大隐患', E],
  ],
  'province-construction': [
    ['工程和企业自查', '施工企业自查重大隐患', E],
    ['工程和企业自查', '已完成整改', ER],
    ['工程和企业自查', '监理单位报告重大隐患', null],
    ['监督检查', '发现一般隐患', null],
    ['监督检查', '发现重大隐患', D],
    ['监督检查', '挂牌督办重大隐患', L],
    ['监督检查', '省级', null],
    ['监督检查', '挂牌督办隐患销号', LR],
  ],
  'province-explosives': [
    ['企业自查', '发现重大事故隐患', E],
    ['企业自查', '已整改重大事故隐患', ER],
    ['监督检查', '发现重大事故隐患', D],
    ['监督检查', '已整改', DR],
  ],
  'province-transport': [
    ['企业自查', '自查发现重大事故隐患', E],
    ['企业自查', '已整改', ER],
    ['行业监管', '检查发现重大事故隐患', D],
    ['行业监管', '已整改重大事故隐患', DR],
  ],
  'province-year-end': [
    ['企业自查情况', '自查发现重大事故隐患', E],
    ['企业自查情况', '自查重大事故隐患已整改', ER],
    ['监管执法情况', '部门检查发现重大事故隐患', D],
    ['监管执法情况', '部门查处重大事故隐患已整改', DR],
    ['组织领导情况', '挂牌督办重大事故隐患', L],
  ],
  'street-gas': [
    ['餐饮场所', '发现隐患', null],
    ['餐饮场所', '已整改', null],
  ],
  'street-plan-of-2023': [
    ['企业自查自改', '企业自查发现重大事故隐患', E],
    ['企业自查自改', '企业自查重大事故隐患已完成整改', ER],
    ['街道检查执法', '检查发现隐患', null],
    ['街道检查执法', '重大事故隐患', D],
    ['街道检查执法', '检查发现重大事故隐患已完成整改', DR],
  ],
  'taiwan-zone-fire': [
    ['企業自查', '自查火災隱患', null],
    ['企業自查', '已整改火災隱患', null],
    ['部門檢查', '發現重大火災隱患', null],
    ['部門檢查', '掛牌督辦', null],
  ],
  'town-great-check': [
    ['生产经营单位', '发现隐患', null],
    ['生产经营单位', '重大隐患', D],
    ['生产经营单位', '完成整改', null],
  ],
  'transport-group': [
    ['隐患治理情况', '排查一般隐患', null],
    ['隐患治理情况', '1 已整改', null],
    ['隐患治理情况', '排查重大事故隐患', E],
    ['隐患治理情况', '2 已整改', ER],
  ],
  'university-campus': [
    ['自查整改', '发现重大隐患', E],
    ['自查整改', '已完成整改', ER],
  ],
  'university-laboratories': [
    ['自查情况', '发现一般隐患', null],
    ['自查情况', '发现重大隐患', E],
    ['整改情况', '完成整改', null],
    ['整改情况', '重大隐患', ER],
    ['整改情况', '正在整改', null],
  ],
  'urgent-after-fire': [
    ['排查情况', '发现火灾隐患', null],
    ['排查情况', '其中：重大火灾隐患', null],
    ['整改情况', '整改火灾隐患', null],
  ],
  // Labelled before the words were looked at again: these say what to expect of a table never seen.
  'province-building': [
    ['总体情况', '企业自查重大事故隐患', E],
    ['总体情况', '1 已完成整改', ER],
    ['总体情况', '部门检查重大事故隐患', D],
    ['总体情况', '2 已完成整改', DR],
    ['总体情况', '挂牌督办', L],
  ],
  'county-root-causes': [
    ['隐患排查整治', '企业自查重大事故隐患', E],
    ['隐患排查整治', '6 其中：完成整改', ER],
    ['隐患排查整治', '部门检查重大事故隐患', D],
    ['隐患排查整治', '8 其中：完成整改', DR],
    ['隐患排查整治', '挂牌督办重大事故隐患', L],
  ],
  'town-of-stations': [
    ['排查情况', '发现隐患', null],
    ['排查情况', '重大隐患', null],
    ['整改情况', '完成整改', null],
  ],
  'chemical-zone': [
    ['自查自改', '自查发现重大事故隐患', E],
    ['自查自改', '完成整改', ER],
    ['自查自改', '一般隐患', null],
  ],
  'urgent-confined-spaces': [
    ['执法检查情况', '发现隐患', null],
    ['执法检查情况', '重大事故隐患', D],
    ['执法检查情况', '完成整改', null],
  ],
  'construction-branch': [
    ['隐患排查', '自查重大事故隐患', E],
    ['隐患排查', '1 已销号', ER],
    ['隐患排查', '上级检查重大事故隐患', null],
    ['隐患排查', '2 已销号', null],
    ['隐患排查', '一般隐患', null],
  ],
  'street-weekly-returns': [
    ['隐患排查整改', '发现一般隐患', null],
    ['隐患排查整改', '发现重大事故隐患', null],
    ['隐患排查整改', '已完成整改', null],
    ['隐患排查整改', '重大事故隐患', null],
  ],
  'district-handed-down': [
    ['总体情况', '企业自查发现重大事故隐患', E],
    ['总体情况', '企业自查重大事故隐患已整改', ER],
    ['总体情况', '部门检查发现重大事故隐患', D],
    ['总体情况', '逾期未整改', null],
    ['总体情况', '挂牌督办重大事故隐患', L],
  ],
  'culture-tourism-2023': [
    ['单位自查', '查出隐患', null],
    ['单位自查', '2 重大事故隐患', E],
    ['单位自查', '已整改隐患', null],
    ['单位自查', '3 重大事故隐患', ER],
  ],
  'education-bureau-2023': [
    ['学校自查', '查出重大事故隐患', E],
    ['学校自查', '查出一般隐患', null],
    ['问题整改', '重大事故隐患已整改', ER],
    ['问题整改', '一般隐患已整改', null],
  ],
  'ports-and-fishery-joint': [
    ['渔船渔港', '查出渔船重大事故隐患', null],
    ['渔船渔港', '已整改', null],
    ['商船客船', '查出客渡船重大事故隐患', null],
    ['商船客船', '已整改', null],
  ],
  'county-utilities-2023': [
    ['监管执法', '重大事故隐患', D],
    ['监管执法', '已销号', DR],
  ],
}

export interface BindingScore {
  readonly figures: number
  readonly labelled: number
  readonly known: number
  readonly bound: number
  readonly boundRight: number
  readonly offered: number
  readonly offeredRight: number
  /** Bound or offered that should not be, or as another metric; and known ones that were neither. */
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
  /** Labels of the table above that stand in no sample. */
  readonly stray: readonly string[]
}

const folder = new URL('../../../packages/plan-reader/samples/', import.meta.url)

/** Samples without a word in the table are bound as well: whatever is bound there is wrong. */
export function scoreBinding(): BindingScore {
  const counts = { figures: 0, labelled: 0, known: 0, bound: 0, boundRight: 0, offered: 0, offeredRight: 0 }
  const [wrong, missed, stray]: [string[], string[], string[]] = [[], [], []]
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.expected.json'))) {
    const sample = file.replace('.expected.json', '')
    const plan = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Plan
    const truth = new Map((metricTruth[sample] ?? []).map(([group, label, id]) => [`${group} ${label}`, id]))
    const left = new Set(truth.keys())
    for (const table of plan.annexes) {
      if (table.kind !== 'metric-table') continue
      for (const { group, ordinal, label, binding } of bindTable(table)) {
        const numbered = `${group} ${ordinal} ${label}`
        const place = truth.has(numbered) ? numbered : `${group} ${label}`
        const right = truth.get(place) ?? null
        counts.figures += 1
        if (truth.has(place)) counts.labelled += 1
        if (right !== null) counts.known += 1
        left.delete(place)
        const given = binding.source === 'derived' ? binding.metricId : (binding.offer?.metricId ?? null)
        const said = `${sample}: ${place}`
        if (binding.source === 'derived') {
          counts.bound += 1
          if (given === right) counts.boundRight += 1
        } else if (given !== null) {
          counts.offered += 1
          if (given === right) counts.offeredRight += 1
        }
        if (given !== null && given !== right) wrong.push(`${said} (${binding.source} ${given})`)
        if (given === null && right !== null) missed.push(said)
      }
    }
    stray.push(...[...left].map((place) => `${sample}: ${place}`))
  }
  return { ...counts, wrong, missed, stray }
}
