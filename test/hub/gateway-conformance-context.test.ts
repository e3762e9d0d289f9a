import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entityGiver } from '@hub/gateway/execution/entity-giver.ts'
import { rewriter } from '@hub/gateway/execution/rewrites.ts'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

interface Person {
  readonly id: string
  readonly language: string
  readonly settings: { readonly currency: string; readonly units: readonly string[] }
  readonly notes: readonly string[]
}

const PEOPLE: readonly Person[] = [
  { id: 'a', language: 'zh', settings: { currency: 'CNY', units: ['m', 'kg'] }, notes: ['n1', 'n2'] },
  { id: 'b', language: 'en', settings: { currency: 'USD', units: [] }, notes: ['n1'] },
]
const personOf = ({ id }: { id: string }) => PEOPLE.find((person) => person.id === id)
const notesOf = ({ notes }: Person) => notes.map((id) => ({ id }))
const same = ({ id }: { id: string }) => ({ id })

let world: World

beforeAll(async () => {
  world = await startWorld(
    {
      notes: [
        `scalar federation__ContextFieldValue
         type Query @context(name: "group") { people: [Person!]! person(id: ID!): Person motto(loud: Boolean = false): String! tag: Tag }
         type Person @key(fields: "id") @context(name: "reader") @context(name: "group") { id: ID! motto: String! tag: Tag language: String! @external name(in: String = "zh"): String! @external settings: Settings! notes: [Note!]! shelves: [[Note!]!]! favourite: Note }
         type Settings { currency: String! units: [String!] }
         type Note @key(fields: "id") {
           id: ID!
           title(language: String @fromContext(field: "$reader { language }"), loud: Boolean = false): String!
           price(currency: String @fromContext(field: "$reader { settings { currency } }")): String!
           size(units: [String] @fromContext(field: "$reader { settings { units } }")): String!
           signed(name: String @fromContext(field: "$reader { name }")): String!
           translated(name: String @fromContext(field: "$reader { name(in: \\"en\\") }")): String!
           remarks: [Remark!]!
         }
         type Tag @key(fields: "id") { id: ID! motto(motto: String @fromContext(field: "$group { motto }")): String! }
         type Remark @key(fields: "id") { id: ID! text(language: String @fromContext(field: "$reader { language }")): String! }`,
        {
          Query: {
            people: () => PEOPLE,
            motto: (_: unknown, { loud }: Given) => `all${loud === true ? '!' : ''}`,
            tag: () => ({ id: 't' }),
            person: (_: unknown, args: { id: string }) => personOf(args),
          },
          Tag: { __resolveReference: same, motto: (_: Row, { motto }: Given) => motto },
          Person: {
            __resolveReference: personOf,
            motto: ({ id }: Row) => `own of ${id}`,
            tag: () => ({ id: 't' }),
            notes: notesOf,
            shelves: (person: Person) => [notesOf(person), []],
            favourite: (person: Person) => notesOf(person)[0],
          },
          Note: {
            __resolveReference: same,
            title: ({ id }: Row, { language, loud }: Given) => `${id} ${language}${loud === true ? '!' : ''}`,
            price: ({ id }: Row, { currency }: Given) => `${id} ${currency}`,
            size: ({ id }: Row, { units }: Given) => `${id} ${JSON.stringify(units)}`,
            signed: (_: Row, { name }: Given) => name,
            translated: (_: Row, { name }: Given) => name,
            remarks: ({ id }: Row) => [{ id: `${id}r` }],
          },
          Remark: {
            __resolveReference: same,
            text: ({ id }: Row, { language }: Given) => `${id} ${language}`,
          },
        },
      ],
      people: [
        'type Person @key(fields: "id") { id: ID! language: String! name(in: String = "zh"): String! }',
        {
          Person: {
            __resolveReference: personOf,
            name: ({ id }: Row, given: Given) => `${id} in ${given.in}`,
          },
        },
      ],
    },
    { imports: ['context', 'fromContext'] },
  )
})

afterAll(() => world.stop())

interface Row {
  readonly id: string
}
interface Given {
  readonly in?: string
  readonly name?: string
  readonly motto?: string
  readonly language?: string
  readonly loud?: boolean
  readonly currency?: string
  readonly units?: readonly string[]
}

