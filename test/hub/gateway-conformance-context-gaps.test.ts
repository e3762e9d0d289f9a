import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, type World } from '../support/gateway-conformance.ts'
import { startParcels } from '../support/gateway-conformance-parcels.ts'
import { askInParts, merge } from '../support/gateway-parts.ts'

const ITEM = '... on Letter { text } ... on Parcel { label of } ... on Mail { id }'
const LETTER = { text: 'dear l' }
const IN_BOX = [LETTER, { label: 'c zh', of: 'c of b' }]
const IN_BAG = [LETTER, { label: 'c null', of: 'c of g' }]

let world: World

beforeAll(async () => {
  world = await startParcels()
})

afterAll(() => world.stop())

describe('@fromContext where a planner leaves something out', () => {
  it('takes a nested value from two levels above', async () => {
    expect(await world.answers(`{ box { pile { items { ${ITEM} } } } }`)).toBe(
      expected({ data: { box: { pile: { items: IN_BOX } } } }),
    )
  })

  it('takes it past a list of entities, from any of several types, null where it is null', async () => {
    const both = `sheaves { items { ${ITEM} } }`
    const query = `{ holders { ... on Box { ${both} } ... on Bag { ${both} } } }`
    const holders = [IN_BOX, IN_BAG].map((items) => ({ sheaves: [{ items }, { items }] }))
    expect(await world.answers(query)).toBe(expected({ data: { holders } }))
  })

  it('takes it under aliases, and not from what a client calls by its name', async () => {
    const query = `{ box { owner { language: id id: language } pile {
      items { ... on Letter { text } ... on Mail { id } ... on Parcel { label a: label(loud: true) b: label(loud: true) } }
    } } }`
    const parcel = { label: 'c zh', a: 'c zh!', b: 'c zh!' }
    const box = { owner: { language: 'p', id: 'zh' }, pile: { items: [LETTER, parcel] } }
    expect(await world.answers(query)).toBe(expected({ data: { box } }))
  })

  it('takes it of the whole query, whatever others that set it call so', async () => {
    const items = 'items { ... on Letter { text } ... on Parcel { motto } ... on Mail { id } }'
    expect(await world.answers(`{ motto(loud: true) box { pile { ${items} } } }`)).toBe(
      expected({ data: { motto: 'all!', box: { pile: { items: [LETTER, { motto: 'all' }] } } } }),
    )
  })

  it('takes it for a part that comes later', async () => {
    const { messages } = await askInParts(
      world.gateway,
      `{ box { id ... @defer { pile { items { ${ITEM} } } } } }`,
    )
    expect(merge(messages)).toEqual({
      data: { box: { id: 'b', pile: { items: IN_BOX } } },
      errors: [],
      parts: 1,
    })
  })

  it('takes it from an event', async () => {
    const response = await fetch(`${world.gateway.url}/graphql`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query: `subscription { posted { sheaves { items { ${ITEM} } } } }` }),
    })
    const [, told = ''] = /^data: (.*)$/m.exec(await response.text()) ?? []
    expect(JSON.parse(told)).toEqual({
      data: { posted: { sheaves: [{ items: IN_BOX }, { items: IN_BOX }] } },
    })
  })

  it('asks for nothing that would be computed from what did not come', async () => {
    expect(await world.answers(`{ lost { pile { items { ... on Parcel { label of } } } } }`)).toBe(
      expected({ data: { lost: { pile: { items: [{}, { label: null, of: 'c of b' }] } } } }),
    )
  })
})

describe('@override with a label where a planner leaves something out', () => {
  it('is answered by whom the field has moved to', async () => {
    const items = 'items { ... on Letter { text } ... on Parcel { grams stamp } ... on Mail { id } }'
    expect(await world.answers(`{ box { pile { ${items} } } }`)).toBe(
      expected({ data: { box: { pile: { items: [LETTER, { grams: 3, stamp: 'new' }] } } } }),
    )
  })
})
