import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'
import { subscribe } from '../support/gateway-socket.ts'

interface Part {
  readonly id: string
  readonly weight?: number
  readonly heavy?: boolean
  readonly cheap?: boolean
  readonly offer?: boolean
  readonly label?: string
}
const same = (part: Part): Part => part

function told<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`${name} is not told`)
  return value
}

let world: World

beforeAll(async () => {
  const heavy = ({ weight }: Part): boolean => told(weight, 'weight') > 5
  world = await startWorld({
    list: [
      `type Query { part: Part parts: [Part!]! shelves: [[Part]!] } type Subscription { changed: Part! }
       type Part @key(fields: "id") { id: ID! label: String @requires(fields: "weight") weight: Int! @external }`,
      {
        Query: {
          part: () => ({ id: 'p1' }),
          parts: () => [{ id: 'p1' }, { id: 'p2' }],
          shelves: () => [[{ id: 'p2' }, null]],
        },
        Subscription: {
          changed: {
            subscribe: async function* changed() {
              for (const id of ['p1', 'p2']) yield { changed: { id } }
            },
          },
        },
        Part: {
          __resolveReference: same,
          label: ({ id, weight }: Part) => `${id}: ${told(weight, 'weight')}`,
        },
      },
    ],
    scales: [
      'type Part @key(fields: "id") { id: ID! weight: Int! }',
      { Part: { __resolveReference: ({ id }: Part) => ({ id, weight: id === 'p1' ? 9 : 1 }) } },
    ],
    rates: [
      `type Part @key(fields: "id") {
         id: ID!
         weight: Int! @external
         offer: Boolean! @external
         heavy: Boolean! @requires(fields: "weight")
         cheap: Boolean! @requires(fields: "weight")
         bargain: Boolean! @requires(fields: "offer")
       }`,
      {
        Part: {
          __resolveReference: same,
          heavy,
          cheap: (part: Part) => !heavy(part),
          bargain: ({ offer }: Part) => !told(offer, 'offer'),
        },
      },
    ],
    offers: [
      `type Part @key(fields: "id") {
         id: ID!
         heavy: Boolean! @external
         cheap: Boolean! @external
         offer: Boolean! @requires(fields: "heavy cheap")
         label: String @external
         poster: String @requires(fields: "label")
       }`,
      {
        Part: {
          __resolveReference: same,
          poster: ({ label }: Part) => `[${told(label, 'label')}]`,
          offer: ({ heavy: is, cheap }: Part) => told(is, 'heavy') && !told(cheap, 'cheap'),
        },
      },
    ],
  })
})

afterAll(() => world.stop())

describe('a chain of @requires', () => {
  it('that comes back to a subgraph it began in is told at each step what it needs', async () => {
    expect(await world.answers('{ part { bargain } parts { bargain } }')).toBe(
      expected({ data: { part: { bargain: false }, parts: [{ bargain: false }, { bargain: true }] } }),
    )
  })

  it('holds beside its own links, under a condition and under aliases', async () => {
    const query =
      'query ($with: Boolean!) { parts { heavy: cheap b: bargain @include(if: $with) cheap: heavy offer } }'
    const [p1, p2] = [
      { heavy: false, b: false, cheap: true, offer: true },
      { heavy: true, b: true, cheap: false, offer: false },
    ]
    expect(await world.answers(query, { with: true })).toBe(expected({ data: { parts: [p1, p2] } }))
    expect(await world.answers('{ parts { bargain offer } part { bargain } }')).toBe(
      expected({
        data: {
          parts: [
            { bargain: false, offer: true },
            { bargain: true, offer: false },
          ],
          part: { bargain: false },
        },
      }),
    )
  })

  it('holds for each event, whatever the values of its conditions', async () => {
    const query = `subscription ($with: Boolean!) {
      changed { heavy: cheap b: bargain @include(if: $with) cheap: heavy @skip(if: $with) offer } }`
    const take = async (value: boolean) => {
      const subscriber = subscribe(world.gateway, query, { variables: { with: value } })
      const results = await subscriber.take(2)
      subscriber.leave()
      return results.map(({ data }) => data?.['changed'])
    }
    expect(await Promise.all([take(true), take(false)])).toEqual([
      [
        { heavy: false, b: false, offer: true },
        { heavy: true, b: true, offer: false },
      ],
      [
        { heavy: false, cheap: true, offer: true },
        { heavy: true, cheap: false, offer: false },
      ],
    ])
  })

  it('that passes through the subgraph it starts from is not computed there from nothing', async () => {
    const [p1, p2] = [{ poster: '[p1: 9]' }, { poster: '[p2: 1]' }]
    expect(await world.answers('{ part { poster } shelves { poster label } parts { poster } }')).toBe(
      expected({ data: { part: p1, shelves: [[{ ...p2, label: 'p2: 1' }, null]], parts: [p1, p2] } }),
    )
  })
})

