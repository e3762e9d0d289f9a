import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
         type Query { people: [Person!]! person(id: ID!): Person }
         type Person @key(fields: "id") @context(name: "reader") { id: ID! language: String! @external settings: Settings! notes: [Note!]! shelves: [[Note!]!]! favourite: Note }
         type Settings { currency: String! units: [String!] }
         type Note @key(fields: "id") {
           id: ID!
           title(language: String @fromContext(field: "$reader { language }"), loud: Boolean = false): String!
           price(currency: String @fromContext(field: "$reader { settings { currency } }")): String!
           size(units: [String] @fromContext(field: "$reader { settings { units } }")): String!
           remarks: [Remark!]!
         }
         type Remark @key(fields: "id") { id: ID! text(language: String @fromContext(field: "$reader { language }")): String! }`,
        {
          Query: { people: () => PEOPLE, person: (_: unknown, args: { id: string }) => personOf(args) },
          Person: {
            __resolveReference: personOf,
            notes: notesOf,
            shelves: (person: Person) => [notesOf(person), []],
            favourite: (person: Person) => notesOf(person)[0],
          },
          Note: {
            __resolveReference: same,
            title: ({ id }: Row, { language, loud }: Given) => `${id} ${language}${loud === true ? '!' : ''}`,
            price: ({ id }: Row, { currency }: Given) => `${id} ${currency}`,
            size: ({ id }: Row, { units }: Given) => `${id} ${JSON.stringify(units)}`,
            remarks: ({ id }: Row) => [{ id: `${id}r` }],
          },
          Remark: {
            __resolveReference: same,
            text: ({ id }: Row, { language }: Given) => `${id} ${language}`,
          },
        },
      ],
      people: [
        'type Person @key(fields: "id") { id: ID! language: String! }',
        { Person: { __resolveReference: personOf } },
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

  it('is no argument that a client can see or give', async () => {
    expect(await world.answers('{ people { notes { title(language: "fr") } } }')).toBe(
      '{"errors":[" - DOCUMENT_INVALID"]}',
    )
  })
})
