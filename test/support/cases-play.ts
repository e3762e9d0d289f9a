import { plusDays } from '@hub/kit/day.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { decideAmend } from '@hub/cases/domain/amend.ts'
import { decideArchive } from '@hub/cases/domain/archive.ts'
import { decideCoordinate } from '@hub/cases/domain/coordinate.ts'
import { decideFilePaper } from '@hub/cases/domain/file-paper.ts'
import { decideRaiseDispute } from '@hub/cases/domain/dispute.ts'
import { decideMerge, decideUnmerge } from '@hub/cases/domain/merge.ts'
import { decideRecomputeDue } from '@hub/cases/domain/recompute-due.ts'
import { decideDecideRefusal, decideProposeRefusal, decideRefer } from '@hub/cases/domain/refer.ts'
import { decideAnswerDirectly } from '@hub/cases/domain/answer-directly.ts'
import { decideCallback } from '@hub/cases/domain/callback.ts'
import { decideClose, decideReopen } from '@hub/cases/domain/close.ts'
import type { Context } from '@hub/cases/domain/context.ts'
import { decideDispatch } from '@hub/cases/domain/dispatch.ts'
import { decideMarkEmergency, decideProgressEmergency } from '@hub/cases/domain/emergency.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import { evolve } from '@hub/cases/domain/evolve.ts'
import { decideDecideExtension, decideRequestExtension } from '@hub/cases/domain/extension.ts'
import { decideFeedback } from '@hub/cases/domain/feedback.ts'
import { decideReply } from '@hub/cases/domain/reply.ts'
import { decideInstruct, decideReportToLeader } from '@hub/cases/domain/report-to-leader.ts'
import { decideDecideReturn, decideRequestReturn } from '@hub/cases/domain/return.ts'
import { decideReview } from '@hub/cases/domain/review.ts'
import { decideRegister } from '@hub/cases/domain/register.ts'
import { decideSignFor } from '@hub/cases/domain/sign-for.ts'
import { decideSubDispatch } from '@hub/cases/domain/sub-dispatch.ts'
import { decideResume, decideSuspend } from '@hub/cases/domain/suspend.ts'
import { decideWithdraw } from '@hub/cases/domain/withdraw.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import { aCall, aReply, office, on, operator, unitOf } from './cases-world.ts'

const units = ['WATER', 'HOUSING', 'URBAN', 'LIXIA', 'LIXIA-1', 'SHIZHONG'] as const

/** One thing that somebody tries: the numbers choose among what there is. */
export interface Move {
  readonly verb: keyof typeof verbs
  readonly unit: number
  readonly other: number
  readonly yes: boolean
  readonly days: number
  readonly ahead: number
}

/** The rules under test: a broken one can take the place of any. */
export interface Rules {
  readonly decideDispatch: typeof decideDispatch
  readonly decideRequestExtension: typeof decideRequestExtension
  readonly decideDecideExtension: typeof decideDecideExtension
  readonly decideReview: typeof decideReview
  readonly decideReply: typeof decideReply
  readonly decideClose: typeof decideClose
  readonly evolve: typeof evolve
}

export const rules: Rules = {
  decideDispatch,
  decideRequestExtension,
  decideDecideExtension,
  decideReview,
  decideReply,
  decideClose,
  evolve,
}

interface Turn {
  readonly state: CaseState
  readonly move: Move
  readonly day: string
  readonly time: string
  readonly rules: Rules
}

const unitAt = (index: number) => units[index % units.length] ?? 'WATER'
const pick = ({ state, move }: Turn) =>
  state.assignments.at(move.other % Math.max(1, state.assignments.length))
const taskOf = (turn: Turn) => pick(turn)?.id ?? 'none'
const byOffice = ({ day, time }: Turn): Context => on(day, office, time)
const byUnit = (turn: Turn): Context => on(turn.day, unitOf(pick(turn)?.department ?? 'WATER'), turn.time)

/** What happens off the main road. */
const seldomVerbs = {
  amend: ({ state, move, day, time }: Turn) =>
    decideAmend(state, { title: `改${move.other}`, reason: '误' }, on(day, operator, time)),
  refer: (turn: Turn) => {
    const command = { kind: 'REFER', department: unitAt(turn.move.unit), followUpOn: turn.day } as const
    return decideRefer(turn.state, command, byOffice(turn))
  },
  proposeRefusal: (turn: Turn) =>
    decideProposeRefusal(turn.state, { reason: 'COURT', route: '起诉' }, byOffice(turn)),
  decideRefusal: (turn: Turn) => decideDecideRefusal(turn.state, { confirm: turn.move.yes }, byOffice(turn)),
  merge: (turn: Turn) => {
    const master = { number: 'JN-20260310-000009', status: 'HANDLING', mergedInto: null } as const
    return decideMerge(turn.state, { master, joined: 0 }, byOffice(turn))
  },
  unmerge: (turn: Turn) => decideUnmerge(turn.state, byOffice(turn)),
  report: (turn: Turn) => decideReportToLeader(turn.state, { report: '报' }, byOffice(turn)),
  dispute: (turn: Turn) => {
    const [one, other] = [unitAt(turn.move.unit), unitAt(turn.move.other)]
    const positions = [one, other].map((department) => ({ department, text: '异议' }))
    return decideRaiseDispute(turn.state, { positions }, byOffice(turn))
  },
  progress: (turn: Turn) => decideProgressEmergency(turn.state, { text: '续报' }, byOffice(turn)),
  coordinate: (turn: Turn) => {
    const departments = turn.state.assignments.map(({ department }) => department)
    return decideCoordinate(turn.state, { text: '协调', departments }, byOffice(turn))
  },
  paper: (turn: Turn) =>
    decideFilePaper(turn.state, { kind: 'MEETING', title: '纪要', text: '会商' }, byOffice(turn)),
  recompute: (turn: Turn) => decideRecomputeDue(turn.state, byOffice(turn)),
  archive: (turn: Turn) => decideArchive(turn.state, byOffice(turn)),
} as const

