import { randomUUID } from 'node:crypto'
import type { Caller } from '@hub/kit/caller.ts'
import { appendEvents, type NewEvent } from '@hub/kit/event-log.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { Acting } from '../domain/acting.ts'
import { refuse } from '../domain/errors.ts'
import { isId } from '../domain/id.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import {
  decideConfirm,
  decideProposals,
  decideTopicEnd,
  knownWindows,
  risesOf,
  windowOn,
  type Topic,
} from '../domain/topic.ts'
import { holdSubject } from '../store/requests.ts'
import { countForTopics, findFirstDay, listCurrentTopics, lockTopic, saveTopics } from '../store/topics.ts'
import { actingOf, carryOut, type Room } from './run.ts'

/** Looks for what rises beyond its baseline and proposes it; answers what is proposed now (R76). */
export async function proposeTopics(tx: Tx, acting: Acting): Promise<Topic[]> {
  await holdSubject(tx, 'proposeTopics')
  const rule = acting.policy.topics
  const window = windowOn(acting.today, rule)
  const windows = knownWindows(await findFirstDay(tx), window, rule)
  const rises = risesOf(await countForTopics(tx, window, rule.leastCases), windows, rule)
  const known = await listCurrentTopics(tx, window.from)
  const proposed = decideProposals(rises, known, window, acting)
  await saveTopics(tx, proposed)
  const fresh = proposed.filter(({ id }) => !known.some((topic) => topic.id === id))
  await appendEvents(
    tx,
    fresh.map((topic) => eventOf('TopicProposed', topic, acting.now)),
  )
  return proposed
}

/** The office looks for topics at once. Sent twice it proposes nothing new. */
export async function lookForTopics(room: Room, caller: Caller): Promise<Topic[]> {
  const proposed = await room.database.orm.transaction((tx) => proposeTopics(tx, actingOf(room, caller)))
  room.ring()
  return proposed
}

export interface ConfirmInput {
  readonly topic: string
  readonly title: string
  readonly summary: string
}

/** A person confirms a proposal. */
export function confirmTopic(room: Room, caller: Caller, input: ConfirmInput): Promise<string> {
  const { topic: id } = input
  return carryOut(room, caller, { operation: 'confirmTopic', input, subject: id }, async (tx, acting) => {
    const row = decideConfirm(await getTopic(tx, id), input, acting)
    await saveTopics(tx, [row])
    return { id, events: [eventOf('TopicConfirmed', row, acting.now)] }
  })
}

export interface EndTopicInput {
  readonly topic: string
  readonly dismissed: boolean
  readonly conclusion: string
}

/** A person dismisses a proposal or closes a topic. */
export function endTopic(room: Room, caller: Caller, input: EndTopicInput): Promise<string> {
  const { topic: id } = input
  return carryOut(room, caller, { operation: 'endTopic', input, subject: id }, async (tx, acting) => {
    const row = decideTopicEnd(await getTopic(tx, id), input, acting)
    await saveTopics(tx, [row])
    return { id, events: [eventOf('TopicEnded', row, acting.now)] }
  })
}

/** A topic that is there. */
export async function getTopic(db: Db, topic: string): Promise<Topic> {
  const row = isId(topic) ? await lockTopic(db, topic) : null
  if (!row) throw refuse('TOPIC_NOT_FOUND', { topic })
  return row
}

function eventOf(kind: string, { id, status, district, matterType, department }: Topic, at: Date): NewEvent {
  const data = { topic: id, status, district, matterType, department }
  return { stream: SUPERVISION_STREAM, eventId: randomUUID(), kind, at, data }
}
