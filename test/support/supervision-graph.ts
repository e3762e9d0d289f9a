import { toGraphQLError } from '@hub/kit/errors.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { openLog } from '@hub/kit/log.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { personOf } from '@hub/supervision/commands/person.ts'
import { contextMaker } from '@hub/supervision/graph/context.ts'
import type { CityPolicy } from '@hub/supervision/domain/city-policy.ts'
import { schema } from '@hub/supervision/graph/schema.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import { graphql } from 'graphql'
import { afterAll } from 'vitest'
import { openTestDatabase } from './database.ts'
import { at, storyOf } from './supervision-case.ts'
import { openSupervision } from './supervision-log.ts'

const log = openLog('test', 'silent')

/** Fifty dispatched cases, 33 of them late on 23 November; one more that was answered at once. */
export const numbers = Array.from(
  { length: 50 },
  (_, index) => `JN-20261102-${String(index).padStart(6, '0')}`,
)

export interface Answer {
  readonly data: Record<string, unknown> | null
  readonly codes: readonly unknown[]
}

/** A field of an answer that has to be there. */
export function partOf(data: Answer['data'], field: string): object {
  const part = data?.[field]
  if (typeof part !== 'object' || part === null) throw new Error(`no ${field} was answered`)
  return part
}

/** The graph of supervision over those cases, seen on 23 November 2026. */
export async function openSupervisionGraph() {
  const database = await openTestDatabase('supervision')
  const statements: string[] = []
  // Once per connection the driver asks for PostgreSQL's own types; that is no statement of the hub.
  const room = await openSupervision(database.url, (text) => {
    if (!text.includes('pg_catalog')) statements.push(text)
  })
  afterAll(room.close)
  let now = at('2026-11-23')
  let known: readonly CityPolicy[] = []
  const contextOf = contextMaker({
    database: room.supervision,
    clock: () => now,
    calendar: chineseCalendar(),
    policies: () => known,
    personOf: personOf(Buffer.alloc(32, 9).toString('base64url')),
    ring: () => {},
  })
  await room.tell(...numbers.map(storyAt))
  const story = storyOf('JN-20261101-000001')
  await room.tell(
    story.registered('2026-11-02'),
    story.answeredDirectly('2026-11-02'),
    story.closed('2026-11-02'),
  )
  await runDeadlines({ db: room.supervision.orm, now: at('2026-11-23') })

  async function ask(
    caller: Caller,
    source: string,
    variableValues: Record<string, unknown> = {},
  ): Promise<Answer> {
    const { data, errors = [] } = await graphql({
      schema,
      source,
      variableValues,
      contextValue: contextOf(caller),
    })
    const codes = errors.map((error) => toGraphQLError(error, caller.locale, log).extensions['code'])
    return { data: data ? (JSON.parse(JSON.stringify(data)) as Record<string, unknown>) : null, codes }
  }

  async function entities(caller: Caller, representations: readonly object[], fields: string) {
    const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`
    const { data, codes } = await ask(caller, source, { of: representations })
    return { found: (data?.['_entities'] ?? []) as Record<string, unknown>[], codes }
  }

  return {
    ask,
    entities,
    room,
    statements,
    /** What was announced of policies. */
    moveBook: (...policies: readonly CityPolicy[]): void => {
      known = policies
    },
    /** Moves the clock of the graph. */
    moveTo: (day: string, time?: string): void => {
      now = at(day, time)
    },
  }
}

function storyAt(number: string, index: number) {
  const story = storyOf(number)
  const [lead, other] = index % 2 === 0 ? ['JN-SWJ', 'JN-D-LX-DM'] : ['JN-CGJ', 'JN-D-LX']
  const ids = { [`${number}-a`]: lead ?? '', [`${number}-b`]: other ?? '' }
  const dueOn = index % 3 === 0 ? '2026-12-01' : `2026-11-${10 + (index % 10)}`
  return [story.registered('2026-11-02'), ...story.dispatched('2026-11-02', ids, dueOn)]
}
