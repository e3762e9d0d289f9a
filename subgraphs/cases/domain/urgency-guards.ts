/** What takes the danger out of dangerous words: denial, supposition, the past, an end, a lesson. */

const CLAUSE = /[^,,。!!??;;\n]+[,,。!!??;;\n]?/g

const DENIED = /(?:没有?|未|并非|不是|并没有|无|没人|无人|不存在|排除了?|尚未|从未|不曾|不会)[^,,]{0,4}$/
const SUPPOSED =
  /(?:如果|假如|要是|万一|倘若|假设|一旦|会不会|是否会?|是不是会|能不能|(?<!可)怕|担心|担忧|害怕|唯恐|容易|(?<![交贸简轻不])易|以防|避免|防止|预防|谨防|杜绝|严防|可能(?:会|引发|导致|造成|发生)|会(?:引发|引起|导致|造成|发生)|引发|导致|造成|引起|随时会?|迟早|早晚|存在|有.{0,4}(?:风险|可能)|差点|险些|差一点|真要|要真|真着(?=起|$))[^,,。]{0,12}$/
const SUPPOSED_AFTER =
  /^(?:(?:至今)?(?:还)?(?:未|没)(?:修|清|处理|恢复|赔|通)|后(?:一直|至今|没|未|现场|留下)|的?(?:赔偿|原因|事故责任))|^.{0,6}(?:隐患|风险|谁负责|算谁|谁担责|的?可能|怎么办|预防|演练|逃生|知识|常识|保险|预案|通道|应急处置办法|如何|怎么(?:处理|预防|赔|索赔|避免|办|自救|报))/
/** A supposition in the middle of what was found. */
const SUPPOSED_WITHIN = /万一|如果|一旦|要是|防止|避免|预防|以防|会不会|担心|怕|容易|差点|险些|建议/
/** A denial in the middle of what was found: 门口没淹. */
export const DENIED_WITHIN =
  /(?:没有?|未|不会|没被|没人)(?:被)?(?:淹|砸|伤|烧|埋|困|压|撞|塌|倒|触电|中毒|晕|昏|漏|着火|起火|爆|炸|掉|冲|坠|死|流血|出血|受伤)/
/** What is said and then taken back as a manner of speaking. */
const NOT_MEANT =
  /(?<!不是|没有?|别|以为我?)开(?:个)?玩笑(?:的|而已|罢了)|(?<!不)是(?:句)?(?:气话|玩笑)|说着玩|打个比方/
/** A thing that fell is no person who fell. */
const THING =
  /(?:证|手机|钥匙|[书钱背挎]包|戒指|项链|耳[机环]|眼镜|(?:银行|公交|校园|饭)卡|快递)(?:刚才?|刚刚|不小心|不慎|也|都|一下子?|给|被我?)*$/
const FELL = /^[掉滑跌落]/
/** Praise tells of a danger that was mastered. */
const PRAISED = /表扬|感谢|致谢|锦旗|点赞/
const LESSON =
  /演练|宣传|培训|讲座|网上传|视频(?:是|里)|谣言|是真的吗|传言|报警装置|报警器(?!.{0,6}响)|加装|抚恤|科普|电影|电视|小说|新闻(?:里|上|说|报道)|条例|预案|保险|听说别|网上看|游戏里|剧本|剧组|拍(?:戏|电影|短剧)|彩排|作文/
/** Hearsay, and what is taught. */
const HEARSAY =
  /是真的吗|真的假的|谣|听(?:人)?说[^,。]{0,12}(?:会|死|有人)|是不是该|该不该|体检|职业(?:病|中毒)|(?:开展|加强|增加|组织|进行|希望|建议)[^,。]{0,12}(?:教育|宣传|培训|演练|巡查|检查|排查)/
/** Who asks for money, papers or an answer speaks of what is done. */
const CLAIMED =
  /(?:要求|申请|索要|咨询|拒绝|拒不|不肯|不愿|没有?|不|怎么|谁来|如何|至今|尚未|要|给)[^,。]{0,4}(?:赔|补偿|退款|退费|退钱|抚恤|医药费|医疗费|报销)|赔不赔|谁赔|该谁|住了?院|出院|康复|没有?责任|(?:校方|厂家|店家|保险|物业|单位|医院)[^,。]{0,4}(?:说|称|推|不认|不管)|走保险|互相推|(?:给|要|讨)(?:个|一?个)?说法|工伤|伤残|责任认定|全责|(?:处理|调查|鉴定|认定)结果|判(?:决|刑|了)|立案|去世|遗体|丧葬|善后|后遗症|做完.{0,6}手术/
/** What goes on day after day is a nuisance, however strong the words. */
const HABITUAL =
  /天天|每天|每晚|每到|一过[^,。]{1,4}[点时]就|一到(?:夜|晚|下雨|夏|冬|周末|饭点)|经常|总是|老是|长期|常年|长年|多年|时不时|动不动|隔三[差岔]五|一直以来|连着[^,。]{1,4}[天周月]|好几(?:天|周|个月)|[半两三四五六七八九十几\d]+(?:个)?(?:月|年|周|星期|多月)(?:了|没)/
