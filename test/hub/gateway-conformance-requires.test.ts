import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, type World } from '../support/gateway-conformance.ts'
import { startPrices } from '../support/gateway-conformance-prices.ts'

let world: World

beforeAll(async () => {
  world = await startPrices()
})

afterAll(() => world.stop())

describe('@requires', () => {
  it('brings a field of another subgraph', async () => {
    expect(await world.answers('{ post { plain weighed } }')).toBe(
      expected({
        data: { post: { plain: 'plain p1', weighed: '10 at 107' } },
      }),
    )
  })

  it('with an argument is not taken for the same field of the client with another', async () => {
    expect(await world.answers('{ post { price(in: "JPY") usd } }')).toBe(
      expected({ data: { post: { price: 105, usd: 'usd 107' } } }),
    )
  })

  it('with an argument is not taken for the default of the client, nor the other way round', async () => {
    expect(await world.answers('{ post { price usd } }')).toBe(
      expected({ data: { post: { price: 101, usd: 'usd 107' } } }),
    )
    expect(await world.answers('{ post { price(in: "EUR") home } }')).toBe(
      expected({
        data: { post: { price: 108, home: 'home 101' } },
      }),
    )
  })

  it('is told right beside response names that mean something to JavaScript', async () => {
    const query = `query ($constructor: String, $__proto__: Boolean!) { constructor: post { __proto__: price(in: $constructor) toString: usd
      hasOwnProperty: maker @include(if: $__proto__) { valueOf: name } } __proto__: __type(name: "Maker") { kind } }`
    const variables = JSON.parse('{ "constructor": "JPY", "__proto__": true }') as Record<string, unknown>
    expect(await world.answers(query, variables)).toBe(
      `{"data":{"constructor":{"__proto__":105,"toString":"usd 107","hasOwnProperty":{"valueOf":"Maker p1"}},"__proto__":{"kind":"OBJECT"}},"errors":[]}`,
    )
  })

  it('with arguments does not collide with that of another field', async () => {
    expect(await world.answers('{ posts { usd eur home weighed plain price } }')).toBe(
      expected({
        data: {
          posts: [
            {
              usd: 'usd 107',
              eur: 'eur 108',
              home: 'home 101',
              weighed: '10 at 107',
              plain: 'plain p1',
              price: 101,
            },
            {
              usd: 'usd 207',
              eur: 'eur 208',
              home: 'home 201',
              weighed: '20 at 207',
              plain: 'plain p2',
              price: 201,
            },
            {
              usd: 'usd null',
              eur: 'eur null',
              home: 'home null',
              weighed: '30 at null',
              plain: 'plain p3',
              price: null,
            },
          ],
        },
      }),
    )
  })

  it('of objects with an argument does not shorten or lengthen the list of the client', async () => {
    expect(await world.answers('{ post { comments(limit: 1) { id body } heads } }')).toBe(
      expected({
        data: { post: { comments: [{ id: 'c1', body: 'c1' }], heads: 'c1-c2-c3' } },
      }),
    )
    expect(
      await world.answers(
        'query ($n: Int!, $sep: String) { post { heads(sep: $sep) comments(limit: $n) { body(upper: true) } } }',
        { n: 4, sep: '+' },
      ),
    ).toBe(
      expected({
        data: {
          post: {
            heads: 'c1+c2+c3',
            comments: [{ body: 'C1' }, { body: 'C2' }, { body: 'C3' }, { body: 'C4' }],
          },
        },
      }),
    )
  })

  it('with an argument on a nested field', async () => {
    expect(
      await world.answers('{ posts { score score3 size maker { score(of: 5) name } parts { size } } }'),
    ).toBe(
      expected({
        data: {
          posts: [
            {
              score: 22,
              score3: 33,
              size: 30,
              maker: { score: 55, name: 'Maker p1' },
              parts: [{ size: 1 }, { size: 2 }],
            },
            { score: null, score3: null, size: 30, maker: null, parts: [{ size: 1 }, { size: 2 }] },
            {
              score: 22,
              score3: 33,
              size: 30,
              maker: { score: 55, name: 'Maker p3' },
              parts: [{ size: 1 }, { size: 2 }],
            },
          ],
        },
      }),
    )
  })

  it('of a field that itself requires', async () => {
    expect(await world.answers('{ post { both usd price(in: "EUR") } }')).toBe(
      expected({
        data: { post: { both: 'usd 107 eur 108', usd: 'usd 107', price: 108 } },
      }),
    )
  })

  it('holds behind an interface, a list and a condition', async () => {
    expect(
      await world.answers(
        'query ($no: Boolean!) { thing { ... on Post { price usd eur @skip(if: $no) } } things { id ... on Post { heads eur @include(if: $no) } } }',
        { no: true },
      ),
    ).toBe(
      expected({
        data: {
          thing: { price: 101, usd: 'usd 107' },
          things: [
            { id: 'p1', heads: 'c1-c2-c3', eur: 'eur 108' },
            { id: 'n1' },
            { id: 'p2', heads: 'c1-c2-c3', eur: 'eur 208' },
          ],
        },
      }),
    )
  })

  it('holds after a mutation', async () => {
    expect(
      await world.answers('mutation { a: touch(id: "p1") { usd eur } b: touch(id: "p2") { price usd } }'),
    ).toBe(
      expected({
        data: { a: { usd: 'usd 107', eur: 'eur 108' }, b: { price: 201, usd: 'usd 207' } },
      }),
    )
  })
})

