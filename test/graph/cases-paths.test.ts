import { schema } from '@hub/cases/graph/schema.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { parse, subscribe } from 'graphql'
import { describe, expect, it } from 'vitest'
import { LIXIA, office, openDesk } from '../support/cases-desk.ts'
import { eventfulCase, viewers } from '../support/cases-sight.ts'

const desk = await openDesk()
const { ask, contextFor, database } = desk
const before = await cursorOf(LIXIA)
const number = await eventfulCase(desk)
const [merged = ''] = await numbersWhere(`merged_into = '${number}'`)
const assignment = await desk.taskOf(number, LIXIA)

async function numbersWhere(condition: string): Promise<string[]> {
  const rows = await database.sql.unsafe<{ number: string }[]>(`select number from "case" where ${condition}`)
  return rows.map((row) => row.number)
}

async function cursorOf(department: string): Promise<string> {
  // An earlier case opens the stream, so that there is a place to go on from.
  await desk.dispatch(await desk.register(), [department])
  const asked = 'query ($d: ID!) { assignments(department: $d, first: 1) { streamCursor } }'
  const { data } = await ask(office, asked, { d: department })
  return (data?.['assignments'] as { streamCursor: string } | undefined)?.streamCursor ?? ''
}

const WHAT = '... on Case { number title content caller { name organisation phone } }'
const WHAT_OF_CASE = '{ number title content caller { name organisation phone } }'

/** Ways to the same case other than by its number. */
const paths: Readonly<Record<string, string>> = {
  'a list': `{ cases(first: 100) { nodes ${WHAT_OF_CASE} } }`,
  'the entity of a case': `{ _entities(representations: [{ __typename: "Case", number: "${number}" }]) { ${WHAT} } }`,
  'the entity of an assignment': `{ _entities(representations: [{ __typename: "Assignment", id: "${assignment}" }]) { ... on Assignment { case ${WHAT_OF_CASE} } } }`,
  'an assignment': `{ assignment(id: "${assignment}") { case ${WHAT_OF_CASE} } }`,
  'the list of a unit': `{ assignments(department: "${LIXIA}", first: 100) { nodes { case ${WHAT_OF_CASE} } } }`,
  'like cases': `{ similarCases(title: "路面塌陷", content: "解放路塌陷,路面塌陷", first: 50) { case ${WHAT_OF_CASE} } }`,
  'the case joined to it': `{ case(number: "${merged}") { mergedInto ${WHAT_OF_CASE} } }`,
  'its own assignments and back': `{ case(number: "${number}") { assignments { case ${WHAT_OF_CASE} } } }`,
}

/** Every object in an answer that is this case. */
function found(answer: unknown): unknown[] {
  if (answer === null || typeof answer !== 'object') return []
  if (Reflect.get(answer, 'number') === number && 'content' in answer) return [answer]
  return Object.values(answer).flatMap(found)
}

async function direct(who: (typeof viewers)[string]): Promise<unknown> {
  const { data } = await ask(who, `{ case(number: "${number}") ${WHAT_OF_CASE} }`)
  return data?.['case'] ?? null
}

/** The case as the first event of the unit shows it; nothing when the stream is refused. */
async function followed(who: Caller): Promise<unknown[]> {
  const document = parse(
    `subscription { assignmentEvents(department: "${LIXIA}", after: "${before}") { assignment { case ${WHAT_OF_CASE} } } }`,
  )
  const events = await subscribe({ schema, document, contextValue: contextFor(who) })
  if (!(Symbol.asyncIterator in events)) return []
  const { value } = await events.next()
  await events.return?.(undefined)
  return found(value)
}

describe.each(Object.entries(viewers))('the %s', (name, who) => {
  it.each(Object.entries(paths))(
    'sees by way of %s what the case itself shows, or nothing (R5)',
    async (_path, query) => {
      const own = await direct(who)
      const { data } = await ask(who, query)
      const seen = found(data)
      expect(new Set(seen.map((one) => JSON.stringify(one))).isSubsetOf(new Set([JSON.stringify(own)]))).toBe(
        true,
      )
      expect(seen.length > 0 || name !== 'office').toBe(true)
    },
  )

  it('follows the events of the unit and sees in each what the case itself shows, or is refused (R5)', async () => {
    const own = await direct(who)
    const mayFollow = ['office', 'operator', 'lead unit', 'admin'].includes(name)
    expect((await followed(who)).map((one) => JSON.stringify(one))).toEqual(
      mayFollow ? [JSON.stringify(own)] : [],
    )
  })
})
