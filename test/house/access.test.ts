import { createBuilder } from '@hub/kit/graph.ts'
import { graphRooms } from '@hub/schema/rooms.ts'
import { isObjectType, type GraphQLSchema } from 'graphql'
import { describe, expect, it } from 'vitest'

const OURS_NOT = new Set(['_entities', '_service'])

/** Root fields that anyone with a signature could call: default deny wants a rule on each. */
const openFields = (schema: GraphQLSchema): string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .filter(isObjectType)
    .flatMap((root) =>
      Object.values(root.getFields())
        .filter(({ name, extensions }) => !OURS_NOT.has(name) && !scopesIn(extensions['pothosOptions']))
        .map(({ name }) => `${root.name}.${name}`),
    )

const scopesIn = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'authScopes' in options && hasRule(options.authScopes)

const hasRule = (scopes: unknown): boolean =>
  typeof scopes === 'function' ||
  (typeof scopes === 'object' && scopes !== null && Object.keys(scopes).length > 0)

describe.each(graphRooms)('the room $name', ({ load }) => {
  it('says of every root field who may call it', async () => {
    const { schema } = await load()
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).length).toBeGreaterThan(2)
    expect(openFields(schema)).toEqual([])
  })
})

describe('a root field', () => {
  const builder = createBuilder()
  builder.queryType({
    fields: (t) => ({
      guarded: t.boolean({ authScopes: { role: ['OFFICE'] }, resolve: () => true }),
      open: t.boolean({ resolve: () => true }),
      empty: t.boolean({ authScopes: {}, resolve: () => true }),
    }),
  })
  builder.mutationType({ fields: (t) => ({ change: t.boolean({ resolve: () => true }) }) })

  it('without a rule would be caught', () => {
    expect(openFields(builder.toSchema()).toSorted()).toEqual([
      'Mutation.change',
      'Query.empty',
      'Query.open',
    ])
  })
})
