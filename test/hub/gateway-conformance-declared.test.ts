import { composeServices } from '@apollo/composition'
import { parse, valueFromASTUntyped, type GraphQLResolveInfo } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>
const same = (given: Row): Row => given
const echo = (_: unknown, given: Row) => JSON.stringify(given)
const MARK = `extend schema @link(url: "https://specs.example.org/mark/v1.0", import: ["@mark"]) @composeDirective(name: "@mark")
  directive @mark(of: String!) repeatable on FIELD`
const REFUSED = expected({ data: undefined, errors: [' - DOCUMENT_INVALID'] })

/** The marks of a field, as they reached a subgraph. */
function marksOf(_: unknown, _given: Row, _context: unknown, info: GraphQLResolveInfo): string {
  const all = info.fieldNodes.flatMap(({ directives = [] }) => directives)
  const values = all.flatMap((mark) => mark.arguments ?? [])
  return values.map(({ value }) => String(valueFromASTUntyped(value, info.variableValues))).join()
}

let world: World

beforeAll(async () => {
  world = await startWorld(
    {
      stock: [
        `${MARK} type Query { box: Box boxes: [Box!]! said(x: Int, y: Int = 7 @inaccessible, by: By, e: Hue): String marked: String
           either(x: Int! = 1, stock: Int): String @shareable }
         input By @tag(name: "in") { a: Int @tag(name: "in") b: Int = 3 @inaccessible }
         enum Hue @tag(name: "hues") { RED @tag(name: "red") GREY @inaccessible }
         type Box @key(fields: "id") @tag(name: "box") { id: ID! size: Size holds: [Thing!]! @shareable }
         type Size @shareable { wide: Int high(inches: Boolean = false): Int }
         interface Item @tag(name: "item") { id: ID! }
         type Bolt implements Item @key(fields: "id") { id: ID! } type Nut implements Item @key(fields: "id") { id: ID! }
         union Thing @tag(name: "thing") = Bolt | Nut`,
        {
          Query: {
            box: () => ({ id: '1' }),
            boxes: () => [{ id: '1' }, { id: '2' }],
            said: echo,
            marked: marksOf,
            either: (_: unknown, { x }: Row) => `either ${String(x)}`,
          },
          Box: {
            __resolveReference: same,
            size: ({ id }: Row) => (id === '1' ? { wide: 2 } : null),
            holds: () => [
              { __typename: 'Bolt', id: 'b' },
              { __typename: 'Nut', id: 'n' },
            ],
          },
          Size: { high: (_: Row, { inches }: Row) => (inches === true ? 1 : 3) },
          Thing: { __resolveType: (row: Row) => row['__typename'] },
          Bolt: { __resolveReference: same },
          Nut: { __resolveReference: same },
        },
      ],
      post: [
        `type Query { either(x: Int! = 1, post: Boolean = false): String @shareable full: [Box!]! @provides(fields: "holds { ... on Bolt { name } ... on Nut { name } }") }
         type Box @key(fields: "id") { id: ID! size: Size @external area: Int @requires(fields: "size { wide high }") holds: [Thing!]! @external }
         type Size @external { wide: Int high(inches: Boolean = false): Int }
         union Thing = Bolt | Nut
         type Bolt @key(fields: "id") { id: ID! name: String @external } type Nut @key(fields: "id") { id: ID! name: String @external }`,
        {
          Query: {
            either: (_: unknown, { x }: Row) => `either ${String(x)}`,
            full: () => [
              {
                id: '3',
                holds: [
                  { __typename: 'Nut', id: 'n', name: 'a nut here' },
                  { __typename: 'Bolt', id: 'b', name: null },
                ],
              },
            ],
          },
          Thing: { __resolveType: (row: Row) => row['__typename'] },
          Box: {
            __resolveReference: same,
            area: ({ size }: Row) => (size ? Number(Object(size).wide) * Number(Object(size).high) : -1),
          },
        },
      ],
      names: [
        `type Bolt @key(fields: "id") { id: ID! name: String @shareable } type Nut @key(fields: "id") { id: ID! name: String @shareable }`,
        {
          Bolt: { __resolveReference: same, name: ({ id }: Row) => `bolt ${String(id)}` },
          Nut: { __resolveReference: same, name: ({ id }: Row) => `nut ${String(id)}` },
        },
      ],
    },
    { imports: ['composeDirective', 'tag'] },
  )
})

