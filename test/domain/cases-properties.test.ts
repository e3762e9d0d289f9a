import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { dayOf } from '@hub/kit/day.ts'
import { addWorkingDays } from '@hub/kit/working-days.ts'
import {
  array,
  boolean,
  check,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  record,
  sample,
  tuple,
  type Arbitrary,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignmentTransitions } from '@hub/cases/domain/assignment-transitions.ts'
import { caseTransitions } from '@hub/cases/domain/case-transitions.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import { play, rules, verbNames, type Move, type Rules, type Step } from '../support/cases-play.ts'
import { city } from '../support/cases-world.ts'

type Invariant = (steps: readonly Step[], playing: Rules) => boolean

const calendar = chineseCalendar()
const end = (steps: readonly Step[]) => steps.at(-1)?.after
const always = (holds: (step: Step) => boolean): Invariant => {
  return (steps) => steps.every(holds)
}

/** A closed case had an answer or accepted replies, and feedback, an answer at once, or a refusal with its route told. */
const nothingClosesUnheard = always(({ event, after }) => {
  if (event.kind !== 'CaseClosed') return true
  const since = after.case.firstDispatchedAt
  const open = after.assignments.filter(
    ({ status, dispatchedAt }) =>
      since !== null &&
      dispatchedAt >= since &&
      !['REPLY_ACCEPTED', 'RETURNED', 'CANCELLED'].includes(status),
  )
  const refused = after.refusals.some(({ confirmed }) => confirmed === true)
  return open.length === 0 && (after.feedbacks.length > 0 || after.directAnswers.length > 0 || refused)
})

/** Counted here again from the calendar: no date lies past thirty working days from the first dispatch. */
const capIsNeverPassed = always(({ after }) => {
  const { firstDispatchedAt } = after.case
  if (firstDispatchedAt === null) return true
  const cap = addWorkingDays(calendar, dayOf(firstDispatchedAt), 30).on
  return after.assignments.every(
    ({ dueOn, dispatchedAt }) => dispatchedAt < firstDispatchedAt || dueOn <= cap,
  )
})

/** Looked at once a command is through: between its events the old lead may have gone and the new not come. */
const exactlyOneLead = always(({ after, last }) => {
  const { firstDispatchedAt } = after.case
  const units = after.assignments.filter(
    ({ status, parentId, dispatchedAt }) =>
      parentId === null &&
      firstDispatchedAt !== null &&
      dispatchedAt >= firstDispatchedAt &&
      !['RETURNED', 'CANCELLED'].includes(status),
  )
  const { status: now, closedAt } = after.case
  const withdrawn = now === 'WITHDRAWN' || (now === 'ARCHIVED' && closedAt === null)
  if (!last || withdrawn) return true
  return units.length === 0 || units.filter(({ role }) => role === 'LEAD').length === 1
})

const redoSaysWhatAndWhen = always(
  ({ event }) =>
    event.kind !== 'RedoOrdered' || (event.requirements.trim() !== '' && event.redoBy >= dayOf(event.at)),
)

const neverToTheComplainedOf = always(({ after }) =>
  after.assignments.every(({ department }) =>
    after.case.complainedOf.every((blamed) => !city.isWithin(department, blamed)),
  ),
)

const tableAllows = always(({ before, event, after }) => {
  if (before === null) return after.case.status === 'REGISTERED'
  const from = before.case.status
  const to = after.case.status
  return (from === to || caseTransitions[from].includes(to)) && assignmentTableAllows(before, event, after)
})

function assignmentTableAllows(before: CaseState, event: CaseEvent, after: CaseState): boolean {
  return after.assignments.every(({ id, status }) => {
    const from = before.assignments.find((one) => one.id === id)?.status
    if (from === undefined) return event.kind === 'AssignmentIssued' && status === 'ISSUED'
    return from === status || assignmentTransitions[from].includes(status)
  })
}

const replayGivesTheState: Invariant = (steps, { evolve }) => {
  const replayed = steps.reduce<CaseState | null>((state, { event }) => evolve(state, event), null)
  return JSON.stringify(replayed) === JSON.stringify(end(steps))
}

const move: Arbitrary<Move> = record({
  verb: constantFrom(...verbNames),
  unit: nat(5),
  other: nat(5),
  yes: boolean(),
  days: oneof({ weight: 4, arbitrary: constant(0) }, nat(9)),
  ahead: integer({ min: -2, max: 60 }),
})

const roads: readonly (readonly Move['verb'][])[] = [
  ['dispatch', 'signFor', 'signFor', 'reply', 'reply', 'accept', 'accept', 'feedback', 'callback', 'close'],
  ['dispatch', 'askReturn', 'decideReturn', 'dispatch', 'askReturn', 'decideReturn', 'instruct'],
  ['dispatch', 'signFor', 'signFor', 'reply', 'reply', 'redo', 'signFor', 'redo'],
  ['dispatch', 'askExtension', 'decideExtension', 'signFor', 'askExtension', 'decideExtension'],
  ['proposeRefusal', 'decideRefusal', 'close', 'archive', 'reopen', 'dispatch'],
  ['refer', 'merge', 'unmerge', 'feedback', 'close', 'reopen', 'dispatch', 'signFor'],
  ['emergency', 'signFor', 'dispute', 'progress', 'instruct', 'reply', 'accept', 'feedback', 'close'],
]

