import { describe, expect, it } from 'vitest'
import { askGraph } from '../support/gateway-random-asking.ts'
import { FEATURES, type Feature } from '../support/gateway-random-shape.ts'

// Longer ranges: npm run bench random-graphs.
describe('a graph made up at random', () => {
  const seen = new Map<Feature, number>()

  it.each<[number, Feature[]]>([
    [1, ['standing', 'keys', 'partial', 'common', 'mutation']],
    [7, ['standing', 'nested', 'provides', 'moved', 'unions']],
    [13, ['values', 'unions', 'hidden', 'provides', 'keys', 'nested']],
    // Two ways lead to one object, of which one says later that it is but a Node.
    [235, ['standing', 'partial', 'keys', 'unions', 'values', 'nested', 'mutation']],
    [4, ['failing', 'values', 'keys', 'partial', 'mutation']],
    [2, ['defer', 'standing', 'keys', 'nested', 'moved', 'hidden']],
    [3, FEATURES.filter((feature) => feature !== 'defer' && feature !== 'failing')],
  ])(
    'answers as one server that knows everything, and refuses nothing: graph %i with %j',
    async (seed, features) => {
      let answered = 0
      for await (const { query, ours, known, signs } of askGraph(seed, { features, operations: 7 })) {
        expect(ours, `asked: ${query}`).toBe(known)
        answered += 1
        for (const feature of signs) seen.set(feature, (seen.get(feature) ?? 0) + 1)
      }
      expect(answered).toBe(7)
    },
  )

  it('is answered wrong by the plans of a planner alone, and the comparison sees it', async () => {
    const wrong: number[] = []
    const asking = { features: ['values', 'unions'] as const, operations: 3, compile: false }
    for await (const { operation, ours, known } of askGraph(9, asking))
      if (ours !== known) wrong.push(operation)
    expect(wrong).toEqual([0, 1, 2])
  })

  it('has each feature in some answers: what none shows is held by nothing', () => {
    expect(FEATURES.filter((feature) => (seen.get(feature) ?? 0) < 2)).toEqual([])
  })
})
