import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rules, wrongImports, type Rule } from './direction.ts'
import { projectFiles, read, ROOMS } from './tree.ts'

const files = projectFiles(/\.(ts|mjs)$/)
const ruleFor = (who: string): Rule => {
  const rule = rules.find((one) => one.who === who)
  if (!rule) throw new Error(`no rule for ${who}`)
  return rule
}

describe.each(rules)('$who', (rule) => {
  it('imports only what it may', () => {
    expect(wrongImports(files, rule)).toEqual([])
  })

  it('is a rule that matches a file', () => {
    expect(files.filter((file) => rule.files.test(file.path))).not.toEqual([])
  })
})

describe('a file against the direction', () => {
  it.each([
    ['domain', 'cases/domain/case.ts', "import { saveCase } from '../store/cases.ts'"],
    ['domain', 'cases/domain/case.ts', "import { randomUUID } from 'node:crypto'"],
    ['domain', 'cases/domain/case.ts', "import { openDatabase } from '@hub/kit/postgres.ts'"],
    ['store', 'cases/store/cases.ts', "import { dispatch } from '../commands/dispatch.ts'"],
    ['store', 'cases/store/cases.ts', "import {\n  parse,\n} from 'graphql'"],
    ['graph', 'cases/graph/case.ts', "import { listCases } from '../store/cases.ts'"],
    ['graph', 'cases/graph/case.ts', "import { dispatch } from '../commands/dispatch.ts'"],
    ['graph', 'cases/graph/case.ts', "import { sql } from 'drizzle-orm'"],
    ['graph', 'cases/graph/case.ts', "import { Department } from '@hub/departments/graph/department.ts'"],
    ['commands', 'cases/commands/dispatch.ts', "import { builder } from '../graph/builder.ts'"],
    ['commands', 'cases/commands/dispatch.ts', "const postgres = await import('postgres')"],
    ['work', 'cases/work/follow.ts', "export { schema } from '../graph/schema.ts'"],
    ['server', 'cases/server.ts', "import '@hub/knowledge/server.ts'"],
  ])('is found: %s, %s, %s', (who, path, text) => {
    expect(wrongImports([{ path: `subgraphs/${path}`, text }], ruleFor(who))).toHaveLength(1)
  })

  it.each([
    ['kit', 'kit/errors.ts', "import { ROOMS } from '@hub/migrations/rooms.ts'"],
    ['gateway', 'gateway/server.ts', "import { refuse } from '@hub/cases/domain/errors.ts'"],
    ['gateway', 'gateway/server.ts', "import postgres from 'postgres'"],
    ['schema', 'schema/print.ts', "import { openDatabase } from '@hub/cases/store/tables.ts'"],
    ['cli', 'cli/start.ts', "import { openTestDatabase } from '@hub/test/support/database.ts'"],
    ['migrations', 'migrations/migrate.ts', "import { buildProgram } from '../cli/hub.ts'"],
  ])('is found: %s, %s, %s', (who, path, text) => {
    expect(wrongImports([{ path, text }], ruleFor(who))).toHaveLength(1)
  })

  it('may name the types of what it gets from the context', () => {
    const text = "import type { CaseStore } from '../store/cases.ts'"
    expect(wrongImports([{ path: 'subgraphs/cases/graph/case.ts', text }], ruleFor('graph'))).toEqual([])
  })
})

describe('the gateway', () => {
  const foreign = (manifest: string): string[] => {
    const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> }
    return Object.keys(dependencies).filter((name) =>
      /^(postgres|pg|drizzle-orm|mysql2?|@hub\/(?!kit$).*)$/.test(name),
    )
  }

  it('lists no database driver and no subgraph', () => {
    expect(foreign(read('gateway/package.json'))).toEqual([])
  })

  it('would be caught listing them', () => {
    const manifest = JSON.stringify({ dependencies: { '@hub/kit': '*', '@hub/cases': '*', postgres: '3' } })
    expect(foreign(manifest)).toEqual(['@hub/cases', 'postgres'])
  })
})

describe.each(ROOMS)('the package of %s', (room) => {
  it('depends on no other part of the house than kit', () => {
    const text = readFileSync(new URL(import.meta.resolve(`@hub/${room}/package.json`)), 'utf8')
    const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> }
    expect(Object.keys(dependencies).filter((name) => name.startsWith('@hub/'))).toEqual(['@hub/kit'])
  })
})
