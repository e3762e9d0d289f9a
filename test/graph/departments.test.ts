import { graphql, type ExecutionResult } from 'graphql'
import { beforeEach, describe, expect, it, afterAll } from 'vitest'
import { loadSampleDepartments } from '@hub/departments/commands/load-sample.ts'
import { contextMaker } from '@hub/departments/graph/context.ts'
import { schema } from '@hub/departments/graph/schema.ts'
import { RoutingReader } from '@hub/departments/store/routing-reader.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { openTestDatabase } from '../support/database.ts'

const statements: string[] = []
const { url } = await openTestDatabase('departments')
const database = openDatabase({
  url,
  room: 'departments',
  max: 2,
  onStatement: (text) => statements.push(text),
})
await loadSampleDepartments(database, () => new Date('2026-11-23T09:00:00+08:00'))
const makeContext = contextMaker(database, new RoutingReader(database))

beforeEach(() => {
  statements.length = 0
})
afterAll(() => database.close())

const callerOf = (role: string): Caller => ({
  subject: 'test',
  role,
  attributes: {},
  scopes: [],
  locale: 'zh-CN',
  expiresAt: 4_000_000_000,
  requestId: 'test',
})

async function ask(source: string, role = 'OPERATOR', variableValues = {}): Promise<ExecutionResult> {
  return graphql({ schema, source, variableValues, contextValue: makeContext(callerOf(role)) })
}

/** The data of an answer without errors, as plain JSON. */
async function dataOf(source: string, role?: string, variables?: object) {
  const { data, errors } = await ask(source, role, variables)
  expect(errors).toBeUndefined()
  return JSON.parse(JSON.stringify(data))
}

describe('the tree in the graph', () => {
  it('answers a unit with what stands above, below and in its catalogue (R35)', async () => {
    const data = await dataOf(`{ department(code: "JN-D-LX") {
      code name shortName type level acceptsDispatch parent { code } children { code } responsibilities { clause text } } }`)
    expect(data.department).toMatchObject({
      name: '济南市历下区人民政府',
      type: 'DISTRICT_GOVERNMENT',
      level: 'DISTRICT',
      acceptsDispatch: true,
      parent: { code: 'JN-GOV' },
    })
    expect(data.department.children).toHaveLength(4)
    expect(data.department.responsibilities[0]).toEqual({ clause: 1, text: '属地管理' })
  })

  it('answers null for a code that is not there', async () => {
    expect(await dataOf(`{ department(code: "JN-NONE") { code } }`)).toEqual({ department: null })
  })

  it('pages through all 81 in order, each once (R36 R37)', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const data = await dataOf(
        `query ($after: String) { departments(first: 20, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }`,
        'PORTAL',
        { after },
      )
      seen.push(...data.departments.nodes.map((node: { code: string }) => node.code))
      after = data.departments.pageInfo.hasNextPage ? data.departments.pageInfo.endCursor : null
    } while (after)
    expect(seen).toHaveLength(81)
    expect(new Set(seen).size).toBe(81)
  })

  it('narrows by kind and by what stands above, at any depth', async () => {
    const data = await dataOf(`{
      streets: departments(type: [SUBDISTRICT], under: "JN-GOV", first: 100) { nodes { code } }
      under: departments(under: "JN-D-LX") { nodes { code } } }`)
    expect(data.streets.nodes).toHaveLength(23)
    expect(data.under.nodes).toHaveLength(4)
  })

  it.each([
    ['departments(first: 101)', 'BAD_INPUT'],
    ['departments(first: 0)', 'BAD_INPUT'],
    ['departments(after: "x")', 'CURSOR_INVALID'],
    ['departments(after: "WzEsMiwzXQ")', 'CURSOR_INVALID'],
  ])('refuses %s', async (field, code) => {
    const { errors } = await ask(`{ ${field} { nodes { code } } }`)
    expect(errors?.[0]?.originalError).toMatchObject({ code })
  })

  it('costs the same few statements for 50 units as for one', async () => {
    const page = (first: number) => `{ departments(first: ${first}) { nodes {
      code parent { code name } children { code parent { code } } responsibilities { clause } } } }`
    await dataOf(page(1))
    const forOne = statements.length
    statements.length = 0
    await dataOf(page(50))
    expect(statements.length).toBeLessThanOrEqual(6)
    expect(forOne).toBeLessThanOrEqual(6)
  })

  it('resolves 50 entities of other rooms in one statement', async () => {
    const codes = (await dataOf(`{ departments(first: 50) { nodes { code } } }`)).departments.nodes
    statements.length = 0
    const representations = codes.map(({ code }: { code: string }) => ({ __typename: 'Department', code }))
    const data = await dataOf(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Department { code name } } }`,
      'SUBGRAPH',
      { representations },
    )
    expect(data._entities).toHaveLength(50)
    expect(data._entities[3].name).toBe('济南市发展和改革委员会')
    expect(statements).toHaveLength(1)
  })
})

describe('who may read the tree', () => {
  const all = `{ department(code: "JN-SWJ") { name } departments(first: 1) { nodes { name } }
    suggestDepartments(title: "暖气", content: "不热") { because } }`

  it.each(['OPERATOR', 'OFFICE', 'DEPARTMENT', 'LEADER', 'PORTAL', 'OVERSIGHT', 'ADMIN', 'SUBGRAPH'])(
    '%s may',
    async (role) => {
      expect((await ask(all, role)).errors).toBeUndefined()
    },
  )

  it.each(['', 'NOBODY', 'operator'])('the role %j may not, nor by reference', async (role) => {
    for (const field of [
      'department(code: "JN-SWJ") { name }',
      'departments { nodes { name } }',
      'suggestDepartments(title: "a", content: "b") { score }',
      '_entities(representations: [{ __typename: "Department", code: "JN-SWJ" }]) { ... on Department { name } }',
    ]) {
      const { errors } = await ask(`{ ${field} }`, role)
      expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' })
    }
  })
})

describe('suggestDepartments', () => {
  it('names the unit, the clause and the words, within a fixed number of statements (R35)', async () => {
    const source = `{ suggestDepartments(title: "暖气不热", content: "家里只有十四度", district: "历城区") {
      score because department { code name responsibilities { clause text } } } }`
    await dataOf(source)
    statements.length = 0
    const { suggestDepartments } = await dataOf(source)
    expect(suggestDepartments[0]).toMatchObject({ department: { code: 'JN-U-HEAT' } })
    expect(suggestDepartments[0].because).toContain('职责目录第2条“暖气不热”')
    expect(statements.length).toBeLessThanOrEqual(3)
  })

  it('refuses a text that is longer than any call', async () => {
    const { errors } = await ask(
      `query ($content: String!) { suggestDepartments(title: "", content: $content) { score } }`,
      'OPERATOR',
      { content: '水'.repeat(20_001) },
    )
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'BAD_INPUT' })
  })
})
