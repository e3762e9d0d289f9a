import { describe, expect, it } from 'vitest'
import { assessUrgency } from '@hub/cases/domain/urgency.ts'

const urgencyOf = (content: string, title = ''): string => assessUrgency(title, content).urgency
const lines = (text: string): string[] => text.trim().split('\n')

const EMERGENCIES = lines(`
楼道里煤气味特别重,三楼有人喊头晕
施工把天然气管道挖漏了,呲呲往外喷
隔壁饭店后厨着了,火苗窜到二楼了
仓库冒黑烟,里面有液化气罐
电梯里困了三个人,其中有个孕妇喘不上气
我被关在电梯里了,按铃没人理
孩子被反锁在车里,太阳底下晒着
四岁孩子爬到十楼窗户外面了
有人站在楼顶边上要往下跳
我丈夫拿菜刀要砍我,我躲在厕所里
家里老人倒在地上叫不醒
路面突然塌了个大洞,一辆车掉进去了
工地塔吊倒了,压住人了
幼儿园二十多个孩子吃完午饭集体呕吐
河里有人溺水了
小区变压器爆炸起火,居民都跑出来了
高压线断了掉在路中间,火花四溅
化工厂有罐子漏了,黄烟往居民区飘
运硫酸的罐车翻了,液体流了一地
老房子墙快倒了,里面还住着两个老人
山上石头滚下来砸中一辆面包车
地下车库进水已经淹到胸口,有人没出来
有人在学校门口拿刀追学生
我不想活了,药已经吃了
老板欠薪,工友爬上塔吊说不给钱就跳
我女儿发来遗书,人联系不上
井里掉进去一个小孩
邻居一家一氧化碳中毒昏迷了
加油站漏油,味道很大,旁边有人抽烟
大桥护栏断了,车悬在半空
脚手架塌了,有工人埋在下面
家里起火了快来
救命啊有人杀人
楼裂了口子还在往下沉,住户都不敢进去
暴雨山洪把进村的路冲断了,村里二十多人出不来
养老院着火
有个男的正在打孩子,孩子满脸是血
公交车上有人放火
商场扶梯夹住孩子的手
水库大坝在渗水,有裂缝越来越大
一群人拿着钢管在饭店门口打起来了
有人往水井里投毒
玻璃幕墙掉下来砸伤人了
发现一枚炮弹
冷库氨气泄漏,工人往外跑
歹徒挟持了一个女的
孩子吃了老鼠药口吐白沫
泳池里孩子沉底了
家里煤气灶没关住,满屋子气味,我头晕想吐
学生在教室晕倒了没呼吸
小区门口地上冒热气塌了个坑,有人掉进去烫伤
锅炉房要炸了,压力表到顶了
楼下烧烤店煤气罐着火了
墙体开裂严重,楼体倾斜,专家说随时可能垮
有人触电倒在积水里
Help! there is a gas leak in my building
厂房顶棚被雪压塌了,里面有人
有小孩被锁在家里,屋里冒烟
地铁口电梯突然倒转好多人摔倒
我爸拿刀砍我妈,流了好多血
`)

