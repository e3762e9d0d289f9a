import type { Channel, MatterType, Urgency } from '@hub/cases/domain/values.ts'
import type { Day } from '@hub/kit/day.ts'
import type { Dice } from './dice.ts'
import { placeOf, type Place } from './places.ts'
import { SUBJECTS, type Subject } from './subjects.ts'

/** What somebody calls about, and how it is told. */
export interface Call {
  readonly subject: Subject
  readonly place: Place
  readonly title: string
  readonly content: string
  /** Title and content as sentences: a mark stands between any two. */
  readonly sentences: readonly string[]
  readonly channel: Channel
  readonly matterType: MatterType
  readonly urgency: Urgency
}

const CHANNELS: readonly (readonly [Channel, number])[] = [
  ['PHONE', 68],
  ['WECHAT', 12],
  ['APP', 9],
  ['MAYOR_MAILBOX', 4],
  ['SMS', 2],
  ['WEIBO', 2],
  ['OTHER', 3],
]

const FURTHER: readonly [string, ...string[]] = [
  '家里有老人和孩子',
  '打过几次电话都说在排查',
  '已经持续一周了',
  '周围邻居都有同样的情况',
  '影响正常生活',
  '之前反映过一次没有结果',
  '晚上尤其严重',
  '存在安全隐患',
  '群里已经有几十户业主在说',
  '拍了照片和视频可以提供',
]
const CLOSING: readonly [string, ...string[]] = [
  '希望尽快派人处理',
  '请相关部门核实',
  '请给个明确答复',
  '麻烦尽快解决',
  '请回电告知结果',
]

/** Something that makes many people call about one place for a few days. */
interface HotTopic {
  readonly subject: Subject
  readonly place: Place
  daysLeft: number
}

const HOT_SHARE = 0.08
const HOT_EACH_DAY = 0.3

/** The calls of a city, day by day: by the season, and with topics that run hot for a few days. */
export class Calls {
  private readonly dice: Dice
  private hot: HotTopic[] = []
  private ofMonth: readonly (readonly [Subject, number])[] = []

  constructor(dice: Dice) {
    this.dice = dice
  }

  beginDay(day: Day): void {
    const month = Number(day.slice(5, 7)) - 1
    this.ofMonth = SUBJECTS.map((subject) => [subject, subject.months[month] ?? 0] as const)
    for (const topic of this.hot) topic.daysLeft -= 1
    this.hot = this.hot.filter(({ daysLeft }) => daysLeft > 0)
    if (!this.dice.chance(HOT_EACH_DAY)) return
    const subject = this.dice.weigh(this.ofMonth.filter(([{ bursts }]) => bursts === true))
    this.hot.push({ subject, place: placeOf(this.dice), daysLeft: Math.ceil(this.dice.between(1, 5)) })
  }

  /** The next call; `own` is what only this caller adds. */
  next(own: (dice: Dice) => readonly string[]): Call {
    const { dice } = this
    const [first, ...others] = this.hot
    const { subject, place } =
      first && dice.chance(HOT_SHARE)
        ? dice.pick([first, ...others])
        : { subject: dice.weigh(this.ofMonth), place: placeOf(dice) }
    const headline = dice.pick(subject.titles)
    const body = [
      `我住在${place.district}${place.name}`,
      dice.pick(subject.told),
      ...this.further(),
      ...own(dice),
      dice.pick(CLOSING),
    ]
    return {
      subject,
      place,
      title: `${place.name}:${headline}`,
      content: `${body.join(',')}。`,
      sentences: [place.name, headline, ...body],
      channel: dice.weigh(CHANNELS),
      matterType: subject.matter,
      urgency: dice.chance(0.06) ? 'URGENT' : 'NORMAL',
    }
  }

  private further(): string[] {
    const { dice } = this
    const house = dice.chance(0.2)
      ? [`${Math.ceil(dice.next() * 30)}号楼${Math.ceil(dice.next() * 4)}单元`]
      : []
    const said = new Set(Array.from({ length: Math.floor(dice.between(0, 4)) }, () => dice.pick(FURTHER)))
    return [...house, ...said]
  }
}
