import { Refusal } from '@hub/kit/errors.ts'
import { INVESTIGATION_TRANSITIONS } from '@hub/supervision/domain/investigation.ts'
import { TRANSITIONS } from '@hub/supervision/domain/order.ts'
import { countFigure, type Figures } from '@hub/supervision/domain/report-figures.ts'
import {
  decideApprove,
  decideDraft,
  decideReportIssue,
  decideRevise,
  decideWithdraw,
  REPORT_TRANSITIONS,
  type Report,
} from '@hub/supervision/domain/report.ts'
import {
  decideCancel,
  decideOpen,
  decidePublish,
  decideSurvey,
  SURVEY_TRANSITIONS,
  type Survey,
} from '@hub/supervision/domain/survey.ts'
import { TOPIC_TRANSITIONS } from '@hub/supervision/domain/topic.ts'
import { array, check, constantFrom, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actingOn } from '../support/supervision-acting.ts'

type Table = Readonly<Record<string, readonly string[]>>
const tables: Readonly<Record<string, readonly [first: string, table: Table]>> = {
  order: ['ISSUED', TRANSITIONS],
  investigation: ['DECIDED', INVESTIGATION_TRANSITIONS],
  survey: ['DRAFT', SURVEY_TRANSITIONS],
  report: ['DRAFT', REPORT_TRANSITIONS],
  topic: ['PROPOSED', TOPIC_TRANSITIONS],
}

/** Statuses that cannot be reached from the first, or from which no end can be reached. */
function strayOf(first: string, table: Table): string[] {
  const from = (status: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(status)) {
      seen.add(status)
      for (const next of table[status] ?? []) from(next, seen)
    }
    return seen
  }
  const reached = from(first)
  return Object.keys(table).filter(
    (status) => !reached.has(status) || ![...from(status)].some((one) => table[one]?.length === 0),
  )
}

describe.each(Object.entries(tables))('the life of a %s', (_name, [first, table]) => {
  it('reaches every status, and from each an end', () => {
    expect(strayOf(first, table)).toEqual([])
  })
})

interface Life {
  readonly status: string
}
type Try<State> = (state: State, day: string) => State

/** Tries commands in any order; answers each change, a refused one leaving the state as it is. */
function walk<State extends Life>(start: State, tries: readonly [Try<State>, string][]): [State, State][] {
  const steps: [State, State][] = []
  let state = start
  for (const [attempt, day] of tries) {
    try {
      const next = attempt(state, day)
      steps.push([state, next])
      state = next
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return steps
}

const days = constantFrom('2026-11-23', '2026-11-30', '2026-12-01', '2026-12-02')
const figuresOf = (count: number): Figures => ({
  takenAt: '',
  from: '2026-11-01',
  to: '2026-11-22',
  policyVersion: 'x',
  rows: [{ subject: '*', name: '全市', figures: [countFigure('assigned', count)] }],
})

let count = 0
const reports: Readonly<Record<string, Try<Report>>> = {
  revise: (report) =>
    decideRevise(report, { title: '改', text: '改' }, figuresOf((count += 1)), actingOn('2026-11-23')),
  approve: (report, day) => decideApprove(report, actingOn(day, { subject: 'other' })),
  issue: (report, day) => decideReportIssue(report, actingOn(day)),
  withdraw: (report, day) => decideWithdraw(report, actingOn(day)),
}
const draft = decideDraft(
  { kind: 'CIRCULAR', title: '通报', from: '2026-11-01', to: '2026-11-22', text: '平稳。', topics: [] },
  { figures: figuresOf(0), corrected: null },
  actingOn('2026-11-23'),
)

/** Whether a report ever does what it may not, whatever is tried. */
function breaksReports(commands: readonly Try<Report>[]): boolean {
  const tried = array(tuple(constantFrom(...commands), days), { maxLength: 12 })
  const holds = property(tried, (tries) =>
    walk(draft, tries).every(
      ([before, after]) =>
        REPORT_TRANSITIONS[before.status].includes(after.status) &&
        (before.status === 'DRAFT' || after.figures === before.figures) &&
        (after.status !== 'ISSUED' || after.approvedBy !== null),
    ),
  )
  return check(holds, { numRuns: 500 }).failed
}

describe('a report, whatever is tried in whatever order', () => {
  it('keeps to its table, and to the figures that were approved (R20-R22, R82)', () => {
    expect(breaksReports(Object.values(reports))).toBe(false)
  })

  it.each<[string, Try<Report>]>([
    ['is rewritten after it was approved', (report) => ({ ...report, figures: figuresOf(-1) })],
    ['is issued without approval', (report) => ({ ...report, status: 'ISSUED' })],
    ['comes back from its end', (report) => ({ ...report, status: 'DRAFT' })],
  ])('would be caught where it %s', (_what, broken) => {
    expect(breaksReports([...Object.values(reports), broken])).toBe(true)
  })
})

const asked = decideSurvey(
  {
    kind: 'SURVEY',
    title: '照明',
    introduction: '了解照明。',
    questions: [{ kind: 'SINGLE', text: '满意吗', options: ['是', '否'], required: true }],
    districts: [],
    population: '市民',
    opensOn: '2026-11-23',
    closesOn: '2026-11-30',
  },
  actingOn('2026-11-23'),
)
const surveys: Readonly<Record<string, Try<Survey>>> = {
  open: (survey, day) => decideOpen(survey, actingOn(day)),
  cancel: (survey, day) => decideCancel(survey, '不再需要', actingOn(day)),
  publish: (survey, day) => decidePublish(survey, [{ Q1: { chosen: [0] } }], '已了解', actingOn(day)),
}

/** Whether a survey ever does what it may not, whatever is tried. */
function breaksSurveys(commands: readonly Try<Survey>[]): boolean {
  const tried = array(tuple(constantFrom(...commands), days), { maxLength: 12 })
  const over = Date.parse('2026-12-01T00:00:00+08:00')
  const holds = property(tried, (tries) =>
    walk(asked, tries).every(
      ([before, after]) =>
        SURVEY_TRANSITIONS[before.status].includes(after.status) &&
        (after.result !== null) === (after.status === 'PUBLISHED') &&
        (after.publishedAt?.getTime() ?? over) >= over &&
        !JSON.stringify(after.result ?? '').includes('"count":1'),
    ),
  )
  return check(holds, { numRuns: 500 }).failed
}

describe('a survey, whatever is tried in whatever order', () => {
  it('keeps to its table, and publishes nothing early or of few people (R16, R17)', () => {
    expect(breaksSurveys(Object.values(surveys))).toBe(false)
  })

  it.each<[string, Try<Survey>]>([
    ['is opened again', (survey) => ({ ...survey, status: 'OPEN' })],
    [
      'is published while it runs',
      (survey, day) => decidePublish({ ...survey, closesOn: '2026-11-01' }, [], '已了解', actingOn(day)),
    ],
  ])('would be caught where it %s', (_what, broken) => {
    expect(breaksSurveys([...Object.values(surveys), broken])).toBe(true)
  })
})
