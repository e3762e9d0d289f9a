import type { MatterType } from '@hub/cases/domain/values.ts'

/** What a call can be about: who handles it, when in the year it comes, and how it is told. All of it is invented. */
export interface Subject {
  readonly matter: MatterType
  /** The unit that handles it; DISTRICT is the government of the caller's district. */
  readonly unit: string
  /** A unit that helps with one case in six, where there is one. */
  readonly helper?: string
  /** How often it comes, month by month from January. */
  readonly months: readonly number[]
  /** Whether one event can bring many calls in a few days. */
  readonly bursts?: boolean
  readonly titles: readonly [string, ...string[]]
  readonly told: readonly [string, ...string[]]
}

const always = (weight: number): number[] => Array.from({ length: 12 }, () => weight)
/** Heating lasts from 15 November to 15 March. */
const winter = (weight: number): number[] =>
  [1, 0.9, 0.4, 0, 0, 0, 0, 0, 0, 0.1, 0.9, 1].map((part) => part * weight)
/** Rain falls from June to September. */
const summer = (weight: number): number[] =>
  [0.05, 0.05, 0.1, 0.2, 0.4, 0.9, 1, 1, 0.5, 0.2, 0.1, 0.05].map((part) => part * weight)

export const SUBJECTS: readonly [Subject, ...Subject[]] = [
  {
    matter: 'HELP',
    unit: 'JN-U-HEAT',
    helper: 'DISTRICT',
    months: winter(28),
    bursts: true,
    titles: ['暖气不热', '整栋楼停暖', '室温长期不达标', '供暖管道漏水'],
    told: [
      '暖气一直不热,室内只有14度',
      '整栋楼停暖两天没有人通知',
      '热力站压力低,末端用户家里冰凉',
      '维修人员来过一次仍未解决',
    ],
  },
  {
    matter: 'HELP',
    unit: 'JN-CGJ',
    helper: 'DISTRICT',
    months: summer(14),
    bursts: true,
    titles: ['下雨严重积水', '雨水井堵塞', '内涝车辆无法通行'],
    told: ['每次下雨路面积水没过小腿', '雨水井被淤泥堵死排不出去', '积水倒灌进地下车库'],
  },
  {
    matter: 'HELP',
    unit: 'JN-U-WATER',
    months: always(5),
    bursts: true,
    titles: ['停水没有通知', '自来水发黄', '水压太低'],
    told: ['从昨天晚上开始停水', '水龙头流出来的水发黄有异味', '高层用水高峰时段没有水'],
  },
  {
    matter: 'COMPLAINT',
    unit: 'JN-HBJ',
    helper: 'DISTRICT',
    months: [3, 3, 5, 6, 7, 8, 8, 8, 7, 6, 4, 3],
    titles: ['夜间施工噪声扰民', '工地扬尘污染', '餐饮油烟直排'],
    told: ['工地凌晨还在施工', '渣土没有覆盖到处扬尘', '饭店油烟直排居民窗口', '机器轰鸣声整夜不停'],
  },
  {
    matter: 'COMPLAINT',
    unit: 'JN-JJZD',
    months: always(7),
    titles: ['占用消防通道停车', '路口信号灯配时不合理', '大货车闯禁行'],
    told: ['车辆长期占用消防通道', '早高峰路口堵得水泄不通', '信号灯放行时间太短行人过不去马路'],
  },
  {
    matter: 'HELP',
    unit: 'DISTRICT',
    months: always(9),
    titles: ['垃圾堆积无人清理', '楼道堆放杂物', '路灯不亮', '流浪狗伤人隐患'],
    told: [
      '垃圾堆了好几天臭气熏天',
      '楼道里堆满杂物出行困难',
      '路灯坏了半个月晚上一片漆黑',
      '成群流浪狗追着老人孩子跑',
    ],
  },
  {
    matter: 'COMPLAINT',
    unit: 'DISTRICT',
    helper: 'JN-ZJJ',
    months: always(8),
    titles: ['物业服务差', '电梯故障频发', '物业乱收费', '公共收益不公示'],
    told: [
      '物业收了费却不打扫卫生',
      '电梯三天两头困人',
      '停车费从来不公示去向',
      '维修基金申请了半年没有下文',
    ],
  },
  {
    matter: 'COMPLAINT',
    unit: 'JN-SCJ',
    months: [6, 7, 6, 6, 6, 6, 6, 6, 6, 6, 7, 8],
    titles: ['预付卡退费难', '商品短斤少两', '食品过期仍在销售', '网购退货被拒'],
    told: [
      '办了健身卡商家关门退不了钱',
      '超市卖的食品已经过期',
      '称重短斤少两态度还恶劣',
      '商家拒绝履行七天无理由退货',
    ],
  },
  {
    matter: 'HELP',
    unit: 'JN-RSJ',
    months: [10, 5, 4, 4, 4, 4, 4, 4, 4, 5, 6, 9],
    bursts: true,
    titles: ['拖欠工资', '社保断缴', '工伤认定慢'],
    told: ['工地拖欠三个月工资', '单位没有按时缴纳社保', '工伤材料交上去两个月没有答复'],
  },
  {
    matter: 'CONSULTATION',
    unit: 'JN-JYJ',
    months: [2, 2, 3, 5, 7, 9, 10, 8, 4, 2, 2, 2],
    titles: ['小学入学条件', '学区划分', '转学手续'],
    told: ['想问一下今年小学报名需要什么材料', '外地户口孩子怎么上学', '转学应该找哪个部门'],
  },
  {
    matter: 'CONSULTATION',
    unit: 'JN-YBJ',
    months: [5, 4, 4, 4, 4, 4, 4, 4, 6, 8, 8, 8],
    titles: ['居民医保缴费', '异地就医备案', '门诊报销比例'],
    told: ['居民医保今年交多少钱', '异地住院怎么备案', '门诊慢病报销比例是多少'],
  },
  {
    matter: 'CONSULTATION',
    unit: 'JN-GJJ',
    months: always(5),
    titles: ['公积金提取', '公积金贷款额度', '租房提取条件'],
    told: ['租房能不能提取公积金', '贷款额度怎么算', '离职以后账户怎么处理'],
  },
  {
    matter: 'CONSULTATION',
    unit: 'JN-GAJ',
    months: always(5),
    titles: ['身份证补办', '落户政策', '居住证办理'],
    told: ['身份证丢了怎么补办', '大学毕业生落户需要什么条件', '居住证多久能下来'],
  },
  {
    matter: 'HELP',
    unit: 'JN-U-POWER',
    months: [4, 4, 2, 2, 3, 6, 8, 8, 4, 2, 3, 4],
    bursts: true,
    titles: ['频繁停电', '电压不稳'],
    told: ['一周停了三次电', '电压不稳家电都烧坏了', '停电没有提前通知'],
  },
  {
    matter: 'HELP',
    unit: 'JN-U-GAS',
    months: always(2),
    titles: ['燃气表故障', '燃气开通慢'],
    told: ['燃气表不走字', '预约通气一个月没有人上门'],
  },
  {
    matter: 'SUGGESTION',
    unit: 'JN-U-BUS',
    months: always(4),
    titles: ['增加公交班次', '公交站点调整', '延长末班车'],
    told: ['早高峰等车要二十多分钟', '建议在小区门口设一站', '末班车太早下班赶不上'],
  },
  {
    matter: 'SUGGESTION',
    unit: 'JN-CGJ',
    months: always(3),
    titles: ['增设停车位', '增设公厕', '规划便民菜市场'],
    told: ['建议利用闲置空地建停车场', '附近没有公厕很不方便', '老人买菜要走很远'],
  },
  {
    matter: 'COMPLAINT',
    unit: 'JN-ZGJ',
    helper: 'DISTRICT',
    months: always(3),
    titles: ['违章搭建', '不动产证办理难'],
    told: ['顶楼邻居私自加盖阳光房', '交房五年不动产证还办不下来'],
  },
  {
    matter: 'REPORT',
    unit: 'JN-YJJ',
    helper: 'JN-XFZD',
    months: always(1.2),
    titles: ['仓库存放危险品', '厂房消防通道封堵'],
    told: ['仓库里堆放大量油漆桶没有人管', '厂房把安全出口焊死了'],
  },
  {
    matter: 'COMPLAINT',
    unit: 'JN-WJW',
    months: always(2),
    titles: ['医院收费不透明', '门诊排队时间长'],
    told: ['检查项目收费单看不明白', '挂了号等了三个小时'],
  },
  {
    matter: 'COMPLAINT',
    unit: 'JN-JTJ',
    months: always(2.5),
    titles: ['出租车拒载', '网约车乱收费'],
    told: ['出租车司机拒载还骂人', '网约车绕路多收了一倍的钱'],
  },
  {
    matter: 'HELP',
    unit: 'JN-NYJ',
    helper: 'DISTRICT',
    months: summer(3),
    titles: ['灌溉用水困难', '农产品滞销'],
    told: ['机井坏了庄稼浇不上水', '今年蒜苔卖不出去'],
  },
  {
    matter: 'PRAISE',
    unit: 'DISTRICT',
    months: always(1.5),
    titles: ['表扬社区工作人员', '感谢热心民警'],
    told: ['工作人员上门帮老人办好了手续', '丢失的手机很快就找回来了'],
  },
  {
    matter: 'CONSULTATION',
    unit: 'JN-MZJ',
    months: always(3),
    titles: ['高龄津贴发放', '低保申请条件'],
    told: ['八十岁老人的津贴什么时候发', '低保应该去哪里申请'],
  },
]
