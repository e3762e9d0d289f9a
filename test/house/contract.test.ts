import { undescribed } from '@hub/schema/descriptions.ts'
import { misplacedFields } from '@hub/schema/held-rooms.ts'
import { brokenPromises } from '@hub/schema/held-types.ts'
import { buildSchema, parse } from 'graphql'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const PROMISED = `
  type Query { case(number: ID!, first: Int = 20): Case cases(filter: Filter): [Case!]! }
  type Case { number: ID! title: String caller: Caller }
  type Caller
  input Filter { text: String! status: Status = OPEN }
  enum Status { OPEN CLOSED }`
const promises = buildSchema(PROMISED, { assumeValid: true })

const KEPT = PROMISED.replace('type Caller', 'type Caller { name: String }')
const kept = (change: (sdl: string) => string): string[] =>
  brokenPromises(promises, buildSchema(change(KEPT)))

describe('the comparison of the contract with the graph', () => {
  it('is quiet when the graph keeps every promise, and when it has more', () => {
    expect(kept((sdl) => sdl)).toEqual([])
    expect(
      kept((sdl) =>
        sdl.replace('OPEN CLOSED', 'OPEN CLOSED LOST').replace('title:', 'more(a: Int): Int title:'),
      ),
    ).toEqual([])
  })

  it.each([
    [
      'a type is gone',
      'type Caller { name: String }',
      'scalar Caller',
      ['Caller is a Scalar, promised as a Object'],
    ],
    ['a field is gone', 'title: String', 'name: String', ['Case.title is missing']],
    [
      'a field became nullable',
      'cases(filter: Filter): [Case!]!',
      'cases(filter: Filter): [Case!]',
      ['Query.cases is [Case!], promised as [Case!]!'],
    ],
    ['a field has another type', 'title: String', 'title: ID', ['Case.title is ID, promised as String']],
    ['an argument is gone', ', first: Int = 20', '', ['Query.case(first) is missing']],
    [
      'an argument has another type',
      'number: ID!,',
      'number: ID,',
      ['Query.case(number) is ID, promised as ID!'],
    ],
    [
      'a default value changed',
      'Int = 20',
      'Int = 50',
      ['Query.case(first) has the default 50, promised as 20'],
    ],
    [
      'a default value is gone',
      'Int = 20',
      'Int',
      ['Query.case(first) has the default none, promised as 20'],
    ],
    [
      'an argument was added that clients do not send',
      'title: String',
      'title(in: ID!): String',
      ['Case.title(in) is required, and clients do not send it'],
    ],
    ['an enum value is gone', 'OPEN CLOSED', 'OPEN', ['Status.CLOSED is missing']],
    ['an input field is gone', 'text: String!', 'words: String', ['Filter.text is missing']],
    [
      'an input field was added that clients do not send',
      'text: String!',
      'text: String! district: ID!',
      ['Filter.district is required, and clients do not send it'],
    ],
    [
      'the default of an input field changed',
      'Status = OPEN',
      'Status = CLOSED',
      ['Filter.status has the default "CLOSED", promised as "OPEN"'],
    ],
  ])('finds that %s', (_what, from, to, found) => {
    expect(KEPT).toContain(from)
    expect(kept((sdl) => sdl.replace(from, to))).toEqual(found)
  })

  it('finds that a type promised by name alone is missing', () => {
    const graph = buildSchema(
      KEPT.replace('type Caller { name: String }', '').replace('caller: Caller', 'caller: ID'),
    )
    expect(brokenPromises(promises, graph)).toContain('Caller is missing')
  })
})

describe('the comparison of the contract with the rooms', () => {
  const contract = parse(
    `type Case @key(fields: "number") @from(room: cases) { number: ID! overdue: Boolean @from(room: supervision) }`,
  )
  const cases = parse('type Case @key(fields: "number") { number: ID! }')
  const supervision = parse('type Case @key(fields: "number") { number: ID! @external overdue: Boolean }')

  it('is quiet when each field is served where it is promised', () => {
    expect(
      misplacedFields(
        contract,
        new Map([
          ['cases', cases],
          ['supervision', supervision],
        ]),
      ),
    ).toEqual([])
  })

  it('finds a field served by another room', () => {
    const found = misplacedFields(
      contract,
      new Map([
        ['cases', supervision],
        ['supervision', cases],
      ]),
    )
    expect(found).toEqual(['Case.number is not served by cases', 'Case.overdue is not served by supervision'])
  })

  it('finds that a key is gone', () => {
    const keyless = parse('type Case @key(fields: "id") { number: ID! }')
    const found = misplacedFields(
      contract,
      new Map([
        ['cases', keyless],
        ['supervision', supervision],
      ]),
    )
    expect(found).toEqual(['Case has no key "number" in cases'])
  })
})

describe('the search for missing descriptions', () => {
  const FULL = `
    type Query { "d" case("d" number: ID): Case }
    "d" type Case { "d" status: Status }
    "d" enum Status { "d" OPEN }
    "d" input Filter { "d" text: String }`

  it('is quiet when all is described', () => {
    expect(undescribed(buildSchema(FULL))).toEqual([])
  })

  it.each([
    ['"d" case(', 'case(', 'Query.case'],
    ['"d" number', 'number', 'Query.case(number)'],
    ['"d" type Case', 'type Case', 'Case'],
    ['"d" status', '" " status', 'Case.status'],
    ['"d" OPEN', 'OPEN', 'Status.OPEN'],
    ['"d" text', 'text', 'Filter.text'],
  ])('finds %s without its description', (from, to, name) => {
    expect(undescribed(buildSchema(FULL.replace(from, to)))).toEqual([`${name} has no description`])
  })
})

describe('the contract itself', () => {
  it('is a document that a schema can be built from', () => {
    const text = readFileSync(new URL(import.meta.resolve('@hub/schema/contract.graphql')), 'utf8')
    expect(
      buildSchema(text, { assumeValid: true }).getMutationType()?.getFields()['dispatchCase'],
    ).toBeDefined()
  })
})
