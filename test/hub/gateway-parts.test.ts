import { untilMeasured } from '../support/gateway-socket.ts'
import { buildClientSchema, getIntrospectionQuery, parse, validate, type IntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startGates, type Gates } from '../support/gateway-gates.ts'
import { randomOperation } from '../support/gateway-operations.ts'
import {
  askInParts,
  BY_ID,
  BY_PATH,
  differences,
  followParts,
  merge,
  type Message,
} from '../support/gateway-parts.ts'
import { SHOP_RESOLVERS, SHOP_TYPES } from '../support/gateway-shop.ts'
import { startSubgraphs, type Subgraphs } from '../support/gateway-subgraphs.ts'

let shop: Subgraphs
let gates: Gates
let gateway: Running
let house: Running

beforeAll(async () => {
  shop = await startSubgraphs(SHOP_TYPES, SHOP_RESOLVERS)
  gates = await startGates()
  gateway = await openGateway(shop, { answerWithinMs: 20_000 })
  house = await openGateway(gates)
})

afterAll(async () => {
  await gateway.stop()
  await house.stop()
  await shop.stop()
  await gates.stop()
})

describe('an answer in parts', () => {
  it('has what is deferred after the rest, by path for clients that say deferSpec', async () => {
    const query =
      '{ goods(first: 2) { name ... @defer(label: "stars") { reviews { stars ... @defer { body } } } } }'
    const { type, messages } = await askInParts(gateway, query)
    expect(type).toBe('multipart/mixed; boundary="-"; deferSpec=20220824')
    expect(messages).toEqual([
      { data: { goods: [{ name: 'Kettle' }, { name: 'Lamp' }] }, hasNext: true },
      {
        incremental: [
          { label: 'stars', path: ['goods', 0], data: { reviews: [{ stars: 5 }, { stars: 1 }] } },
          { label: 'stars', path: ['goods', 1], data: { reviews: [{ stars: 4 }] } },
        ],
        hasNext: true,
      },
      {
        incremental: [
          { path: ['goods', 0, 'reviews', 0], data: { body: 'good "indeed"' } },
          { path: ['goods', 0, 'reviews', 1], data: { body: 'bad\nvery' } },
          { path: ['goods', 1, 'reviews', 0], data: { body: '' } },
        ],
        hasNext: false,
      },
    ])
  })

  it('has parts that are announced, by id for clients that say incrementalSpec', async () => {
    const { type, messages } = await askInParts(gateway, '{ me { id ... @defer(label: "n") { name } } }', {
      accept: BY_ID,
    })
    expect(type).toBe('multipart/mixed; boundary="-"; incrementalSpec=v0.2')
    expect(messages).toEqual([
      { data: { me: { id: 'u1' } }, pending: [{ id: '0', path: ['me'], label: 'n' }], hasNext: true },
      { incremental: [{ id: '0', data: { name: 'Ada' } }], completed: [{ id: '0' }], hasNext: false },
    ])
  })

  it('begins before what is deferred has been answered, and its parts wait for nobody but themselves', async () => {
    const parts = await followParts(
      house,
      '{ room { name ... @defer(label: "l") { left } ... @defer(label: "r") { right } } }',
    )
    expect(await parts.next()).toEqual({ data: { room: { name: 'hall' } }, hasNext: true })
    await gates.reached('left')
    gates.open('right')
    expect(await parts.next()).toMatchObject({ incremental: [{ label: 'r', data: { right: 'right' } }] })
    gates.open('left')
    expect(await parts.next()).toMatchObject({ incremental: [{ label: 'l' }], hasNext: false })
  })

  it('asks for nothing more when the client has left', async () => {
    const parts = await followParts(house, '{ room { name ... @defer { door { lock } } } }')
    await parts.next()
    await gates.reached('door')
    parts.leave()
    await untilMeasured(house, 'hub_gateway_operations_under_way', 0)
    gates.open('door')
    gates.open('lock')
    const after = await followParts(house, '{ room { id ... @defer { door { id lock } } } }')
    await after.next()
    await after.next()
    // The second asked for all of it; of the first nothing was asked after the door.
    expect(gates.asked.filter((name) => name === 'lock')).toHaveLength(1)
  })

  it('keeps to itself what is missing in a part', async () => {
    const query = '{ users { id ... @defer(label: "s") { surname } } goods { id ... @defer { average } } }'
    const { messages } = await askInParts(gateway, query)
    expect(messages[0]).not.toHaveProperty('errors')
    const { data, errors } = merge(messages)
    expect(data).toMatchObject({ users: [{ surname: 'Family of u1' }, null, { id: 'u3' }] })
    const parts = messages.flatMap(({ incremental = [] }) => incremental)
    expect(parts.find(({ path }) => path?.join() === 'users,2')).toMatchObject({
      label: 's',
      data: null,
      errors: [{ path: ['users', 2, 'surname'], extensions: { service: 'users' } }],
    })
    expect(parts.find(({ path }) => path?.join() === 'goods,1')).toMatchObject({ data: { average: null } })
    expect(errors).toHaveLength(2)
  })

  it('obeys `if`, in named fragments and operations, also of mutations', async () => {
    const query = `query A { reviews { id } } query B($later: Boolean = true) { me { ...P @defer(if: $later, label: "p") ... @defer(if: false) { id } } }
      fragment P on User { email home { city } }`
    const counts = await Promise.all(
      [{}, { later: true }, { later: false }].map(async (variables) => {
        const body = JSON.stringify({ query, operationName: 'B', variables })
        const headers = { accept: BY_PATH, 'content-type': 'application/json' }
        const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
        return (await response.text()).split('hasNext').length - 1
      }),
    )
    expect(counts).toEqual([2, 2, 0])
    const { messages } = await askInParts(
      gateway,
      'mutation { addReview(body: "x") { id author { id ... @defer { email } } } }',
    )
    expect(merge(messages)).toMatchObject({
      data: { addReview: { author: { email: 'a@x' } } },
      parts: 1,
    })
  })

  it('comes in parts too where the planner cannot take the operation apart', async () => {
    const query = '{ goods { id ... @defer { shelf { goods { sku duty } } } } }'
    const { messages } = await askInParts(gateway, query)
    expect(messages[0]).toEqual({ data: { goods: [{ id: '1' }, { id: '2' }, { id: '3' }] }, hasNext: true })
    expect(merge(messages).data).toEqual((await ask(gateway, query)).data)
  })

  it('is one answer for a client that takes no parts, and JSON where it is a refusal', async () => {
    const query = '{ me { id ... @defer { name } } }'
    const { data } = await ask(gateway, query)
    expect(data).toEqual({ me: { id: 'u1', name: 'Ada' } })
    const accept = 'multipart/mixed;deferSpec=20220824'
    const refused = await askInParts(gateway, '{ me { nothing ... @defer { name } } }', { accept })
    expect([refused.status, refused.type]).toEqual([400, 'application/json; charset=utf-8'])
    const unknown = await askInParts(gateway, query, { accept: 'multipart/mixed;deferSpec=20990101' })
    expect([unknown.status, unknown.messages[0]?.errors?.[0]?.extensions]).toEqual([
      406,
      { code: 'ACCEPT_UNSUPPORTED' },
    ])
    const bare = await askInParts(gateway, query, { accept: 'multipart/mixed' })
    expect(bare.type).toContain('deferSpec=20220824')
  })

  it('costs what it would at once', async () => {
    const limits = { ...defaultLimits, cost: 20 }
    const small = await openGateway(shop, { limits })
    const query = '{ goods(first: 9) { id ... @defer { pair { id } reviews { id } } } }'
    const { status, messages } = await askInParts(small, query)
    expect([status, messages[0]?.errors?.[0]?.extensions?.['code']]).toEqual([400, 'OPERATION_TOO_COSTLY'])
    await small.stop()
  })

  it.each([
    ['a label twice', '{ me { ... @defer(label: "x") { id } ... @defer(label: "x") { name } } }'],
    ['a label that is no text', 'query ($l: String) { me { ... @defer(label: $l) { id } } }'],
    ['fields with an effect', 'mutation { ... @defer { addReview(body: "x") { id } } }'],
    ['@stream', '{ goods @stream(initialCount: 1) { id } }'],
  ])('is not there for %s', async (_, query) => {
    const { status, messages } = await askInParts(gateway, query)
    expect([status, messages[0]?.errors?.[0]?.extensions?.['code']]).toEqual([400, 'DOCUMENT_INVALID'])
  })
})

