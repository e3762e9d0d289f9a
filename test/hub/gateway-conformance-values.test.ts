import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>

const both = [
  { __typename: 'One', id: '1' },
  { __typename: 'Two', id: '2' },
]
const entity = { __resolveReference: (row: Row) => row }
const typed = { __resolveType: (row: Row) => row['__typename'] }
const echo = (_: unknown, given: Row) => JSON.stringify(given)

let world: World

beforeAll(async () => {
  world = await startWorld({
    list: [
      `type Query { things: [Thing!]! out: [Out] hues: [Hue] said(in: In, both: Both, any: Any, word: String = "w", list: [[Int]]): String }
       enum Out { NEAR BOTH } enum In { ONE BOTH } enum Hue { RED GREY @inaccessible } scalar Any
       input Both { must: Int! may: Int only: Int word: String = "w" }
       interface Thing @key(fields: "id") { id: ID! }
       type One implements Thing @key(fields: "id") { id: ID! }
       type Two implements Thing @key(fields: "id") { id: ID! }`,
      {
        Query: { things: () => both, out: () => ['NEAR', 'BOTH'], hues: () => ['RED', 'GREY'], said: echo },
        Thing: typed,
        One: entity,
        Two: entity,
      },
    ],
    says: [
      `type Query { sayings: [Saying!]! far(in: In, both: Both): Out hue: Hue }
       enum Out { FAR BOTH } enum In { OTHER BOTH } enum Hue { RED GREY }
       input Both { must: Int may: Int! word: String = "w" }
       interface Saying { is: Boolean count: Int word: String none: Int fails: Int }
       type One implements Saying @key(fields: "id") { id: ID! is: Boolean! count: Int! word: String! none: Int fails: Int }
       type Two implements Saying @key(fields: "id") { id: ID! is: Boolean count: Int word: String none: Int fails: Int! }`,
      {
        Query: { sayings: () => both, far: () => 'FAR', hue: () => 'RED' },
        Saying: typed,
        One: { ...entity, is: () => true, count: () => 1, word: () => 'w', fails: () => 1 },
        Two: {
          ...entity,
          is: () => false,
          count: () => 0,
          word: () => '',
          fails: () => {
            throw new Error('of one entity')
          },
        },
      },
    ],
  })
})

afterAll(() => world.stop())

describe('a field that is never null for one type and may be for another', () => {
  const values = [
    { is: true, count: 1, word: 'w', none: null },
    { is: false, count: 0, word: '', none: null },
  ]

  it('keeps what is false, nought and empty, wherever it is asked for', async () => {
    expect(await world.answers('{ things { ... on Saying { is count word none } } }')).toBe(
      expected({ data: { things: values } }),
    )
    expect(await world.answers('{ sayings { is count word none } }')).toBe(
      expected({ data: { sayings: values } }),
    )
  })

  it('is called in an error as the client calls it', async () => {
    expect(await world.answers('{ things { id ... on Saying { word: fails } } }')).toBe(
      expected({ data: null, errors: ['things.1.word says INTERNAL'] }),
    )
  })
})

describe('values of every kind', () => {
  it('enums: what any subgraph may say, what all may be told, and nothing that is kept from clients', async () => {
    expect(await world.answers('{ out far(in: BOTH) said(in: BOTH) }')).toBe(
      expected({ data: { out: ['NEAR', 'BOTH'], far: 'FAR', said: '{"in":"BOTH","word":"w"}' } }),
    )
    for (const query of ['{ said(in: ONE) }', '{ far(in: OTHER) }'])
      expect(await world.answers(query)).toBe(expected({ data: undefined, errors: [' - DOCUMENT_INVALID'] }))
    expect(await world.answers('{ hues hue }')).toBe(
      expected({ data: { hues: ['RED', null], hue: 'RED' }, errors: ['hues.1 - VALUE_MISSING'] }),
    )
  })

  it('inputs: what all know, and all that any of them must be told', async () => {
    const said = JSON.stringify({ both: { must: 1, may: 2, word: null }, word: 'w' })
    const query = '{ said(both: { must: 1, may: 2, word: null }) far(both: { must: 1, may: 2 }) }'
    expect(await world.answers(query)).toBe(expected({ data: { said, far: 'FAR' } }))
    for (const both of ['{ must: 1 }', '{ may: 1 }', '{ must: 1, may: 2, only: 3 }'])
      expect(await world.answers(`{ said(both: ${both}) }`)).toBe(
        expected({ data: undefined, errors: [' - DOCUMENT_INVALID'] }),
      )
  })

  it('what is given reaches a subgraph as it was given: null, nothing, any sign, whatever a scalar holds', async () => {
    const word = '"\\\u0000\u2028汉字😀'
    const any = { a: [1.5, -0.1, 1e300, 'x', true, null], b: {} }
    const query =
      'query ($any: Any, $word: String, $list: [[Int]]) { said(any: $any, word: $word, list: $list) }'
    const said = async (variables: Row) => {
      const { said: text } = (JSON.parse(await world.answers(query, variables)) as { data: { said: string } })
        .data
      return JSON.parse(text) as unknown
    }
    expect(await said({ any, word, list: [[1, null], null, []] })).toEqual({
      any,
      word,
      list: [[1, null], null, []],
    })
    expect(await said({})).toEqual({ word: 'w' })
    expect(await said({ any: null, word: null, list: 7 })).toEqual({ any: null, word: null, list: [[7]] })
    const literal = '{ said(any: { a: [1, 2.5, ENUM, "é\\u00e9", null, { b: true }] }, word: "") }'
    expect(await world.answers(literal)).toBe(
      expected({
        data: { said: JSON.stringify({ any: { a: [1, 2.5, 'ENUM', 'éé', null, { b: true }] }, word: '' }) },
      }),
    )
  })
})