describe('an alias', () => {
  it('that takes the name of a key is not sent as the key', async () => {
    expect(await world.answers('{ posts { id: title plain usd } }')).toBe(
      expected({
        data: {
          posts: [1, 2, 3].map((n) => ({
            id: `Title p${n}`,
            plain: `plain p${n}`,
            usd: n === 3 ? 'usd null' : `usd ${n}07`,
          })),
        },
      }),
    )
  })

  it('that takes the name of a required field is not sent for it', async () => {
    expect(
      await world.answers(
        '{ post { weight: title price: title maker: comments(limit: 1) { id } weighed score } }',
      ),
    ).toBe(
      expected({
        data: {
          post: {
            weight: 'Title p1',
            price: 'Title p1',
            maker: [{ id: 'c1' }],
            weighed: '10 at 107',
            score: 22,
          },
        },
      }),
    )
  })

  it('that takes the name of __typename does not change what an object is', async () => {
    expect(await world.answers('{ things { __typename: id t: __typename ... on Post { usd } } }')).toBe(
      expected({
        data: {
          things: [
            { __typename: 'p1', t: 'Post', usd: 'usd 107' },
            { __typename: 'n1', t: 'Note' },
            { __typename: 'p2', t: 'Post', usd: 'usd 207' },
          ],
        },
      }),
    )
  })

  it('may be any word, also one of those that stand inside', async () => {
    expect(
      await world.answers('{ post { hubAlias_id: title hubField_price_1: title id: plain a: id b: id } }'),
    ).toBe(
      expected({
        data: {
          post: { hubAlias_id: 'Title p1', hubField_price_1: 'Title p1', id: 'plain p1', a: 'p1', b: 'p1' },
        },
      }),
    )
  })

  it('stand beside introspection, each in its place', async () => {
    const query = `query ($with: Boolean!) { ...S @include(if: $with) post { id: title plain } a: __typename ... { __type(name: "Post") { kind } } }
      fragment S on Query { __schema { queryType { name } } }`
    const post = { id: 'Title p1', plain: 'plain p1' }
    expect(await world.answers(query, { with: true })).toBe(
      expected({
        data: { __schema: { queryType: { name: 'Query' } }, post, a: 'Query', __type: { kind: 'OBJECT' } },
      }),
    )
    expect(await world.answers(query, { with: false })).toBe(
      expected({ data: { post, a: 'Query', __type: { kind: 'OBJECT' } } }),
    )
  })
})