describe('the parts of an answer together', () => {
  it.each(Array.from({ length: 4 }, (_, block) => block))(
    'are the answer at once, block %i',
    async (block) => {
      const { data } = await ask(gateway, getIntrospectionQuery())
      const schema = buildClientSchema(Object(data) as IntrospectionQuery)
      let parts = 0
      for (let seed = block * 20; seed < block * 20 + 20; seed++) {
        const { query, variables } = randomOperation(schema, seed, { defers: true })
        if (validate(schema, parse(query)).length > 0) continue
        const accept = seed % 2 === 0 ? BY_PATH : BY_ID
        const [whole, { messages }] = await Promise.all([
          ask(gateway, query, { variables }),
          askInParts(gateway, query, { variables, accept }),
        ])
        const merged = merge(messages)
        parts += merged.parts
        const known = [...(whole.errors ?? []), ...merged.errors]
        expect(differences(whole.data, merged.data, known), `seed ${seed}: ${query}`).toEqual([])
        expect(whole.errors ? [] : merged.errors, `seed ${seed}: ${query}`).toEqual([])
      }
      expect(parts).toBeGreaterThan(10)
    },
  )

  it('are found wanting when one is lost, stands elsewhere, or says something else', async () => {
    const query = '{ goods { id ... @defer { name reviews { stars } } } }'
    const whole = await ask(gateway, query)
    const { messages } = await askInParts(gateway, query)
    const [first, second] = messages
    const [part, ...others] = second?.incremental ?? []
    if (!first || !part) throw new Error('no parts')
    const broken: Message[][] = [
      [first, { incremental: others, hasNext: false }],
      [first, { incremental: [...others, { ...part, path: ['goods', 1] }], hasNext: false }],
      [first, { incremental: [...others, { ...part, data: { name: 'Lamp' } }], hasNext: false }],
    ]
    expect(differences(whole.data, merge(messages).data, [])).toEqual([])
    for (const lost of broken) expect(differences(whole.data, merge(lost).data, [])).not.toEqual([])
    expect(() => merge([first])).not.toThrow()
    expect(() => merge([first, { incremental: [part], hasNext: true }])).toThrow('hasNext')
  })
})