/** Everything that can be tried on a case; most of it is refused most of the time. */
const verbs = {
  answer: ({ state, day, time }: Turn) =>
    decideAnswerDirectly(state, { text: '答', articles: [], reason: '理由' }, on(day, operator, time)),
  dispatch: (turn: Turn) => {
    const { unit, other, yes } = turn.move
    const departments = yes ? [unitAt(unit), unitAt(other)] : [unitAt(unit)]
    const command = { departments, lead: yes ? unitAt(unit) : null, mode: 'WRITTEN' } as const
    return turn.rules.decideDispatch(turn.state, command, byOffice(turn))
  },
  signFor: (turn: Turn) => decideSignFor(turn.state, { assignment: taskOf(turn) }, byUnit(turn)),
  passDown: (turn: Turn) =>
    decideSubDispatch(turn.state, { assignment: taskOf(turn), departments: ['LIXIA-1'] }, byUnit(turn)),
  askExtension: (turn: Turn) => {
    const until = plusDays(turn.day, turn.move.ahead)
    const command = { assignment: taskOf(turn), until, reason: '难' }
    return turn.rules.decideRequestExtension(turn.state, command, byUnit(turn))
  },
  decideExtension: (turn: Turn) => {
    const command = { assignment: taskOf(turn), grant: turn.move.yes, reason: '审' }
    return turn.rules.decideDecideExtension(turn.state, command, byOffice(turn))
  },
  askReturn: (turn: Turn) =>
    decideRequestReturn(turn.state, { assignment: taskOf(turn), reason: '退', basis: '据' }, byUnit(turn)),
  decideReturn: (turn: Turn) => {
    const command = { assignment: taskOf(turn), accept: turn.move.yes, reason: '审' }
    return decideDecideReturn(turn.state, command, byOffice(turn))
  },
  instruct: (turn: Turn) =>
    decideInstruct(turn.state, { leader: '副市长', text: '办', on: turn.day, targets: [] }, byOffice(turn)),
  reply: (turn: Turn) =>
    turn.rules.decideReply(turn.state, { ...aReply, assignment: taskOf(turn) }, byUnit(turn)),
  accept: (turn: Turn) =>
    turn.rules.decideReview(turn.state, { assignment: taskOf(turn), accept: true }, byOffice(turn)),
  redo: (turn: Turn) => {
    const redoBy = plusDays(turn.day, turn.move.ahead)
    const command = { assignment: taskOf(turn), accept: false, requirements: '重办', redoBy }
    return turn.rules.decideReview(turn.state, command, byOffice(turn))
  },
  feedback: (turn: Turn) =>
    decideFeedback(turn.state, { by: 'OFFICE', mode: 'PHONE', text: '告知' }, byOffice(turn)),
  callback: (turn: Turn) => {
    const satisfaction = turn.move.yes ? 'SATISFIED' : 'DISSATISFIED'
    return decideCallback(turn.state, { contacted: true, solved: true, satisfaction }, byOffice(turn))
  },
  close: (turn: Turn) => turn.rules.decideClose(turn.state, byOffice(turn)),
  reopen: (turn: Turn) => decideReopen(turn.state, { reason: '复发' }, byOffice(turn)),
  emergency: (turn: Turn) => {
    const departments = [unitAt(turn.move.unit)]
    return decideMarkEmergency(turn.state, { verification: '属实', departments }, byOffice(turn))
  },
  suspend: (turn: Turn) => decideSuspend(turn.state, { reason: '待' }, byOffice(turn)),
  resume: (turn: Turn) => decideResume(turn.state, byOffice(turn)),
  withdraw: (turn: Turn) => decideWithdraw(turn.state, { reason: '撤' }, byOffice(turn)),
  ...seldomVerbs,
} as const

export const verbNames = Object.keys(verbs) as readonly (keyof typeof verbs)[]

/** One event and what it changed. */
export interface Step {
  readonly before: CaseState | null
  readonly event: CaseEvent
  readonly after: CaseState
  /** Whether it ends what one command did. */
  readonly last: boolean
}

const START = '2026-03-10'

/** Plays the moves on one case, whose complaint is of a district, and tells every step that was not refused. */
export function play(moves: readonly Move[], playing: Rules): readonly Step[] {
  const steps: Step[] = []
  const [first] = decideRegister({ ...aCall, complainedOf: ['LIXIA'] }, on(START, operator))
  let state = playing.evolve(null, first)
  steps.push({ before: null, event: first, after: state, last: true })
  let day = START
  for (const [index, move] of moves.entries()) {
    day = plusDays(day, move.days)
    const time = `11:${String(index).padStart(2, '0')}`
    const events = tried({ state, move, day, time, rules: playing })
    for (const event of events) {
      const after = playing.evolve(state, event)
      steps.push({ before: state, event, after, last: event === events.at(-1) })
      state = after
    }
  }
  return steps
}

function tried(turn: Turn): readonly CaseEvent[] {
  try {
    return verbs[turn.move.verb](turn)
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
