import { decodeCursor, singleCursor } from '@hub/kit/event-cursor.ts'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { subscribe, until, type Subscriber } from '../support/gateway-socket.ts'
import { openSharedHub } from '../support/shared-hub.ts'

const hub = await openSharedHub()
const operator = await hub.token('OPERATOR')
const office = await hub.token('OFFICE')
const asUnit = (department: string): Promise<string> => hub.token('DEPARTMENT', { department })

const EVENTS = `subscription($department: ID!, $after: String, $subtree: Boolean) {
  assignmentEvents(department: $department, after: $after, subtree: $subtree) {
    cursor eventId kind at
    assignment { id status dueOn overdue workingDaysLeft case { number title } department { code name } }
  }
}`

interface Event {
  cursor: string
  eventId: string
  kind: string
  assignment: {
    id: string
    status: string
    overdue: boolean
    workingDaysLeft: number
    case: { number: string; title: string }
    department: { code: string; name: string }
  } | null
}

function follow(
  token: string,
  variables: { department: string; after?: string; subtree?: boolean },
): Subscriber {
  return subscribe({ url: hub.url, stop: async () => {} }, EVENTS, { token, variables })
}

function eventsOf({ results }: Subscriber): Event[] {
  const events = results.map(
    (result) => (result.data as { assignmentEvents: Event } | null)?.assignmentEvents,
  )
  return events.filter((event) => event !== undefined)
}

const told = (subscriber: Subscriber): Event[] =>
  eventsOf(subscriber).filter(({ kind }) => kind !== 'HEARTBEAT')

async function dispatch(departments: string[], title = '水管爆裂'): Promise<string> {
  const input = {
    title,
    content: `解放路水管爆裂 ${randomUUID()}`,
    channel: 'PHONE',
    matterType: 'HELP',
    callerType: 'NATURAL_PERSON',
    idempotencyKey: randomUUID(),
  }
  const register = 'mutation($input: RegisterCaseInput!) { registerCase(input: $input) { number } }'
  const registered = await hub.graphql(operator, register, { input })
  const { number = '' } = (registered.data?.['registerCase'] ?? {}) as { number?: string }
  const send = 'mutation($input: DispatchCaseInput!) { dispatchCase(input: $input) { number } }'
  const lead = departments.length > 1 ? { lead: departments[0] } : {}
  const sent = await hub.graphql(office, send, { input: { number, departments, ...lead, mode: 'WRITTEN' } })
  expect(sent.errors).toEqual([])
  return number
}

async function streamCursor(department: string): Promise<string> {
  const query = 'query($department: ID!) { assignments(department: $department, first: 1) { streamCursor } }'
  const { data } = await hub.graphql(office, query, { department })
  const { streamCursor = '' } = (data?.['assignments'] ?? {}) as { streamCursor?: string }
  return streamCursor
}

async function refusal(token: string, variables: Parameters<typeof follow>[1]): Promise<unknown> {
  const subscriber = follow(token, variables)
  await until(
    () => subscriber.errors.length + subscriber.results.flatMap(({ errors }) => errors ?? []).length > 0,
  )
  const [error] = [...subscriber.errors, ...subscriber.results.flatMap(({ errors }) => errors ?? [])]
  subscriber.leave()
  return error?.extensions?.['code']
}

