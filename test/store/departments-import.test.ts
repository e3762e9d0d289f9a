import { describe, expect, it, onTestFinished } from 'vitest'
import { importDepartments } from '@hub/departments/commands/import-departments.ts'
import { importLexicon } from '@hub/departments/commands/import-lexicon.ts'
import { loadSampleDepartments } from '@hub/departments/commands/load-sample.ts'
import { loadSample } from '@hub/departments/sample/load.ts'
import { RoutingReader } from '@hub/departments/store/routing-reader.ts'
import { listRecords } from '@hub/departments/store/tree-writing.ts'
import { readEvents } from '@hub/kit/event-log.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import { openTestDatabase } from '../support/database.ts'

const clock = (): Date => new Date('2026-11-23T09:00:00+08:00')
const { units, matters, places, examples } = loadSample()

async function emptyHub(onStatement?: (text: string) => void): Promise<Database> {
  const test = await openTestDatabase('departments')
  const database = openDatabase({
    url: test.url,
    room: 'departments',
    max: 3,
    ...(onStatement ? { onStatement } : {}),
  })
  onTestFinished(async () => {
    await database.close()
    await test.drop()
  })
  return database
}

const eventsOf = (database: Database) => readEvents(database.orm, 'department', 0, 1000)

describe('an import of departments', () => {
  it('announces each of the 81 once, parents first, with ids and enumerated values only', async () => {
    const database = await emptyHub()
    expect(await loadSampleDepartments(database, clock)).toEqual({ departments: 81, matters: matters.length })
    const events = await eventsOf(database)
    expect(events.map(({ seq }) => seq)).toEqual(units.map((_unit, index) => index + 1))
    const seen = new Set<unknown>([null])
    for (const { kind, data } of events) {
      expect(kind).toBe('DepartmentSaved')
      expect(seen).toContain(data['parent'])
      seen.add(data['code'])
    }
    expect(events[0]?.data).toEqual({
      code: 'JN-GOV',
      parent: null,
      type: 'CITY_GOVERNMENT',
      acceptsDispatch: false,
      name: '济南市人民政府',
      shortName: '市政府',
      level: 'CITY',
    })
  })

  it('writes and announces nothing when it is repeated', async () => {
    const database = await emptyHub()
    await loadSampleDepartments(database, clock)
    expect(await loadSampleDepartments(database, clock)).toEqual({ departments: 0, matters: 0 })
    expect(await eventsOf(database)).toHaveLength(81)
    expect(await listRecords(database.orm)).toEqual(
      units.map((unit) => ({ ...unit, aliases: expect.arrayContaining([...unit.aliases]) })),
    )
  })

  it('announces the one unit that changed, and the one that went', async () => {
    const database = await emptyHub()
    await importDepartments(database, clock, units)
    const renamed = units
      .filter(({ code }) => code !== 'JN-S-SH-XS')
      .map((unit) => (unit.code === 'JN-SWJ' ? Object.assign({}, unit, { shortName: '水务局' }) : unit))
    expect(await importDepartments(database, clock, renamed, { removeMissing: true })).toEqual({
      saved: 1,
      removed: 1,
    })
    const [saved, removed] = (await eventsOf(database)).slice(81)
    expect(saved).toMatchObject({ kind: 'DepartmentSaved', data: { code: 'JN-SWJ', shortName: '水务局' } })
    expect(removed).toMatchObject({ kind: 'DepartmentRemoved', data: { code: 'JN-S-SH-XS' } })
  })

  it('changes nothing at all when the tree is refused (R35)', async () => {
    const database = await emptyHub()
    await importDepartments(database, clock, units)
    const circle = units.map((unit) => (unit.code === 'JN-GOV' ? { ...unit, parent: 'JN-SWJ' } : unit))
    await expect(importDepartments(database, clock, circle)).rejects.toMatchObject({
      code: 'DEPARTMENT_CYCLE',
    })
    expect(await eventsOf(database)).toHaveLength(81)
  })

  it('lets two at once write each unit once', async () => {
    const database = await emptyHub()
    const both = await Promise.all([
      importDepartments(database, clock, units),
      importDepartments(database, clock, units),
    ])
    expect(both.map(({ saved }) => saved).toSorted((a, b) => a - b)).toEqual([0, 81])
    expect(await eventsOf(database)).toHaveLength(81)
  })
})

describe('the lexicon in the database', () => {
  it('comes back as it was written, and a running reader sees a change at its next question', async () => {
    const database = await emptyHub()
    await loadSampleDepartments(database, clock)
    const reader = new RoutingReader(database)
    expect((await reader.current()).matters).toHaveLength(matters.length)
    await importLexicon(database, matters.slice(0, 10), places, examples)
    expect((await reader.current()).matters).toHaveLength(10)
    expect((await reader.current()).examples).toEqual(examples)
  })

  it('is read once for many questions', async () => {
    const statements: string[] = []
    const database = await emptyHub((text) => statements.push(text))
    await loadSampleDepartments(database, clock)
    const reader = new RoutingReader(database)
    await reader.current()
    statements.length = 0
    for (let question = 0; question < 5; question++) await reader.current()
    expect(statements).toHaveLength(5)
  })

  it('is refused when it cites a clause that no catalogue holds, and the old one stays', async () => {
    const database = await emptyHub()
    await loadSampleDepartments(database, clock)
    const [first, ...rest] = matters
    const broken = { ...first!, departments: [{ department: 'JN-SWJ', clause: '采矿', handles: true }] }
    await expect(importLexicon(database, [broken, ...rest], places, examples)).rejects.toMatchObject({
      code: 'LEXICON_CLAUSE_UNKNOWN',
    })
    const nobody = { emergency: false, departments: ['JN-NOBODY'], told: '没人管的事' }
    await expect(importLexicon(database, matters, places, [nobody])).rejects.toMatchObject({
      code: 'LEXICON_DEPARTMENT_UNKNOWN',
    })
    expect(await importLexicon(database, matters, places, examples)).toEqual({ changed: false })
  })
})
