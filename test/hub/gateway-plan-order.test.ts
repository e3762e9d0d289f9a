import { buildSchema, operationFromDocument } from '@apollo/federation-internals'
import { OperationTypeNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { CuttablePlanner } from '@hub/gateway/planning/cuttable-planner.ts'
import { isOutOfOrder } from '@hub/gateway/planning/plan-order.ts'

const SCHEMA = buildSchema('type Query { a: Int }')

describe('the order of a plan', () => {
  it('is right where a key is brought again that is known since the root, and wrong where it comes too late', () => {
    type PlanNode = NonNullable<Parameters<typeof isOutOfOrder>[0]>
    const root = {
      kind: 'Fetch',
      serviceName: 'ends',
      operation: '{bee{__typename id}}',
      operationName: undefined,
      operationKind: OperationTypeNode.QUERY,
    } satisfies PlanNode
    const id = { kind: 'Field', name: 'id' } as const
    const again = {
      ...root,
      serviceName: 'keys',
      requires: [{ kind: 'InlineFragment', typeCondition: 'Bee', selections: [id] }],
      operation: '{_entities{...on Bee{id org{code}}}}',
    } satisfies PlanNode
    const found = { kind: 'Flatten', path: ['bee'], node: again } satisfies PlanNode
    const plan = (...nodes: (typeof root | typeof found | typeof below)[]): PlanNode => ({
      kind: 'Sequence',
      nodes,
    })
    expect(isOutOfOrder(plan(root, found))).toBe(false)
    expect(isOutOfOrder(plan(found, root))).toBe(true)
    // What is taken from further up has to be there as well.
    const path = ['..', '... on Bee', 'org', 'code']
    const taken = { kind: 'KeyRenamer', path, renameKeyTo: 'code' } as const
    const hive = {
      ...again,
      operation: '{_entities{...on Hive{size(code:$code)}}}',
      contextRewrites: [taken],
    }
    const below = { kind: 'Flatten', path: ['bee', 'hive'], node: hive } satisfies PlanNode
    expect(isOutOfOrder(plan(root, found, below))).toBe(false)
    expect(isOutOfOrder(plan(root, below, found))).toBe(true)
  })
})

describe('a planner that does not come to an end', () => {
  it('is cut off, and another one goes on; one that fails goes on itself', () => {
    const made: string[] = []
    const make = () => {
      made.push('made')
      return {
        buildQueryPlan: ({ name }: { readonly name?: string | undefined }) => {
          if (name === 'fails') throw new Error('failed')
          for (let turns = name === 'endless' ? Infinity : 0; turns > 0;) turns -= 1
          return { kind: 'QueryPlan' as const }
        },
      }
    }
    const planner = new CuttablePlanner(make, make(), 20)
    const plan = (name: string) =>
      planner.plan(operationFromDocument(SCHEMA, parse(`query ${name} { a }`)), {})
    expect(() => plan('fails')).toThrow('failed')
    expect(plan('short')).toBeUndefined()
    expect(made).toHaveLength(1)
    expect(() => plan('endless')).toThrow(/timed out/)
    expect(plan('short')).toBeUndefined()
    expect(made).toHaveLength(2)
  })
})
