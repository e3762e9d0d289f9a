import { graphql, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import { ask } from '../support/gateway-client.ts'
import { startWorld } from '../support/gateway-conformance.ts'
import { randomOperation } from '../support/gateway-operations.ts'
import { RandomGraph } from '../support/gateway-random-graph.ts'

const GENEROUS = { ...defaultLimits, cost: 1e9, depth: 99, aliases: 1e6, fields: 1e6, tokens: 1e6 }

describe('a graph made up at random', () => {
  it.each([
    [2, false],
    [5, false],
    [78, false],
    [144, false],
    [3, true],
    [6, true],
  ])(
    'answers as one server that knows everything, and refuses nothing, graph %i, with an interface that stands for all: %s',
    async (seed, isStanding) => {
      const graph = new RandomGraph(seed, { isStanding })
      const { schema, root } = graph.whole()
      const settings = { limits: GENEROUS, answerWithinMs: 30_000 }
      const world = await startWorld(graph.rooms(), { settings })
      let answered = 0
      for (let at = 0; at < 8; at++) {
        const { query, variables } = randomOperation(schema, seed * 1_000 + at, { mixed: isStanding })
        if (query.length > 3_000 || validate(schema, parse(query)).length > 0) continue
        const { data, errors } = await ask(world.gateway, query, { variables })
        const known = await graphql({
          schema,
          source: query,
          rootValue: root,
          variableValues: variables,
        })
        expect(errors, `asked: ${query}`).toBeUndefined()
        expect(JSON.stringify(data), `asked: ${query}`).toBe(JSON.stringify(known.data))
        answered += 1
      }
      await world.stop()
      expect(answered).toBeGreaterThan(2)
    },
  )
})