/** Denied, supposed, asked about, over, or merely worded alike. */
const NO_EMERGENCIES = lines(`
上周的燃气泄漏已修好,想问问赔偿找谁
去年我们楼着过火,希望加装消防设施
电动车在楼道充电,万一起火后果不堪设想
会不会发生爆炸,我们很担心
没有人受伤,就是想反映路口标线不清
请问家里燃气泄漏应该怎么处理,有什么规定
咨询房屋倒塌保险怎么赔
学校组织了防火演练吗
消防通道被堵,一旦着火消防车进不来
电梯坏了一个月,担心老人被困
电梯昨天困了人,已经救出来了,要求检修
广告说跳楼价,虚假宣传
河边没有护栏,容易有孩子落水
希望增加防溺水宣传
高空抛物差点砸到人
树枝快碰到电线了,怕漏电
饭店油烟大,熏得头晕
工厂烟囱冒黑烟,味道刺鼻
烧秸秆浓烟滚滚
邻居家暴我去年报过警,想离婚怎么起诉
工资三个月没发,日子过不下去
我妈心脏病要做手术,医保能报多少
楼上漏水把天花板泡塌了一小块
井盖松动,骑车的人差点掉进去
孩子在学校被同学打了
之前有人触电死亡,要求把电线杆迁走
消火栓没水,有火灾隐患
小区有火灾隐患,飞线充电
燃气公司安检收费合理吗
煤气费怎么交
轮胎漏气被4S店宰了
车位窄,车卡在里面出不来
证办不下来,卡在审核
公司倒闭,工人被困难拖住
外墙瓷砖松动有坠落风险
请加强危化品车辆管理,防止泄漏事故
建议在湖边设置救生圈,以防溺水
昨晚隔壁着火,已经扑灭,没有人员伤亡,请查原因
食物中毒怎么索赔
我想咨询工伤死亡赔偿标准
误报了,没有着火
井盖缺失,晚上看不见
楼顶漏雨多年
不是燃气泄漏,是下水道反味
剧本杀店有暴力内容
停电一整天了
暖气爆裂水流一地
抖音上看到有人说要地震,是真的吗
老旧电线裸露存在触电风险
前年塌方的路到现在没修好
孩子在游泳馆差点溺水,要求退卡
充电桩着火新闻里看了害怕,反对在地下车库装
丈夫打我,已经分居,想咨询离婚
邻居养的狗咬伤孩子
渣土车超速,早晚要出人命
化工厂搬迁计划什么时候
请问地震避难场所在哪
小区要拆了,住户被困扰很久
夜里施工吵得心脏病都要犯了
你们再不管我就去跳楼价买房
`)

describe('words that point to danger for life or property', () => {
  it.each(EMERGENCIES)('make it critical, with the words as reason: %s (R56)', (content) => {
    const { urgency, reasons } = assessUrgency('', content)
    expect(urgency).toBe('CRITICAL')
    for (const reason of reasons) expect(content.toLowerCase()).toContain(/“(.+)”/.exec(reason)?.[1])
    expect(reasons.length).toBeGreaterThan(0)
  })

  it.each(NO_EMERGENCIES)('do not when nothing is in danger now: %s (R56)', (content) => {
    expect(urgencyOf(content)).not.toBe('CRITICAL')
  })

  it('count in the title as in the text, and however they are written', () => {
    expect(urgencyOf('', '楼道里着火了')).toBe('CRITICAL')
    expect(urgencyOf('楼道\u200b着\u202e火了')).toBe('CRITICAL')
    expect(urgencyOf('ＧＡＳ　ＬＥＡＫ in the hall')).toBe('CRITICAL')
  })

  it('are heard again when what was mended has broken again (R56)', () => {
    expect(urgencyOf('上周的燃气泄漏已修好')).not.toBe('CRITICAL')
    expect(urgencyOf('上周的燃气泄漏修好了,今天又漏气了')).toBe('CRITICAL')
  })
})

describe('distress that cannot wait, and what can', () => {
  it.each([
    ['整个小区停暖三天了,老人孩子冻得不行', 'URGENT'],
    ['从昨晚开始停水,做饭都没水', 'URGENT'],
    ['拖欠农民工工资四个月', 'URGENT'],
    ['污水倒灌进一楼住户家里', 'URGENT'],
    ['电梯异响,检验过期', 'URGENT'],
    ['消防通道被私家车堵死', 'URGENT'],
    ['我们两百多名司机联名,再不解决就停运', 'URGENT'],
    ['请问高龄津贴怎么申请', 'NORMAL'],
    ['路灯不亮', 'NORMAL'],
    ['楼上邻居晚上跳绳', 'NORMAL'],
    ['', 'NORMAL'],
  ])('%s → %s', (content, urgency) => {
    expect(urgencyOf(content)).toBe(urgency)
  })

  it('are told from a long text without delay', () => {
    const started = performance.now()
    expect(urgencyOf('路灯不亮,请维修。'.repeat(2000))).toBe('NORMAL')
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