const SUGGESTED = /建议[^,。]{0,16}(?:设|增|加|完善|建|装|优化|封|整理|改)/
const NOT_NOW: readonly RegExp[] = [HEARSAY, CLAIMED, HABITUAL, SUGGESTED]
/** What nobody says who looks back. */
const PRESENT =
  /正在|正(?:冒|着|烧|漏|打|往|拿|追|喊)|刚才|刚刚|现在(?!(?:还)?(?:没|都没|已|伤残|想|要求|下|不)|的)|还在(?!处理|走|等|住院|治疗|协商|拖|调查)|救命|救救|快(?:来|派|叫|让|救)|赶紧|赶快|又(?:漏|着|冒|塌|困|炸|淹)|今天(?:听|突然|早上|早晨|下午)/
const ASKED = /咨询|请问|想了解|想问|了解一下|怎么赔|如何赔|索赔|理赔|伤残认定|伤残鉴定|要求赔偿/
const PAST =
  /上周|上个?(?:月|星期|礼拜)|上次|上回|去年|前年|大前天|前天|前几天|前段时间|前不久|之前|曾经?|以前|早些时候|早年|当年|当时|小时候|历史上|往年|[一二三四五六七八九十两几\d]+(?:年|个?月|周|天|日)(?:之?前|以前)|20[01]\d年|202[0-5]年|那(?:次|年|回|天)|(?:困|塌|着|爆|漏|伤|淹|掉)过|发生过|出过/
const NOW =
  /(?<!到)现在(?!已经?)|正在|正(?:冒|着|烧|漏|打|往)|还在|仍(?:然|在)?|一直(?:在|冒|漏)|到现在(?!(?:都|还|也)?没)|刚才|刚刚|突然|马上|快(?:来|派|让|点|去|救)|赶紧|赶快|立即|救命|今早|今天|今晚|眼下|越来越|又(?:漏|着|冒|塌|困|开始|出现|发生|闻)|再次|还没(?!修|赔|给|解决|处理|恢复|清|通)|还有|有人(?:要|在|正)/
const ENDED =
  /(?:已经?|现在|目前|都|后来|终于|当场|及时)?.{0,6}(?:修好|扑灭|灭掉|熄灭|灭了|灭火了|救出|脱险|脱离危险|排除|恢复正常|处理完|处理好|处置完|解决了|解除|没事了|好了|平安|找到了|找回来|送医治疗|止住|关掉了|已?修复|修复完)|虚惊一场|误报/
const AGAIN = /又|再次|再一次|还在|仍|依然|反复|还没|没修好|没解决|没处理/

/** The clauses of a plain text, with their punctuation. */
export function clausesOf(text: string): string[] {
  return text.match(CLAUSE) ?? []
}

/**
 * Whether the words found at a place of a clause tell of no danger here and now. What is only distress (`lasting`)
 * may well have begun long ago.
 */
export function isHarmless(
  clauses: readonly string[],
  index: number,
  at: number,
  words: string,
  lasting: boolean,
): boolean {
  const clause = clauses[index] ?? ''
  const before = clause.slice(0, at)
  const after = clause.slice(at + words.length)
  if (DENIED.test(before) || SUPPOSED.test(before) || SUPPOSED_AFTER.test(after)) return true
  if (THING.test(before) && FELL.test(words)) return true
  if (LESSON.test(clause) || SUPPOSED_WITHIN.test(words) || DENIED_WITHIN.test(words)) return true
  const whole = clauses.join('')
  if (PRAISED.test(whole) && !PRESENT.test(whole)) return true
  if (isTakenBack(clauses, index)) return true
  const isNow = NOW.test(clause) || NOW.test(clauses[index + 1] ?? '') || NOW.test(clauses[index - 1] ?? '')
  if (!lasting && isNotNow(whole)) return true
  if (ASKED.test(whole) && !NOW.test(whole) && !HERE.test(whole)) return true
  if (isOver(clauses, index)) return true
  return !lasting && isPast(clauses, index) && !isNow
}

/** Whether a whole text speaks of hearsay, claims, habits or suggestions, and of nothing that is going on. */
export function isNotNow(text: string): boolean {
  return !PRESENT.test(text) && NOT_NOW.some((pattern) => pattern.test(text))
}

/** Words of somebody who stands beside it. */
const HERE = /我家|家里|我们(?:楼|小区|单元|村|厂|学校|这)|楼里|楼道|这边|这里|门口|隔壁|楼上|楼下|很浓|快/

/** Whether what a clause says is taken back in it or soon after. */
function isTakenBack(clauses: readonly string[], index: number): boolean {
  const told = clauses.slice(index, index + 3).join('')
  return NOT_MEANT.test(told) && !PRESENT.test(told)
}

/** A past said before the danger in its own clause, or in the clause that leads to it. */
function isPast(clauses: readonly string[], index: number): boolean {
  return PAST.test(clauses[index] ?? '') || PAST.test(clauses[index - 1] ?? '')
}

function isOver(clauses: readonly string[], index: number): boolean {
  const rest = clauses.slice(index, index + 4).join('')
  const ended = ENDED.exec(rest)
  if (!ended) return false
  const denied =
    /(?:没|未|不|无法|还没)(?:有|能)?.{0,3}$/.test(rest.slice(0, ended.index)) ||
    /没(?!事)|未(?!来)/.test(ended[0])
  return !denied && !AGAIN.test(rest.slice(ended.index + ended[0].length)) && !AGAIN.test(ended[0])
}
