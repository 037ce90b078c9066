/** What names of places end with; what stands before it must be more than a kind. */
const PLACE =
  /^(?<own>.{2,24}?)(?:公司|集团|[^工]厂|厂|矿|小区|花园|家园|公寓|苑|名邸|府|城|大厦|广场|中心|商场|商城|超市|百货|市场|商业街|步行街|酒店|宾馆|旅馆|饭店|酒楼|餐厅|影院|影城|剧院|网吧|KTV|俱乐部|会所|浴场|加油站|加气站|充电站|气站|门站|储配站|供应站|水电站|变电站|泵站|水厂|电厂|油库|粮库|小学|中学|学校|幼儿园|学院|大学|医院|卫生院|敬老院|养老院|福利院|码头|渡口|车站|客运站|机场|水库|电站|尾矿库|合作社|景区|度假区|度假村|山庄|农家乐|民宿|客栈|古镇|公园|工业园|产业园|物流园|园区|仓库|冷库|号楼|大桥|特大桥|隧道|体育馆|图书馆|博物馆|纪念馆|展览馆|项目部?|工程|标段|工地|车间|油田|养殖场|采石场|屠宰场|加工坊|教堂)(?:（[^（）]{1,16}）)?$/

/** Words of which kinds of places are made; a name has something besides. */
const KINDS =
  /各|所有|全部|有关|相关|重点|部分|其他|大型|中小型|小型|小微|规模以上|高危|危险化学品|危化品?|烟花爆竹|粉尘涉爆|涉氨|工贸|化工|民办|公办|农贸|集贸|商业|商贸|综合|乡镇|农村|城市|城镇|老旧|高层|人员密集|公共|娱乐|在建|建筑|房屋|施工|农家|私人|社会|公立|民营|物流|住宅|居民|生产|经营|旅游|体育|文化|购物|会展|办公|职业|专业|专门|宾馆|饭店|酒店|客运|货运|汽车|社区|服务|便民|学生|职工|集体|油气|加工|批发|零售|仓储|养殖|屠宰|医疗|卫生|教育|培训|宗教|餐饮|住宿|粮食|冷链|港口|轨道|桥梁|隧道|道路|公路|交通|运输|水利|市政|电力|供电|燃气|供水|供热|自来水|污水|垃圾|处理|露天|地下|煤|非煤|金属|非金属|机械|轻工|纺织|木材|家具|食品|电动|自行车|快递|外卖|印染|造纸|印刷|铸造|焚烧|发电|酱腌菜|生物质|剧本|密室|校外|托育|养老|机构|企业|单位|场所|项目|高风险|特种设备|改造|新建|扩建|小学|中学|中小学|寄宿制|完全|中心|第三方|技术|检测|检验|评价|指挥|应急|监管|监督|管理|执法|行政|审批|救援|消防|公安|保障|维修|安装|总承?包|分包|监理|设计|勘察|建设|运营|开发|投资|物业|保险|银行|相应|本|该|每个|等|和|及|与|以及|或|的|类|型|级|大|中|小/g

/** A name of a place of its own: 东湖花园, not 大型商场. */
export function isPlace(text: string): boolean {
  const own = PLACE.exec(text)?.groups?.own
  if (own === undefined || /^由|的|开展|检查|排查|整治|负责|要求|以上|加强|落实|推进|深入/.test(text)) return false
  return own.replace(KINDS, '').length >= 2
}

/** Who acts, and is not looked at. */
const AUTHORITY = /(?:局|委|办|厅|镇|乡|街道|政府|部门|科|股|大队|支队|中队|村|社区|所|站|处|会|组|人员|领导|同志)$/

/** One among names, less plain than they: 县第二人民医院; or, where a number announces all of them, any noun. */
export function isPlaceOfSome(text: string, isCounted: boolean): boolean {
  if (/^[县区市镇乡](?!级|直)/.test(text) && PLACE.test(text) && !/公司$/.test(text)) return true
  return (
    isCounted &&
    text.length >= 2 &&
    text.length <= 24 &&
    !AUTHORITY.test(text) &&
    !/[，。；：]|的|检查|排查|整治|加强/.test(text) &&
    text.replace(KINDS, '').length >= 2
  )
}
