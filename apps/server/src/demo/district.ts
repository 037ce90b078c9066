/** The invented district 青榆区: its units, its people, and who leads which sector. No name here is anybody's. */
import type { Role, UnitKind } from '@bihuan/domain'

export interface DemoUnit {
  readonly key: string
  readonly kind: UnitKind
  readonly name: string
  readonly parent: string | null
}

export interface DemoPerson {
  readonly loginName: string
  readonly personName: string
  readonly post: string
  readonly unit: string
  readonly role: Role
  /** Shown at start, as a way in for each kind of user. */
  readonly shown: boolean
}

const communities = ['柳荫', '桃溪', '书院', '铁桥', '新民', '果园', '码头', '望湖']
const villages = ['白鹭', '芦塘', '石桥', '下坝']

export const units: readonly DemoUnit[] = [
  { key: 'district', kind: 'district', name: '青榆区', parent: null },
  { key: 'anban', kind: 'safety-committee-office', name: '青榆区安委办', parent: 'district' },
  { key: 'emergency', kind: 'department', name: '青榆区应急管理局', parent: 'district' },
  { key: 'housing', kind: 'department', name: '青榆区住房和城乡建设局', parent: 'district' },
  { key: 'fire', kind: 'department', name: '青榆区消防救援大队', parent: 'district' },
  { key: 'market', kind: 'department', name: '青榆区市场监督管理局', parent: 'district' },
  { key: 'tourism', kind: 'department', name: '青榆区文化和旅游局', parent: 'district' },
  { key: 'park', kind: 'functional-area', name: '云栖产业园', parent: 'district' },
  { key: 'park-committee', kind: 'area-committee', name: '云栖产业园管理委员会', parent: 'park' },
  { key: 'scenic', kind: 'functional-area', name: '松雾山风景区', parent: 'district' },
  { key: 'scenic-committee', kind: 'area-committee', name: '松雾山风景区管理委员会', parent: 'scenic' },
  { key: 'township', kind: 'township', name: '白鹭乡', parent: 'district' },
  ...villages.map((name, index): DemoUnit => ({
    key: `village-${index}`,
    kind: 'village',
    name: `${name}村`,
    parent: 'township',
  })),
  { key: 'street', kind: 'street', name: '柳荫街道', parent: 'district' },
  { key: 'street-office', kind: 'office', name: '柳荫街道公共安全办公室', parent: 'street' },
  ...communities.map((name, index): DemoUnit => ({
    key: `community-${index}`,
    kind: 'community',
    name: `${name}社区`,
    parent: 'street',
  })),
]

/** 责任分工: the lead department of each sector. */
export const leads: Readonly<Record<string, string>> = {
  工贸: 'emergency',
  危险化学品: 'emergency',
  建筑施工: 'housing',
  燃气: 'housing',
  消防: 'fire',
  特种设备: 'market',
  文旅: 'tourism',
}

export const people: readonly DemoPerson[] = [
  { loginName: 'anban', personName: '秦知远', post: '安委办副主任', unit: 'anban', role: 'safety-office', shown: true },
  { loginName: 'anban2', personName: '陆行简', post: '安委办科员', unit: 'anban', role: 'safety-office', shown: false },
  { loginName: 'quzhang', personName: '顾成蹊', post: '副区长', unit: 'district', role: 'leader', shown: true },
  { loginName: 'shencha', personName: '孟照临', post: '责任倒查专员', unit: 'district', role: 'auditor', shown: true },
  {
    loginName: 'yingji',
    personName: '冯砚秋',
    post: '应急管理局执法队长',
    unit: 'emergency',
    role: 'department-officer',
    shown: true,
  },
  {
    loginName: 'yingji2',
    personName: '白清和',
    post: '应急管理局科长',
    unit: 'emergency',
    role: 'safety-office',
    shown: false,
  },
  {
    loginName: 'zhujian',
    personName: '江漱石',
    post: '住建局安监站长',
    unit: 'housing',
    role: 'department-officer',
    shown: false,
  },
  {
    loginName: 'xiaofang',
    personName: '韩霁川',
    post: '消防大队监督员',
    unit: 'fire',
    role: 'department-officer',
    shown: false,
  },
  {
    loginName: 'shijian',
    personName: '乔木森',
    post: '市监局特设科长',
    unit: 'market',
    role: 'department-officer',
    shown: false,
  },
  {
    loginName: 'wenlv',
    personName: '苏望舒',
    post: '文旅局科长',
    unit: 'tourism',
    role: 'department-officer',
    shown: false,
  },
  {
    loginName: 'yuanqu',
    personName: '严子安',
    post: '产业园安全生产部部长',
    unit: 'park-committee',
    role: 'safety-office',
    shown: true,
  },
  {
    loginName: 'yuanqu2',
    personName: '洪北望',
    post: '产业园安全员',
    unit: 'park',
    role: 'territory-officer',
    shown: false,
  },
  {
    loginName: 'jingqu',
    personName: '骆听泉',
    post: '风景区安全科长',
    unit: 'scenic-committee',
    role: 'safety-office',
    shown: true,
  },
  {
    loginName: 'jingqu2',
    personName: '段云岫',
    post: '风景区巡查员',
    unit: 'scenic',
    role: 'territory-officer',
    shown: false,
  },
  {
    loginName: 'xiang',
    personName: '沈百川',
    post: '白鹭乡应急办主任',
    unit: 'township',
    role: 'safety-office',
    shown: true,
  },
  {
    loginName: 'jiedao',
    personName: '叶知秋',
    post: '街道公共安全办公室主任',
    unit: 'street-office',
    role: 'safety-office',
    shown: true,
  },
  ...villages.map((name, index): DemoPerson => ({
    loginName: `cun${index + 1}`,
    personName: ['许长庚', '方小满', '杜春生', '姜禾'][index] ?? '某',
    post: `${name}村安全网格员`,
    unit: `village-${index}`,
    role: 'territory-officer',
    shown: index === 0,
  })),
  ...communities.map((name, index): DemoPerson => ({
    loginName: `shequ${index + 1}`,
    personName: ['梁晚照', '温言', '贺行之', '尹朝露', '罗一舟', '常平', '廖星回', '谭若水'][index] ?? '某',
    post: `${name}社区安全网格员`,
    unit: `community-${index}`,
    role: 'territory-officer',
    shown: index === 0,
  })),
]

/** The places where enterprises stand, how many, and of which sectors. */
export const neighbourhoods: readonly {
  readonly unit: string
  readonly count: number
  readonly sectors: readonly string[]
}[] = [
  { unit: 'park', count: 110, sectors: ['工贸', '工贸', '危险化学品', '特种设备', '建筑施工'] },
  { unit: 'scenic', count: 30, sectors: ['文旅', '文旅', '消防', '特种设备'] },
  ...villages.map((_, index) => ({
    unit: `village-${index}`,
    count: 12,
    sectors: ['工贸', '消防', '建筑施工', '燃气'],
  })),
  ...communities.map((_, index) => ({
    unit: `community-${index}`,
    count: 14,
    sectors: ['消防', '燃气', '消防', '特种设备', '文旅'],
  })),
]
