import { singleCursor } from '@hub/kit/event-cursor.ts'
import { appendEvents, readHeads, type NewEvent } from '@hub/kit/event-log.ts'
import { acknowledgeAssignments } from '@hub/cases/commands/acknowledge-assignments.ts'
import { findAcknowledged } from '@hub/cases/store/stream-acknowledgements.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { aCaller, startCasesServer } from '../support/cases-server.ts'
import { waitUntil } from '../support/wait-until.ts'

const cases = await startCasesServer()
const { database } = cases
afterAll(() => cases.stop())

beforeAll(async () => {
  await database.sql`insert into department_ref (code, name, parent, accepts_dispatch) values
    ('GOV', '市政府', null, false), ('DISTRICT', '区', 'GOV', true), ('STREET', '街道', 'DISTRICT', true),
    ('WATER', '水务', 'GOV', true)`
})

const assignments = (department: string): string =>
  `subscription { assignmentEvents(department: "${department}") { cursor eventId kind assignment { id } } }`
const EMERGENCIES = 'subscription { emergencyEvents { cursor eventId kind case { number } } }'

async function happen(stream: string, kind: string, data: NewEvent['data'] = {}): Promise<string> {
  const eventId = randomUUID()
  await database.orm.transaction((tx) =>
    appendEvents(tx, [
      { stream, eventId, kind, at: new Date(), data: { assignment: randomUUID(), ...data } },
    ]),
  )
  return eventId
}

describe('a subscription to assignments', () => {
  it('is refused to whoever is not signed, before it becomes a socket', async () => {
    const socket = new WebSocket(`${cases.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    socket.on('error', () => {})
    const status = await new Promise((resolve) =>
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
    )
    expect(status).toBe(401)
  })

  it('ends at the end of the token, not before', async () => {
    const caller = aCaller('DEPARTMENT', 'WATER', 1500)
    const followed = cases.follow(caller, assignments('WATER'))
    await waitUntil(() => followed.ended)
    expect(Date.now()).toBeGreaterThan(caller.expiresAt * 1000 - 1000)
    expect(followed.codes).toEqual(['UNAUTHENTICATED'])
  })

  it('delivers an event that cannot be told as null with an error, and goes on', async () => {
    const followed = cases.follow(aCaller('DEPARTMENT', 'WATER'), assignments('WATER'))
    await waitUntil(() => followed.data.length === 1)
    await happen('department:WATER', 'UNHEARD_OF')
    const eventId = await happen('department:WATER', 'ISSUED')
    await waitUntil(() => followed.data.length === 3)
    expect(followed.codes).toEqual(['INTERNAL'])
    expect(followed.data[1]).toBeNull()
    expect(followed.data[2]).toMatchObject({ assignmentEvents: { eventId, kind: 'ISSUED' } })
  })

  it('ends when the unit is no longer under the one that follows it', async () => {
    const followed = cases.follow(aCaller('DEPARTMENT', 'DISTRICT'), assignments('STREET'))
    await waitUntil(() => followed.data.length === 1)
    await happen('department:STREET', 'ISSUED')
    await waitUntil(() => followed.data.length === 2)
    await database.sql`update department_ref set parent = 'GOV' where code = 'STREET'`
    await waitUntil(async () => {
      await happen('department:STREET', 'ISSUED')
      return followed.ended
    })
    expect(followed.codes).toEqual(['FORBIDDEN'])
  })
})

describe('a subscription to emergencies', () => {
  it('tells the hotline all, and a unit what it was told of (R56)', async () => {
    const [operator, water, street, portal] = [
      cases.follow(aCaller('OPERATOR'), EMERGENCIES),
      cases.follow(aCaller('DEPARTMENT', 'WATER'), EMERGENCIES),
      cases.follow(aCaller('DEPARTMENT', 'STREET'), EMERGENCIES),
      cases.follow(aCaller('PORTAL'), EMERGENCIES),
    ]
    await waitUntil(() => [operator, water, street].every(({ data }) => data.length === 1) && portal.ended)
    const raised = await happen('emergency', 'EmergencyRaised', {
      case: 'JN-20261123-000001',
      departments: 'WATER',
    })
    const went = await happen('emergency', 'EmergencyProgressed', { case: 'JN-20261123-000001' })
    await waitUntil(() => operator.data.length === 3 && water.data.length === 2)
    expect(operator.data.slice(1)).toMatchObject([
      { emergencyEvents: { eventId: raised, kind: 'RAISED' } },
      { emergencyEvents: { eventId: went, kind: 'PROGRESSED' } },
    ])
    expect(water.data[1]).toMatchObject({ emergencyEvents: { eventId: raised } })
    expect(street.data).toHaveLength(1)
    expect(portal.codes).toEqual(['FORBIDDEN'])
  })
})

describe('what a unit acknowledges', () => {
  it('only moves forward', async () => {
    for (let count = 0; count < 3; count++) await happen('department:DISTRICT', 'ISSUED')
    const [head] = await readHeads(database.orm, ['department:DISTRICT'])
    const caller = aCaller('DEPARTMENT', 'DISTRICT')
    const acknowledge = (seq: number): Promise<void> =>
      acknowledgeAssignments({ database, clock: () => new Date() }, caller, {
        department: 'DISTRICT',
        upTo: singleCursor('department:DISTRICT', head?.epoch ?? '', seq),
      })
    for (const seq of [2, 1, 2, 3, 2]) await acknowledge(seq)
    expect(await findAcknowledged(database.orm, 'DISTRICT', 'department:DISTRICT')).toBe(3)
  })
})
