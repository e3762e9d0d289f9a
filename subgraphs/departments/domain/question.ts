import type { MatterKind } from './lexicon.ts'

/** Words that ask what the rules say (咨询). */
const ASKING = [
  /咨询|请问|想问|问一下|问下|想了解|了解一下/,
  /能不能|可不可以|能否|可以.{0,12}吗|能.{0,14}吗|是不是(?!有问题|太|骗|违)|是否|算不算|要不要|用不用|该不该/,
  /(怎么|如何|咋)(办|申请|报名|操作|办理|算|查|交|领|弄|补|计算|认定|处理|维权|登记|预约|缴|报销|备案|提取|转|开|选|走|收费)/,
  /(什么|哪些|啥)(条件|材料|时候|手续|流程|证件|资料|标准|政策|区别|规定|意思|地方|待遇|部门)/,
  /多少|多久|多长时间|(?<![好十百了])几(天|年|倍|点|岁|个月|级)|哪里(办|交|查|领|报)|去哪|找谁|找哪|带什么|要什么|流程$|怎么弄|哪些/,
  /(有没有|有什么|有无).{0,8}(补贴|政策|规定|优惠|限制|要求|办法|条件|区别)/,
  /(?:该|应该|得)(?:去哪|找谁|找哪|问谁|打哪|先打)|先打.{1,10}还是|找.{1,12}还是找|多远|到底(?:收不收|要不要|能不能|该不该|多)|行不行|该去(?:哪|什么)/,
  /合法吗|合理吗|对吗|区别吗|吗\s*[??]|怎么回事|为啥|为什么|呢[??]|\bhow\b|\bwhat\b|\bwhere\b|\bcan i\b/,
]

/** Words that want something done to a thing that is wrong. */
const DEMANDING = [
  /(请|能不能|可否|能否).{0,14}(处理|查处|核实|解决|抢修|整改|督促|修|清理|清运|协调|责令|调查|检查|取缔|恢复|制止|更换|执法|来人|派人|来查|去查|管一?管|立案|改造|批示|测温|退还|赔偿|重视|介入|严查|公示)/,
  /(?:请|帮忙|帮我)[^,。]{0,6}(?:化验|检测|送检|查查|标清|来看看)|查(?:一下|查|清)?(?:为什么|为啥|怎么回事)|赖账|不认账/,
  /要求|投诉|举报|强烈|求管|快来|快让|马上来|赔偿我|退钱|给个说法|到底谁(负责|管)/,
  /没人(管|清|修|理)|不管|拒绝|拒不|敷衍|推诿|扰民|打不通|联系不上|不给(退|修|发|办|开|上|交)|跑路|态度(恶劣|差|很差|不好)|多次反映|反映(过|了).{0,3}次/,
  /建议|希望.{0,14}(处理|优化|增加|尽快|解决|改|修|管|延长|加强|设)|应该.{0,6}(增加|设置|加强)/,
]

/** Words of one thing that is going on, which no article can answer. */
const CONCRETE = [
  /进度|恢复|还没(有)?(来|好|修|办|发|通|回|到账|动工)|到现在|至今|迟迟|[几多百十\d]+户|几点能|什么时候能(来|好|修|通|办下|办理|开工|建成|发|到账|开通|复工)/,
  /第[一二三四五六七八九十\d]+(次|天)/,
  /坏了|漏|堵(了|住|着)|臭|冒|塌|裂|断了|爆|停(了|水|电|暖)|刺鼻|冻/,
]

/** How long it has lasted: a grievance when something is broken, a circumstance when papers are asked about. */
const LASTING = [/[一二两三四五六七八九十多几半\d]+(天|周|个月|年)(了|没)/]

/** Rules that people also ask about for things that go wrong. */
const RULES =
  /规定|标准|条件|材料|政策|法律|合法|流程|手续|办法|几点(到|以后|之前)|哪些|多少|补贴|(怎么|如何)(申请|办理|认定|计算|算|维权|查询|缴|开|报名)/

/**
 * Whether a text asks what the rules say, so that it is answered at once from the knowledge base (R1, R45),
 * and the words that ask. Null when it wants something done.
 */
export function askedFor(text: string, kind: MatterKind): readonly string[] | null {
  const back = takenBack(text)
  if (back !== null) return back
  const asking = matches(text, ASKING)
  if (asking.length === 0) return null
  const demanding = matches(text, DEMANDING).length
  const concrete = occurrences(text, CONCRETE)
  const sums =
    kind === 'service'
      ? asking.length - 1.5 * demanding - concrete
      : rulesAsked(text, demanding, concrete + occurrences(text, LASTING))
  return sums > 0 ? asking : null
}

/** Who only wants to know, says that nothing is wrong, or takes back what was reported. */
const ONLY_ASKING =
  /(?:就|只)(?:是)?(?:想)?(?:问|确认|了解|打听)|想(?:核实|确认|打听|学|教)|万一(?:哪天|以后|将来)|现在没(?:事|漏|坏)|是真的吗|真的假的|提前(?:了解|问)|心里有个底|按规定|(?:好好的|没出事|没事|没被骗|没伤着|没人中毒)[^,。]{0,6}[,。]/
const TAKEN_BACK =
  /撤(?:了吧|单|掉|回)|不用(?:再)?(?:来|派|上门)|别(?:再)?(?:来|派|上门)(?:人)?了?|取消(?:吧|了|刚才|上午)|[按打拨]错|乱拨|看错了/

/** The words that take a report back, or null. */
function takenBack(text: string): readonly string[] | null {
  const words = TAKEN_BACK.exec(text)?.[0]
  return words !== undefined && /没(?:有)?(?:的)?事|错|其实|误会|撤/.test(text) ? [words] : null
}

function rulesAsked(text: string, demanding: number, concrete: number): number {
  return (
    (RULES.test(text) ? 1 : 0) +
    (ONLY_ASKING.test(text) ? 0.8 : 0) +
    (/咨询|请问|能.{0,6}吗/.test(text) ? 0.6 : 0) -
    demanding -
    0.6 * concrete -
    0.5
  )
}

function occurrences(text: string, patterns: readonly RegExp[]): number {
  return patterns.reduce((sum, pattern) => sum + [...text.matchAll(new RegExp(pattern, 'g'))].length, 0)
}

function matches(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => text.match(pattern)?.[0] ?? [])
}
