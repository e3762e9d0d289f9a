import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

let library: Library
let gateway: Running

beforeAll(async () => {
  library = await startLibrary()
  gateway = await openGateway(library)
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

describe('a query over three subgraphs', () => {
  it('joins what each knows of an entity', async () => {
    const { data, errors } = await ask(gateway, '{ books(first: 2) { title copies label author { name } } }')
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      books: [
        {
          title: 'A Dream of Red Mansions',
          copies: 10,
          label: '1: A Dream of Red Mansions',
          author: { name: 'Cao Xueqin' },
        },
        {
          title: 'Fortress Besieged',
          copies: 20,
          label: '2: Fortress Besieged',
          author: { name: 'Qian Zhongshu' },
        },
      ],
    })
  })

  it('joins through an interface, each type from its own subgraph', async () => {
    const { data, errors } = await ask(
      gateway,
      '{ book(id: "1") { related { __typename id title ... on Book { copies author { name } } ... on Magazine { issue copies } } } }',
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      book: {
        related: [
          {
            __typename: 'Book',
            id: '2',
            title: 'Fortress Besieged',
            copies: 20,
            author: { name: 'Qian Zhongshu' },
          },
          { __typename: 'Magazine', id: 'm1', title: 'Reading', issue: 12, copies: 3 },
        ],
      },
    })
  })

  it('nulls up to the nearest nullable place when an entity is missing', async () => {
    const { data } = await ask(gateway, '{ book(id: "3") { title author { name } } }')
    expect(data).toEqual({ book: null })
  })
})
