import { composeServices } from '@apollo/composition'
import { printSubgraphSchema } from '@apollo/subgraph'
import { schema } from '@hub/supervision/graph/schema.ts'
import { isEnumType, isObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@shareable"])'
const supervision = printSubgraphSchema(schema)

function compose(assignmentFields: string) {
  const cases = `${LINK}
    scalar Date
    enum AssignmentStatus { ISSUED ACCEPTED REPLIED REPLY_ACCEPTED REDO RETURN_REQUESTED RETURNED CANCELLED }
    type Query { case(number: String!): Case }
    type Case @key(fields: "number") { number: String! title: String! assignments: [Assignment!]! }
    type Assignment @key(fields: "id") { id: ID! case: Case! department: Department! ${assignmentFields} }
    type Department @key(fields: "code") { code: ID! openAssignments: Int! }`
  const departments = `${LINK} type Query { department(code: ID!): Department } type Department @key(fields: "code") { code: ID! name: String! }`
  return composeServices([
    { name: 'cases', url: 'http://cases', typeDefs: parse(cases) },
    { name: 'departments', url: 'http://departments', typeDefs: parse(departments) },
    { name: 'supervision', url: 'http://supervision', typeDefs: parse(supervision) },
  ])
}

describe('the supervision subgraph', () => {
  it('composes with the rooms whose cases, assignments and departments it extends', () => {
    expect(
      compose(
        'status: AssignmentStatus! dueOn: Date! redoBy: Date replyRequired: Boolean! suspended: Boolean! capOn: Date! policyVersion: String!',
      ).errors ?? [],
    ).toEqual([])
  })

  it('does not compose without what the clock needs', () => {
    expect(
      compose(
        'status: AssignmentStatus! dueOn: Date! replyRequired: Boolean! suspended: Boolean! capOn: Date! policyVersion: String!',
      )
        .errors?.map(String)
        .join(),
    ).toContain('redoBy')
  })

  it('describes every type, field, argument and value', () => {
    const own = Object.values(schema.getTypeMap()).filter(
      ({ name }) => !/^_|^(Query|String|Int|Float|Boolean|ID)$/.test(name),
    )
    const fields = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('_'))
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()))
      .filter(({ name }) => !name.startsWith('_'))
    const described = [
      ...own,
      ...fields,
      ...fields.flatMap(({ args }) => args),
      ...own.filter(isEnumType).flatMap((type) => type.getValues()),
    ]
    expect(described.length).toBeGreaterThan(100)
    const bare = described
      .filter(({ name, description }) => !description && !name.startsWith('__'))
      .map(({ name }) => name)
    expect(bare).toEqual([])
  })
})