afterAll(() => world.stop())

describe('what subgraphs declare', () => {
  it('@external on a type: all of its fields are told, and asked of nobody else', async () => {
    expect(await world.answers('{ boxes { area size { wide high(inches: true) } } }')).toBe(
      expected({
        data: {
          boxes: [
            { area: 6, size: { wide: 2, high: 1 } },
            { area: -1, size: null },
          ],
        },
      }),
    )
  })

  it('@inaccessible: no client gives an argument, a field of an input or a value of an enum, and defaults hold', async () => {
    const said = JSON.stringify({ x: 1, y: 7, by: { a: 2, b: 3 }, e: 'RED' })
    expect(await world.answers('{ said(x: 1, by: { a: 2 }, e: RED) }')).toBe(expected({ data: { said } }))
    for (const given of ['y: 1', 'by: { b: 1 }', 'e: GREY'])
      expect(await world.answers(`{ said(${given}) }`)).toBe(REFUSED)
    for (const [type, value] of [
      ['By', { b: 1 }],
      ['Hue', 'GREY'],
    ] as const)
      expect(
        await world.answers(`query ($v: ${type}) { said(${type === 'By' ? 'by' : 'e'}: $v) }`, { v: value }),
      ).toBe(expected({ data: undefined, errors: [' - VARIABLE_INVALID'] }))
  })

  it('@shareable: the arguments that all have, with their default', async () => {
    expect(await world.answers('{ either two: either(x: 2) }')).toBe(
      expected({ data: { either: 'either 1', two: 'either 2' } }),
    )
    for (const given of ['stock: 1', 'post: true', 'x: null'])
      expect(await world.answers(`{ either(${given}) }`)).toBe(REFUSED)
  })

  it('@provides: through a list of a union, of each type what is provided of it', async () => {
    const holds = 'holds { ... on Nut { id name } ... on Bolt { name } }'
    expect(await world.answers(`{ full { ${holds} } box { ${holds} } }`)).toBe(
      expected({
        data: {
          full: [{ holds: [{ id: 'n', name: 'a nut here' }, { name: null }] }],
          box: { holds: [{ name: 'bolt b' }, { id: 'n', name: 'nut n' }] },
        },
      }),
    )
  })

  it('a repeatable directive that is composed: as often as the client says it, in that order', async () => {
    expect(
      await world.answers(
        'query ($of: String!) { marked @mark(of: "a") @mark(of: $of) @mark(of: "a") bare: marked }',
        { of: 'b' },
      ),
    ).toBe(expected({ data: { marked: 'a,b,a', bare: '' } }))
  })

  it('@override: a field moves once; who would move it on is refused before anything is served', () => {
    const head =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@override"])'
    const type = (field: string) => `${head} type T @key(fields: "id") { id: ID! f: Int ${field} }`
    const compose = (third: string) =>
      composeServices(
        [`${type('')} type Query { t: T }`, type('@override(from: "s0")'), type(third)].map((text, at) => ({
          name: `s${at}`,
          url: 'http://localhost',
          typeDefs: parse(text),
        })),
      ).errors?.map(({ extensions }) => extensions['code'])
    expect(compose('@override(from: "s1")')).toContain('OVERRIDE_SOURCE_HAS_OVERRIDE')
    expect(compose('@override(from: "s1", label: "percent(5)")')).toContain('OVERRIDE_SOURCE_HAS_OVERRIDE')
  })
})
