/** Family names, the common ones of one and two characters, and the signs by which names are masked. */
const FAMILY =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由'
const MASKED = '甲乙丙丁戊己庚辛壬癸某'
const DOUBLE = '(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|司徒|长孙|慕容|夏侯|端木|独孤|百里|呼延)'

const NAME = new RegExp(
  `^(?:${DOUBLE}[\\u4e00-\\u9fff*×xX某]{1,2}|[${FAMILY}${MASKED}][\\u4e00-\\u9fff*×xX某]{1,2}|[${FAMILY}${MASKED}][*×某]{1,3}|[\\u4e00-\\u9fff]{1,2}(?:某{1,2}|[*×xX]{1,3})[甲乙丙丁]?|[老小][${FAMILY}])$`,
)
/** Words of two and three characters that begin like a name and are a post or a unit. */
const NO_NAME =
  /(?:局长|主任|书记|县长|市长|镇长|乡长|区长|部长|院长|校长|所长|站长|经理|董事|厂长|矿长|队长|科长|处长|股长|组长|秘书|委员|主席|干事|科员|单位|部门|企业|公司|街道|社区|负责|领导|成员|人员|全体|安全|应急|消防|公安|教育|交通|住建|城管|市监|文旅|农业|水利|卫健|民政|商务|工信|经信|经发|办公|各镇|各村|各社|中心|办|局|委|部|厅|站|所|队|室|镇|乡|村|区|县|市|处|科|会|长|员|老师|小时)$/

/** Whether the words are the name of a person, white space inside left out. */
export function isPersonName(text: string): boolean {
  const bare = text.replace(/\s+/g, '')
  return bare.length >= 2 && bare.length <= 4 && NAME.test(bare) && !NO_NAME.test(bare)
}