describe('a field that is computed', () => {
  it('from what the members of a union say is told which of them says it', async () => {
    const found = { __resolveReference: (row: object) => row }
    const typed = { __resolveType: ({ id }: { id: string }) => (id === 'p' ? 'Pen' : 'Cup') }
    const desks = await startWorld({
      office: [
        `type Query { desks: [Desk] } union Thing = Pen | Cup
         type Desk @key(fields: "id") { id: ID! things: [Thing] }
         type Pen @key(fields: "id") { id: ID! ink: String } type Cup @key(fields: "id") { id: ID! tea: String }`,
        {
          Query: {
            desks: () => [{ id: '1', things: [{ id: 'p', ink: 'red' }, { id: 'c', tea: 'red' }, null] }],
          },
          Thing: typed,
        },
      ],
      lists: [
        `union Thing = Pen | Cup
         type Desk @key(fields: "id") { id: ID! things: [Thing] @external
           list: [String] @requires(fields: "things { ... on Pen { ink } ... on Cup { tea } }") }
         type Pen @key(fields: "id") { id: ID! ink: String @external } type Cup @key(fields: "id") { id: ID! tea: String @external }`,
        {
          Desk: {
            ...found,
            list: ({ things }: { things: (object | null)[] }) => things.map((thing) => JSON.stringify(thing)),
          },
        },
      ],
    })
    const list = ['{"ink":"red","__typename":"Pen"}', '{"tea":"red","__typename":"Cup"}', 'null']
    expect(await desks.answers('{ desks { list } }')).toBe(expected({ data: { desks: [{ list }] } }))
    await desks.stop()
  })

  it('from two that are each computed from two, and so on, does not keep everybody waiting', async () => {
    const links = Array.from({ length: 12 }, (_, at) => at)
    const found = { __resolveReference: (row: object) => row }
    // One field in each of two subgraphs, and the next two in two others: the ways to the last double with each.
    const rooms = [0, 1, 2, 3].map((room) => {
      const own = links.filter((at) => at % 2 === room % 2)
      const name = room < 2 ? 'a' : 'b'
      const fields = own.map((at) =>
        at === 0
          ? `${name}0: Int`
          : `${name}${at}: Int @requires(fields: "a${at - 1} b${at - 1}") a${at - 1}: Int @external b${at - 1}: Int @external`,
      )
      const resolvers = own.map((at) => [
        `${name}${at}`,
        (row: Record<string, number>) =>
          at === 0 ? 1 : Number(row[`a${at - 1}`]) + Number(row[`b${at - 1}`]),
      ])
      const types = `type Item @key(fields: "id") { id: ID! ${fields.join(' ')} }`
      return [`room${room}`, [types, { Item: { ...found, ...Object.fromEntries(resolvers) } }]] as const
    })
    const items = await startWorld(
      {
        ...Object.fromEntries(rooms),
        root: [
          'type Query { item: Item } type Item @key(fields: "id") { id: ID! }',
          { Query: { item: () => ({ id: '1' }) } },
        ],
      },
      { settings: { answerWithinMs: 20_000 } },
    )
    expect(await items.answers('{ item { a11 } }')).toBe(expected({ data: { item: { a11: 2_048 } } }))
    await items.stop()
  })
})
