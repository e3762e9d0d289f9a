import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Caller } from '@hub/kit/caller.ts'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { office, openDesk } from '../support/cases-desk.ts'
import {
  eventfulCase,
  leavesOf,
  NAME,
  objectTypes,
  SECRET,
  sightOf,
  valuesAt,
  viewers,
  ways,
} from '../support/cases-sight.ts'

const desk = await openDesk()
const { ask } = desk
const ordinary = await eventfulCase(desk)
const confidential = await eventfulCase(desk, { matterType: 'REPORT' })

/** Types that hold nothing of a case, or only lead to what does. */
const ASIDE = [
  'AssignmentConnection',
  'AssignmentEdge',
  'AssignmentEvent',
  'CallerReveal',
  'CaseConnection',
  'CaseEdge',
  'DutyLog',
  'DutyLogEntry',
  'DutyLogEntryConnection',
  'DutyLogEntryEdge',
  'EmergencyEvent',
  'PageInfo',
  'Policy',
  'SimilarCase',
  'UrgencyAssessment',
  'WorkingDay',
]

/** All leaf fields of all types, each along its own way, in one query. */
const everything = Object.entries(ways)
  .map(([type, way]) => way.replace('…', leavesOf(type).join(' ')))
  .join('\n')

type Seen = Readonly<Record<string, unknown>> | null

async function lookAt(who: Caller | undefined, number: string, asked = everything): Promise<Seen> {
  if (!who) throw new Error('nobody looks')

  const { data, codes } = await ask(who, `query ($n: String!) { case(number: $n) { ${asked} } }`, {
    n: number,
  })
  expect(codes).toEqual([])
  return (data?.['case'] as Seen | undefined) ?? null
}

const names = Object.keys(viewers)

/** One line a field, one column a viewer. */
async function tableOf(number: string): Promise<string[]> {
  const seen = await Promise.all(Object.values(viewers).map((who) => lookAt(who, number)))
  const all = await lookAt(office, number, everything.replace('caller {', 'caller(reason: "核实") {'))
  return Object.entries(ways).flatMap(([type, way]) =>
    leavesOf(type).map((field) => {
      const cells = seen.map((answer) => sightOf(valuesAt(answer, way, field), valuesAt(all, way, field)))
      return `| ${type}.${field} | ${cells.join(' | ')} |`
    }),
  )
}

const head = [`| field | ${names.join(' | ')} |`, `|---|${'---|'.repeat(names.length)}`]
const FILE = path.join(import.meta.dirname, 'cases-sight.txt')

async function sheet(): Promise<string> {
  return [
    '# Who sees what of a case',
    '',
    'Every leaf field of every type, as each viewer reads it of a case to which everything has happened. **full** as it stands, **redacted** without what identifies a person, **part** some of it hidden, **hidden** null, **–** nothing to ask. `UPDATE_SIGHT=1` writes it anew: read each change.',
    '',
    '## A case',
    '',
    ...head,
    ...(await tableOf(ordinary)),
    '',
    '## A confidential report',
    '',
    ...head,
    ...(await tableOf(confidential)),
    '',
  ].join('\n')
}

describe('every type and field of the room', () => {
  it('is in the table, or holds nothing of a case', () => {
    const types = objectTypes().map(({ name }) => name)
    expect(types.toSorted()).toEqual([...Object.keys(ways), ...ASIDE].toSorted())
  })

  it('is seen by each role as the table says (R5, R97)', async () => {
    const now = await sheet()
    if (process.env['UPDATE_SIGHT'] === '1' || !existsSync(FILE)) writeFileSync(FILE, now)
    expect(now.split('\n')).toEqual(readFileSync(FILE, 'utf8').split('\n'))
  })

  it('shows nothing by which the caller is known to whoever may not know', async () => {
    for (const number of [ordinary, confidential])
      for (const name of names.filter(
        (viewer) => !['office', 'operator', "caller's portal"].includes(viewer),
      )) {
        const seen = await lookAt(viewers[name], number)
        const { caller, ...rest } = seen ?? {}
        expect(JSON.stringify(rest)).not.toMatch(new RegExp(`${SECRET}|${NAME}|示例公司`))
        expect(caller ?? null).toEqual(
          name === 'lead unit' && number === ordinary
            ? { name: null, organisation: null, phone: SECRET, phoneValid: true }
            : null,
        )
      }
  })
})

describe('a way of seeing', () => {
  it.each([
    ['full', ['a'], ['a']],
    ['full', [null], [null]],
    ['full', ['a'], ['a', 'b']],
    ['redacted', ['x'], ['a']],
    ['part', ['x', null], ['a', 'b']],
    ['hidden', [null], ['a']],
    ['–', [], ['a']],
  ])('is told apart: %s', (sight, values, all) => {
    expect(sightOf(values, all)).toBe(sight)
  })
})