/** A random walk seldom gets far: half of them are led along a road, with random steps between. */
const led = tuple(constantFrom(...roads), array(move, { minLength: 24, maxLength: 48 })).map(
  ([road, steps]) =>
    steps.map((one, index) => {
      const verb = road[Math.floor(index / 3)]
      return index % 3 < 2 && verb ? Object.assign({}, one, { verb, days: 0, yes: one.other > 1 }) : one
    }),
)
const moves = oneof(array(move, { maxLength: 40 }), led)

const runs = (invariant: Invariant, playing: Rules, numRuns: number, endOnFailure: boolean) =>
  check(
    property(moves, (chosen) => invariant(play(chosen, playing), playing)),
    { numRuns, seed: 12345, endOnFailure },
  )
/** What happened in the shortest play that breaks the rule, or nothing. */
const holds = (invariant: Invariant) => {
  const [broken] = runs(invariant, rules, 1000, false).counterexample ?? []
  return broken ? play(broken, rules).map(({ event }) => told(event)) : 'none'
}
const told = (event: CaseEvent) =>
  [event.kind, 'department' in event ? event.department : '', event.caseStatus].join(' ')
const catches = (invariant: Invariant, broken: Partial<Rules>) =>
  runs(invariant, { ...rules, ...broken }, 4000, true).failed

describe('whatever is tried on a case, in whatever order', () => {
  it('gets it to its end often enough for these rules to be tried', () => {
    const ends = sample(moves, { numRuns: 1000, seed: 12345 }).map((chosen) => play(chosen, rules))
    const kinds = new Set(ends.flatMap((steps) => steps.map(({ event }) => event.kind)))
    for (const kind of [
      'CaseClosed',
      'CaseReopened',
      'RedoOrdered',
      'ExtensionDecided',
      'ReturnDecided',
      'LeadChanged',
      'DisputeRaised',
      'LeaderInstructed',
      'CaseWithdrawn',
      'CaseResumed',
      'EmergencyRaised',
    ] as const)
      expect(kinds).toContain(kind)
  })

  it('nothing closes without a reply and an outcome (R29)', () => {
    expect(holds(nothingClosesUnheard)).toBe('none')
    const decideClose: Rules['decideClose'] = (state, context) => {
      const fact = { eventId: context.newId(), at: context.now, caseNumber: state.case.number }
      const who = { by: '', byRole: 'OFFICE', byDepartment: null } as const
      return [{ kind: 'CaseClosed', ...fact, ...who, caseStatus: 'CLOSED', echoed: true }]
    }
    expect(catches(nothingClosesUnheard, { decideClose })).toBe(true)
  })

  it('no date passes the cap of the first dispatch (R61)', () => {
    expect(holds(capIsNeverPassed)).toBe('none')
    const uncapped = (state: CaseState): CaseState => ({
      ...state,
      assignments: state.assignments.map((one) => Object.assign({}, one, { capOn: '2099-12-31' })),
    })
    expect(
      catches(capIsNeverPassed, {
        decideRequestExtension: (state, command, context) =>
          rules.decideRequestExtension(uncapped(state), command, context),
        decideDecideExtension: (state, command, context) =>
          rules.decideDecideExtension(uncapped(state), command, context),
      }),
    ).toBe(true)
  })

  it('exactly one unit leads (R54)', () => {
    expect(holds(exactlyOneLead)).toBe('none')
    const decideDispatch: Rules['decideDispatch'] = (state, command, context) =>
      rules.decideDispatch(state, command, context).filter(({ kind }) => kind !== 'LeadChanged')
    expect(catches(exactlyOneLead, { decideDispatch })).toBe(true)
  })

  it('a redo says what is wanted and by when (R68, R69, R70)', () => {
    expect(holds(redoSaysWhatAndWhen)).toBe('none')
    const decideReview: Rules['decideReview'] = (state, command, context) => {
      const redoBy = command.redoBy && dayOf(context.now)
      const [event] = rules.decideReview(state, { ...command, redoBy: redoBy ?? null }, context)
      return [event.kind === 'RedoOrdered' ? { ...event, redoBy: command.redoBy ?? '' } : event]
    }
    expect(catches(redoSaysWhatAndWhen, { decideReview })).toBe(true)
  })

  it('no unit complained of is given it (R97)', () => {
    expect(holds(neverToTheComplainedOf)).toBe('none')
    const decideDispatch: Rules['decideDispatch'] = (state, command, context) => {
      const forgetful = { ...state, case: { ...state.case, complainedOf: [] } }
      return rules.decideDispatch(forgetful, command, context)
    }
    expect(catches(neverToTheComplainedOf, { decideDispatch })).toBe(true)
  })

  it('every change of status is one that the tables hold', () => {
    expect(holds(tableAllows)).toBe('none')
    const decideReply: Rules['decideReply'] = (state, command, context) => {
      const [event] = rules.decideReply(state, command, context)
      return [{ ...event, assignmentStatus: 'REPLY_ACCEPTED' }]
    }
    expect(catches(tableAllows, { decideReply })).toBe(true)
  })

  it('the events played again give the same state', () => {
    expect(holds(replayGivesTheState)).toBe('none')
    let calls = 0
    const evolve: Rules['evolve'] = (state, event) => {
      const next = rules.evolve(state, event)
      return { ...next, openSupervisionOrders: (calls += 1) }
    }
    expect(catches(replayGivesTheState, { evolve })).toBe(true)
  })
})
