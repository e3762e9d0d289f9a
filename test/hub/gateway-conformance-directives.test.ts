import type { DirectiveNode, GraphQLResolveInfo } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>

const TONE = `extend schema @link(url: "https://specs.example.org/tone/v1.0", import: ["@tone"]) @composeDirective(name: "@tone")
  directive @tone(of: String! = "low", steps: [Int!]) on FIELD`

/** The directives of a field, as they reached a subgraph. */
function directivesOf({ fieldNodes }: GraphQLResolveInfo): string {
  const all: readonly DirectiveNode[] = fieldNodes.flatMap(({ directives = [] }) => directives)
  return all.map(({ name, arguments: given = [] }) => `${name.value}/${given.length}`).join()
}

let world: World

beforeAll(async () => {
  world = await startWorld(
    {
      songs: [
        `${TONE} type Query { song: Song @cacheTag(format: "song") } type Song @key(fields: "id") @tag(name: "public") @cacheTag(format: "song-{$key.id}") { id: ID! title: String! length: Int! @shareable }`,
        {
          Query: { song: () => ({ id: 's1' }) },
          Song: {
            title: (_: Row, __: Row, ___: Row, info: GraphQLResolveInfo) => `title ${directivesOf(info)}`,
            length: () => 3,
          },
        },
      ],
      words: [
        `${TONE} type Song @key(fields: "id") { id: ID! words(verse: Int! = 1): String! @tag(name: "public") length: Int! @shareable }`,
        {
          Song: {
            words: ({ id }: Row, { verse }: Row, _: Row, info: GraphQLResolveInfo) =>
              `${String(id)}.${String(verse)} ${directivesOf(info)}`,
          },
        },
      ],
      charts: [
        `extend type Song @key(fields: "id") { id: ID! @external length: Int! @external rank: Int! score: Int! @requires(fields: "length") }
         extend type Query { top: [Song!]! @provides(fields: "length") }`,
        {
          Query: { top: () => [{ id: 's2', length: 3 }] },
          Song: {
            rank: ({ id }: Row) => Number(String(id).slice(1)),
            score: ({ length }: Row) => Number(length) * 10,
          },
        },
      ],
    },
    { imports: ['composeDirective', 'tag', 'cacheTag'], first: ['charts'] },
  )
})

afterAll(() => world.stop())

describe('a supergraph of subgraphs old and new', () => {
  it('lets a client use the directives that its subgraphs compose, and hands them on', async () => {
    const query = `query ($of: String!) { song { title @tone loud: words @tone(of: $of, steps: [1, 2]) plain: words(verse: 2) } }`
    expect(await world.answers(query, { of: 'high' })).toBe(
      expected({ data: { song: { title: 'title tone/1', loud: 's1.1 tone/2', plain: 's1.2 ' } } }),
    )
    const mixed =
      'query ($with: Boolean!) { ...S @include(if: $with) song { id: title @tone } } fragment S on Query { __type(name: "Song") { kind } }'
    expect(await world.answers(mixed, { with: true })).toBe(
      expected({ data: { __type: { kind: 'OBJECT' }, song: { id: 'title tone/1' } } }),
    )
    expect(await world.answers('{ song { title @tone(of: 1) } }')).toBe('{"errors":[" - DOCUMENT_INVALID"]}')
    expect(await world.answers('{ song { title @cacheTag(format: "x") } }')).toBe(
      '{"errors":[" - DOCUMENT_INVALID"]}',
    )
  })

  it('asks no subgraph with a directive that this one does not know, nor with its variables', async () => {
    const query =
      'query ($of: String!, $one: [Int!]) { song { words @tone(of: $of) rank @tone(of: $of, steps: $one) score @tone } }'
    const data = { song: { words: 's1.1 tone/1', rank: 1, score: 30 } }
    expect(await world.answers(query, { of: 'high', one: [1] })).toBe(expected({ data }))
  })

  it('answers what is extended as before Federation 2, from tagged subgraphs on both sides', async () => {
    expect(
      await world.answers('{ song { rank score title } top { id length score title words rank } }'),
    ).toBe(
      expected({
        data: {
          song: { rank: 1, score: 30, title: 'title ' },
          top: [{ id: 's2', length: 3, score: 30, title: 'title ', words: 's2.1 ', rank: 2 }],
        },
      }),
    )
  })
})
