import { departmentsOf, type DepartmentRef } from '@hub/cases/domain/departments.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import { decideRegister } from '@hub/cases/domain/register.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import type { FieldCipher } from '@hub/kit/crypt.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import { Calls, type Call } from './call.ts'
import { callersFor, type Person } from './callers.ts'
import { goOn } from './course.ts'
import { diceOf, type Dice } from './dice.ts'
import { idMaker } from './ids.ts'
import { actorAs, Life, type World } from './life.ts'
import { planner, type Article } from './plan.ts'
import { dailyVolume, timesOfDay } from './volume.ts'
import { wordsReader } from './words.ts'

export interface Generation {
  readonly cases: number
  readonly since: Day
  readonly now: Date
  readonly units: readonly DepartmentRef[]
  readonly articles: readonly Article[]
  readonly cipher: FieldCipher
}

/** One invented case with all that happened to it, as the rules of the cases room decided. */
export interface GeneratedCase {
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
  readonly words: ReadonlySet<string>
  /** Null for whoever kept their name back. */
  readonly person: Person | null
}

const SEED = 12_345
const MINUTE = 60_000
const portal = (district: string) => actorAs('PORTAL', `portal:${district}`, { district })
const operator = actorAs('OPERATOR', 'operator')
const AT_PORTALS: ReadonlySet<Call['channel']> = new Set(['APP', 'WECHAT'])

/** Invented cases from a day until now, in the order of their numbers: the same ones for the same arguments. */
export function* generateCases(generation: Generation): Generator<GeneratedCase> {
  const { cases, since, now, units, articles, cipher } = generation
  const dice = diceOf(SEED)
  const calendar = quick(chineseCalendar())
  const world: World = { now, calendar, departments: departmentsOf(units), newId: idMaker(dice) }
  const callerOf = callersFor(cases, cipher, dice)
  const planOf = planner(units, articles, dice)
  const wordsOf = wordsReader()
  const calls = new Calls(dice)
  for (const [day, count] of dailyVolume(cases, since, dayOf(now), calendar, dice)) {
    calls.beginDay(day)
    const times = timesOfDay(day, count, dice)
    for (const [index, time] of times.entries()) {
      const person = dice.chance(0.04) ? null : callerOf()
      const call = calls.next((own) => saidBy(person, own))
      const number = `JN-${day.replaceAll('-', '')}-${String(index + 1).padStart(6, '0')}`
      // Of the last day, what lies ahead came in a moment ago.
      const registered = new Date(Math.min(time, now.getTime()))
      const life = new Life(world)
      register(life, { number, call, person, registered }, dice)
      goOn(life, planOf(call, registered, person !== null), dice)
      yield { state: life.state, events: life.events, words: wordsOf(call.sentences), person }
    }
  }
}

/** Working days are asked for millions of times, and are a few thousand. */
function quick(calendar: Calendar): Calendar {
  const known = new Map<Day, boolean>()
  return {
    ...calendar,
    isWorkingDay(day) {
      const isWorked = known.get(day) ?? calendar.isWorkingDay(day)
      known.set(day, isWorked)
      return isWorked
    },
  }
}

/** A few name their phone in the middle of it: what is found by text must not show it. */
function saidBy(person: Person | null, dice: Dice): readonly string[] {
  return person?.phone && dice.chance(0.01) ? [`我的电话是${person.phone}`] : []
}

interface Registration {
  readonly number: string
  readonly call: Call
  readonly person: Person | null
  readonly registered: Date
}

function register(life: Life, { number, call, person, registered }: Registration, dice: Dice): void {
  const { title, content, channel, matterType, urgency, place } = call
  const minutes = channel === 'MAYOR_MAILBOX' ? dice.between(30, 1200) : dice.between(2, 9)
  const actor = AT_PORTALS.has(channel) ? portal(place.district) : operator
  life.happen(registered, actor, (context) =>
    decideRegister(
      {
        number,
        title,
        content,
        channel,
        matterType,
        urgency,
        callerType: dice.chance(0.04) ? 'LEGAL_PERSON' : 'NATURAL_PERSON',
        anonymous: person === null,
        callerName: person?.name,
        callerPhone: person?.phone,
        district: place.district,
        receivedAt: new Date(registered.getTime() - minutes * MINUTE),
      },
      context,
    ),
  )
}