describe('a department that follows its stream through the gateway', () => {
  it('is told of an assignment with fields of three subgraphs in one selection (R49)', async () => {
    const subscriber = follow(await asUnit('JN-YLJ'), { department: 'JN-YLJ' })
    await subscriber.take(1)
    expect(eventsOf(subscriber)[0]).toMatchObject({ kind: 'HEARTBEAT', assignment: null })
    const number = await dispatch(['JN-YLJ'], '行道树倒伏')
    await until(() => told(subscriber).length > 0)
    expect(told(subscriber)[0]).toMatchObject({
      kind: 'ISSUED',
      assignment: {
        status: 'ISSUED',
        overdue: false,
        workingDaysLeft: 7,
        case: { number, title: '行道树倒伏' },
        department: { code: 'JN-YLJ', name: expect.stringMatching(/\p{Script=Han}/u) },
      },
    })
    subscriber.leave()
  })

  it('comes back with its cursor and gets exactly what it missed, in order', async () => {
    const first = follow(await asUnit('JN-YBJ'), { department: 'JN-YBJ' })
    await first.take(1)
    const seen = await dispatch(['JN-YBJ'])
    await until(() => told(first).length > 0)
    const { cursor } = told(first)[0] ?? { cursor: '' }
    first.leave()
    const missed = [await dispatch(['JN-YBJ']), await dispatch(['JN-YBJ']), await dispatch(['JN-YBJ'])]
    const second = follow(await asUnit('JN-YBJ'), { department: 'JN-YBJ', after: cursor })
    await until(() => told(second).length >= missed.length)
    const live = await dispatch(['JN-YBJ'])
    await until(() => told(second).length > missed.length)
    const numbers = told(second).map(({ assignment }) => assignment?.case.number)
    expect(numbers).toEqual([...missed, live])
    expect(numbers).not.toContain(seen)
    second.leave()
  })

  it('goes on from the streamCursor of its list', async () => {
    const after = await streamCursor('JN-TYJ')
    const number = await dispatch(['JN-TYJ'])
    const subscriber = follow(await asUnit('JN-TYJ'), { department: 'JN-TYJ', after })
    await until(() => told(subscriber).length > 0)
    expect(told(subscriber)[0]?.assignment?.case.number).toBe(number)
    subscriber.leave()
  })

  it('with subtree is told of the units under it as well, and resumes all of them from one cursor (R35)', async () => {
    const [district, street] = ['JN-D-LX', 'JN-S-LX-QFS']
    const first = follow(await asUnit(district), { department: district, subtree: true })
    await first.take(1)
    const numbers = [await dispatch([street]), await dispatch([district])]
    await until(() => told(first).length >= 2)
    expect(new Set(told(first).map(({ assignment }) => assignment?.case.number))).toEqual(new Set(numbers))
    first.leave()
    const missed = await dispatch([street])
    const after = told(first).at(-1)?.cursor ?? ''
    const second = follow(await asUnit(district), { department: district, subtree: true, after })
    await until(() => told(second).length > 0)
    expect(told(second).map(({ assignment }) => assignment?.case.number)).toEqual([missed])
    second.leave()
  })
})

describe('a stream of assignments', () => {
  it('is closed to other units and other roles', async () => {
    expect(await refusal(await asUnit('JN-CGJ'), { department: 'JN-SWJ' })).toBe('FORBIDDEN')
    expect(await refusal(await asUnit('JN-S-LX-QFS'), { department: 'JN-D-LX', subtree: true })).toBe(
      'FORBIDDEN',
    )
    for (const role of ['LEADER', 'OVERSIGHT']) {
      expect(await refusal(await hub.token(role), { department: 'JN-SWJ' })).toBe('FORBIDDEN')
    }
    const portal = await hub.token('PORTAL', { district: '历下区' })
    expect(await refusal(portal, { department: 'JN-SWJ' })).toBe('FORBIDDEN')
  })

  it('refuses by name a unit it does not know and a cursor it cannot go on from', async () => {
    const cursor = await streamCursor('JN-SWJ')
    const { epoch } = decodeCursor(cursor)
    const codes = [
      await refusal(operator, { department: 'JN-NOWHERE' }),
      await refusal(operator, { department: 'JN-SWJ', after: 'nonsense' }),
      await refusal(operator, { department: 'JN-CGJ', after: cursor }),
      await refusal(operator, {
        department: 'JN-SWJ',
        after: singleCursor('department:JN-SWJ', epoch, 999_999),
      }),
      await refusal(operator, {
        department: 'JN-SWJ',
        after: singleCursor('department:JN-SWJ', 'restored', 1),
      }),
    ]
    expect(codes).toEqual([
      'DEPARTMENT_NOT_FOUND',
      'CURSOR_INVALID',
      'CURSOR_INVALID',
      'CURSOR_AHEAD',
      'CURSOR_AHEAD',
    ])
  })
})

describe('acknowledging', () => {
  const acknowledge = async (token: string, department: string, upTo: string) =>
    hub.graphql(
      token,
      'mutation($department: ID!, $upTo: String!) { acknowledgeAssignments(department: $department, upTo: $upTo) }',
      { department, upTo },
    )

  it('is for a unit itself, up to what it was given', async () => {
    await dispatch(['JN-WLJ'])
    const cursor = await streamCursor('JN-WLJ')
    const unit = await asUnit('JN-WLJ')
    for (let twice = 0; twice < 2; twice++) {
      expect((await acknowledge(unit, 'JN-WLJ', cursor)).data).toEqual({ acknowledgeAssignments: true })
    }
    const { epoch } = decodeCursor(cursor)
    const refused = [
      await acknowledge(unit, 'JN-WLJ', singleCursor('department:JN-WLJ', epoch, 999_999)),
      await acknowledge(unit, 'JN-WLJ', await streamCursor('JN-SWJ')),
      await acknowledge(await asUnit('JN-SWJ'), 'JN-WLJ', cursor),
      await acknowledge(operator, 'JN-WLJ', cursor),
    ]
    expect(refused.map(({ errors }) => errors[0]?.extensions?.code)).toEqual([
      'CURSOR_AHEAD',
      'CURSOR_INVALID',
      'FORBIDDEN',
      'FORBIDDEN',
    ])
  })
})