describe('@fromContext', () => {
  it('takes a value from further up, another for each place, although the object is the same', async () => {
    expect(await world.answers('{ people { notes { title } favourite { title(loud: true) } } }')).toBe(
      expected({
        data: {
          people: [
            { notes: [{ title: 'n1 zh' }, { title: 'n2 zh' }], favourite: { title: 'n1 zh!' } },
            { notes: [{ title: 'n1 en' }], favourite: { title: 'n1 en!' } },
          ],
        },
      }),
    )
  })

  it('takes objects and lists apart, several for one object', async () => {
    expect(await world.answers('{ people { notes { size price } } }')).toBe(
      expected({
        data: {
          people: [
            {
              notes: [
                { size: 'n1 ["m","kg"]', price: 'n1 CNY' },
                { size: 'n2 ["m","kg"]', price: 'n2 CNY' },
              ],
            },
            { notes: [{ size: 'n1 []', price: 'n1 USD' }] },
          ],
        },
      }),
    )
  })

  it('reaches through lists of lists and several levels, beside variables of the client', async () => {
    const query =
      'query ($loud: Boolean!) { person(id: "b") { shelves { title(loud: $loud) remarks { text } } } }'
    expect(await world.answers(query, { loud: true })).toBe(
      expected({ data: { person: { shelves: [[{ title: 'n1 en!', remarks: [{ text: 'n1r en' }] }], []] } } }),
    )
  })

  it('is not taken from what a client calls by the same name', async () => {
    expect(await world.answers('{ people { language: id id: language notes { title } } }')).toBe(
      expected({
        data: {
          people: [
            { language: 'a', id: 'zh', notes: [{ title: 'n1 zh' }, { title: 'n2 zh' }] },
            { language: 'b', id: 'en', notes: [{ title: 'n1 en' }] },
          ],
        },
      }),
    )
  })

  it('is of a field with its own arguments, whatever those of the client', async () => {
    const notes = 'notes { signed translated }'
    const told = (id: string) => ({ signed: `${id} in zh`, translated: `${id} in en` })
    expect(await world.answers(`{ person(id: "b") { name(in: "fr") ${notes} } }`)).toBe(
      expected({ data: { person: { name: 'b in fr', notes: [told('b')] } } }),
    )
    expect(await world.answers('{ person(id: "b") { name notes { translated } } }')).toBe(
      expected({ data: { person: { name: 'b in zh', notes: [{ translated: 'b in en' }] } } }),
    )
  })

  it('is of the nearest that sets it, be it the whole of the query', async () => {
    expect(await world.answers('{ motto(loud: true) tag { motto } people { tag { motto } } }')).toBe(
      expected({
        data: {
          motto: 'all!',
          tag: { motto: 'all' },
          people: [{ tag: { motto: 'own of a' } }, { tag: { motto: 'own of b' } }],
        },
      }),
    )
  })

  it('is no variable of the client, whatever that is called', async () => {
    const query = `query ($representations: Boolean!, $contextualArgument_1_2: Boolean!, $hubContext_2: Boolean) {
      person(id: "b") { notes { title(loud: $representations) a: title(loud: $contextualArgument_1_2) b: title(loud: $hubContext_2) } }
    }`
    const variables = { representations: true, contextualArgument_1_2: false, hubContext_2: true }
    expect(await world.answers(query, variables)).toBe(
      expected({ data: { person: { notes: [{ title: 'n1 en!', a: 'n1 en', b: 'n1 en!' }] } } }),
    )
  })

  it('is no argument that a client can see or give', async () => {
    expect(await world.answers('{ people { notes { title(language: "fr") } } }')).toBe(
      '{"errors":[" - DOCUMENT_INVALID"]}',
    )
  })
})

describe('what a subgraph says of an entity', () => {
  it('is taken as said of the type that is known, by whatever interface the subgraph calls it', () => {
    const schema = buildSchema(`type Query { node: Node } interface Node { id: ID! }
      type Bee implements Node { id: ID! price: Int } type Cat implements Node { id: ID! }`)
    const path = ['... on Bee', 'other']
    const renamed = rewriter(schema, [{ kind: 'KeyRenamer', path, renameKeyTo: 'price' }])
    const give = entityGiver(schema, renamed, false)
    const objects = ['b1', 'b1'].map((id) => ({ __typename: 'Bee', id }))
    give({ __typename: 'Node', other: 3 }, objects)
    expect(objects).toEqual(['b1', 'b1'].map((id) => ({ __typename: 'Bee', id, price: 3 })))
    // Where nothing is known but the interface, what comes tells more.
    const unknown = { __typename: 'Node', id: 'b1' }
    give({ __typename: 'Bee', other: 3 }, [unknown])
    expect(unknown).toEqual({ __typename: 'Bee', id: 'b1', price: 3 })
  })
})
