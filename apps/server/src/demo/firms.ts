/** Invented enterprises: names put together from syllables that stand for nobody. */
import { creditCodeOf, noFlags, type EnterpriseProfile } from '@bihuan/domain'
import { neighbourhoods } from './district.js'
import type { Random } from './random.js'

const heads = [
  '恒澜',
  '越溪',
  '金禾',
  '北辰云',
  '泰岳川',
  '晨曦岭',
  '万木',
  '长汀',
  '鸿羽',
  '明泽',
  '瑞霖',
  '沧石',
  '嘉木',
  '远帆',
  '青砚',
  '丰谷',
  '云岚',
  '立信达',
  '宏晟源',
  '新柳',
]
const tails: Readonly<Record<string, readonly string[]>> = {
  工贸: ['金属制品有限公司', '家具制造厂', '包装材料有限公司', '食品加工有限公司', '纺织有限公司'],
  危险化学品: ['精细化工有限公司', '涂料有限公司', '气体有限公司'],
  建筑施工: ['建筑工程有限公司', '装饰工程有限公司'],
  燃气: ['小吃店', '火锅城', '饭庄', '燃气供应站'],
  消防: ['商贸有限公司', '宾馆', '超市', '培训学校', '养老服务中心', '仓储有限公司'],
  特种设备: ['机械有限公司', '物业服务有限公司', '洗涤有限公司'],
  文旅: ['旅游开发有限公司', '民宿', '索道运营有限公司', '水上乐园'],
}
const surnames = [...'赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱']
const givenNames = ['建业', '晓岚', '志和', '文秀', '立冬', '海棠', '守拙', '若谷', '明河', '清扬']

export interface DemoFirm {
  /** The key of the unit on whose territory it stands. */
  readonly unit: string
  readonly profile: Omit<EnterpriseProfile, 'territoryUnitId' | 'leadRegulatorId' | 'otherRegulatorIds'>
}

export function personName(random: Random): string {
  return random.pick(surnames) + random.pick(givenNames)
}

function phone(random: Random): string {
  return `1${random.pick(['39', '58', '77', '86'])}${String(random.whole(0, 99_999_999)).padStart(8, '0')}`
}

export function inventFirms(random: Random): DemoFirm[] {
  const firms: DemoFirm[] = []
  const used = new Set<string>()
  for (const { unit, count, sectors } of neighbourhoods) {
    for (let n = 0; n < count; n++) {
      const leadSector = random.pick(sectors)
      let name = ''
      do
        name = `青榆${random.pick(heads)}${random.pick(['', '', '兴', '华', '诚', '盛'])}${random.pick(tails[leadSector] ?? ['商行'])}`
      while (used.has(name))
      used.add(name)
      const ordinal = firms.length + 1
      const individual = /店|饭庄|民宿|火锅城/.test(name)
      const employees = individual ? random.whole(2, 18) : random.whole(8, 420)
      firms.push({
        unit,
        profile: {
          name,
          creditCode: creditCodeOf(individual ? '92' : '91', '990101', ordinal),
          alternativeKey: null,
          leadSector,
          otherSectors: leadSector !== '消防' && random.chance(40) ? ['消防'] : [],
          size: individual ? 'individual' : employees >= 200 ? 'above-designated' : 'small-micro',
          employees,
          flags: {
            ...noFlags,
            highRisk: leadSector === '危险化学品' || leadSector === '建筑施工',
            crowded: leadSector === '文旅' || /宾馆|超市|学校|养老/.test(name),
            labourIntensive: employees > 200,
            keySupervised: random.chance(12),
          },
          principal: { name: personName(random), phone: phone(random) },
          safetyManager: { name: personName(random), phone: phone(random) },
          address: `青榆区${random.pick(['长堤', '青石', '北塘', '文昌', '迎晖', '竹行'])}路${random.whole(1, 398)}号`,
          position: {
            longitude: 120 + random.whole(0, 9999) / 100_000,
            latitude: 30 + random.whole(0, 9999) / 100_000,
          },
          landlordId: null,
          status: random.chance(95) ? 'operating' : 'suspended',
        },
      })
    }
  }
  return firms
}
