import { compose } from '@hub/schema/compose.ts'
import { errorList } from '@hub/schema/error-list.ts'
import { differingLines } from '@hub/schema/finding.ts'
import { readOperations, unfitOperations } from '@hub/schema/operation-files.ts'
import { printContract } from '@hub/schema/printed.ts'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { read } from './tree.ts'

const { files, graph: whole } = await printContract()

describe('the documents that clients send', () => {
  const graph = buildSchema('type Query { case(number: ID!): String }')
  const good = { file: 'one-case.graphql', text: '# A portal.\nquery OneCase { case(number: "1") }\n' }

  it('pass when they fit the graph', () => {
    expect(unfitOperations([good], graph)).toEqual([])
  })

  it.each([
    ['has no comment', good.file, good.text.slice(2), 'does not begin with a comment'],
    [
      'asks for what is not there',
      good.file,
      good.text.replace('case(', 'cases('),
      'Cannot query field "cases"',
    ],
    ['is no GraphQL', good.file, `${good.text}}`, 'cannot be parsed'],
    ['is not named like its file', 'a-case.graphql', good.text, 'holds OneCase, not ACase alone'],
    [
      'holds two operations',
      good.file,
      `${good.text}query Two { __typename }`,
      'holds OneCase, Two, not OneCase alone',
    ],
  ])('are refused when one %s', (_what, file, text, finding) => {
    expect(unfitOperations([{ file, text }], graph).join()).toContain(finding)
  })

  it('stand in schema/operations and fit the hub', () => {
    expect(readOperations().length).toBeGreaterThanOrEqual(10)
    expect(unfitOperations(readOperations(), whole)).toEqual([])
  })
})

describe.each([...files])('schema/%s', (name, text) => {
  it('is what the code prints', () => {
    expect(differingLines(`schema/${name}`, read(`schema/${name}`), text)).toEqual([])
  })
})

describe('a printed file', () => {
  it('agrees with itself', () => {
    expect(differingLines('a.md', 'a\nb\n', 'a\nb\n')).toEqual([])
  })

  it('that was edited is shown by the lines that went and came, in two places as well', () => {
    const [finding] = differingLines('a.md', 'a\nb\nc\nd\n', 'a\nx\ny\nc\n')
    expect(finding).toBe(
      'a.md is not what the code prints; write it anew with: npm run schema\n  2 - b\n  3 + x\n  3 + y\n  4 - d',
    )
  })

  it('that is missing or grew is shown as far as a reader can take it', () => {
    const long = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n')
    expect(differingLines('a.md', '', long)[0]).toContain('… and 21 more lines')
    expect(differingLines('a.md', 'a', 'a\nb')[0]).toContain('  2 + b')
  })
})

describe('the composed graph', () => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key"])'
  const subgraph = (name: string, sdl: string) => ({ name, url: `http://${name}`, sdl: `${link} ${sdl}` })

  it('shows clients no federation names', () => {
    const { graph, supergraph } = compose([subgraph('cases', 'type Query { case: String }')])
    expect(Object.keys(graph.getQueryType()?.getFields() ?? {})).toEqual(['case'])
    expect(supergraph).toContain('join__Graph')
  })

  it('is refused with its reasons when the rooms do not fit together', () => {
    const rooms = [
      subgraph('cases', 'type Query { a: Int }'),
      subgraph('departments', 'type Query { a: Int }'),
    ]
    expect(() => compose(rooms)).toThrow('Query.a')
  })
})

describe('the list of refusals', () => {
  const list = errorList([
    {
      title: 'Cases',
      catalogue: {
        B_CODE: { 'zh-CN': '乙|丙', en: 'b', meaning: 'B.' },
        A_CODE: { 'zh-CN': '甲', en: 'a', meaning: 'A.' },
      },
    },
  ])

  it('has every code with its meaning and both sentences, sorted', () => {
    expect(list).toContain('| `A_CODE` | A. | 甲 | a |\n| `B_CODE` | B. | 乙\\|丙 | b |')
  })
})
