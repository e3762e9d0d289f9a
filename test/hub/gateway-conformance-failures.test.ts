import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>
const same = (given: Row): Row => given

describe('order and failure', () => {
  let world: World
  const done: string[] = []
  beforeAll(async () => {
    const broken = (): never => {
      throw new Error('broken')
    }
    world = await startWorld({
      one: [
        `type Query { node: Node nodes: [Node]! sure: [Node!]! maybe: [[Node!]] }
         type Mutation { first(word: String!): Node third: Node! }
         type Node @key(fields: "id") { id: ID! own: String! weak: String inner: Node }`,
        {
          Query: {
            node: () => ({ id: 'n1' }),
            nodes: () => [{ id: 'n1' }, null, { id: 'n3' }],
            sure: () => [{ id: 'n1' }, { id: 'n3' }],
            maybe: () => [[{ id: 'n1' }], [{ id: 'n3' }], null],
          },
          Mutation: {
            first: (_: unknown, { word }: { word: string }) => (done.push(word), { id: 'n1' }),
            third: () => (done.push('third'), { id: 'n2' }),
          },
          Node: {
            __resolveReference: same,
            own: ({ id }: Row) => (id === 'n3' ? broken() : 'own'),
            weak: ({ id }: Row) => (id === 'n3' ? broken() : 'weak'),
            inner: ({ id }: Row) => (id === 'n1' ? { id: 'n3' } : null),
          },
        },
      ],
      two: [
        `type Mutation { second(word: String!): Node }
         type Node @key(fields: "id") { id: ID! far: String farSure: String! }`,
        {
          Mutation: { second: (_: unknown, { word }: { word: string }) => (done.push(word), { id: 'n2' }) },
          Node: {
            __resolveReference: ({ id }: Row) => (id === 'n4' ? null : { id }),
            far: ({ id }: Row) => (id === 'n3' ? broken() : `far ${String(id)}`),
            farSure: ({ id }: Row) => (id === 'n3' ? broken() : 'sure'),
          },
        },
      ],
    })
  })
  afterAll(() => world.stop())

  it('mutations of two subgraphs are carried out in the order they are written', async () => {
    expect(
      await world.answers(
        'mutation ($w: String!) { c: second(word: $w) { far } a: first(word: "1") { far own } third { id far } b: second(word: "3") { id } }',
        { w: '0' },
      ),
    ).toBe(
      expected({
        data: {
          c: { far: 'far n2' },
          a: { far: 'far n1', own: 'own' },
          third: { id: 'n2', far: 'far n2' },
          b: { id: 'n2' },
        },
      }),
    )
    expect(done).toEqual(['0', '1', 'third', '3'])
  })

  it('a nullable field that fails is null with its path and subgraph; the rest is there', async () => {
    expect(await world.answers('{ nodes { id far weak } }')).toBe(
      expected({
        data: {
          nodes: [{ id: 'n1', far: 'far n1', weak: 'weak' }, null, { id: 'n3', far: null, weak: null }],
        },
        errors: ['nodes.2.far two INTERNAL', 'nodes.2.weak one INTERNAL'],
      }),
    )
  })

  it('null moves up to the nearest place that may be null, across subgraphs', async () => {
    expect(await world.answers('{ nodes { id farSure } node { inner { farSure } id } }')).toBe(
      expected({
        data: { nodes: [{ id: 'n1', farSure: 'sure' }, null, null], node: { inner: null, id: 'n1' } },
        errors: ['nodes.2.farSure two INTERNAL', 'node.inner.farSure two INTERNAL'],
      }),
    )
    expect(await world.answers('{ maybe { farSure } }')).toBe(
      expected({
        data: { maybe: [[{ farSure: 'sure' }], null, null] },
        errors: ['maybe.1.0.farSure two INTERNAL'],
      }),
    )
    expect(await world.answers('{ sure { farSure } node { id } }')).toBe(
      expected({
        data: null,
        errors: ['sure.1.farSure two INTERNAL'],
      }),
    )
  })

  it('an alias stands in the path of an error', async () => {
    expect(await world.answers('{ x: nodes { id: far } }')).toBe(
      expected({
        data: { x: [{ id: 'far n1' }, null, { id: null }] },
        errors: ['x.2.id two INTERNAL'],
      }),
    )
  })
})
