import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overriding } from '@hub/gateway/planning/override-labels.ts'
import { expected, startWorld, type Resolvers, type World } from '../support/gateway-conformance.ts'

const OLD = `type Query { goods: [Goods!]! }
  type Goods @key(fields: "id") { id: ID! price: Int! rank: Int! all: String! none: String! }`
const NEW = `type Query { one: Goods }
  type Goods @key(fields: "id") {
    id: ID!
    price: Int! @override(from: "old", label: "prices-moved")
    rank: Int! @override(from: "old", label: "ranks-moved")
    all: String! @override(from: "old", label: "percent(100)")
    none: String! @override(from: "old", label: "percent(0)")
  }`

function room(name: 'old' | 'new'): Resolvers {
  const goods = {
    id: '1',
    price: name === 'old' ? 1 : 2,
    rank: name === 'old' ? 10 : 20,
    all: name,
    none: name,
  }
  return {
    Query: name === 'old' ? { goods: () => [goods] } : { one: () => goods },
    Goods: { __resolveReference: () => goods },
  }
}

let world: World

beforeAll(async () => {
  const rooms = { old: [OLD, room('old')], new: [NEW, room('new')] } as const
  world = await startWorld(rooms, { settings: { overrideLabels: ['prices-moved'] } })
})

afterAll(() => world.stop())

describe('@override with a label', () => {
  it('moves a field while its label is active, and only then, wherever one comes from', async () => {
    const moved = { price: 2, rank: 10, all: 'new', none: 'old' }
    expect(await world.answers('{ goods { price rank all none } one { price rank all none } }')).toBe(
      expected({ data: { goods: [moved], one: moved } }),
    )
  })

  it('by percent decides for a caller once and for all, and for that part of callers', () => {
    const caller = (subject: string, role = 'OPERATOR', requestId = 'r') => ({
      subject,
      role,
      requestId,
      attributes: {},
      scopes: [],
      locale: 'zh-CN' as const,
      expiresAt: 0,
    })
    const labelsOf = overriding([])
    const known = ['percent(30)', 'percent(0)', 'percent(100)', 'named']
    const chosen = Array.from({ length: 2_000 }, (_, at) => labelsOf(known, caller(`u${at}`)))
    const moved = chosen.filter((labels) => labels.includes('percent(30)')).length
    expect(moved).toBeGreaterThan(500)
    expect(moved).toBeLessThan(700)
    expect(chosen.every((labels) => labels.includes('percent(100)') && !labels.includes('percent(0)'))).toBe(
      true,
    )
    expect(labelsOf(known, caller('u7', 'OPERATOR', 'other'))).toEqual(chosen[7])
    const anonymous = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9'].map((id) =>
      labelsOf(['percent(50)'], caller('anonymous', 'ANONYMOUS', id)).join(),
    )
    expect(new Set(anonymous).size).toBe(2)
  })
})
