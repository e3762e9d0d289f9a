import type { Caller } from '@hub/kit/caller.ts'
import { dayOf } from '@hub/kit/day.ts'
import { numberOf } from '../domain/case-number.ts'
import { evolve } from '../domain/evolve.ts'
import { decideRegister, type RegisterCase } from '../domain/register.ts'
import type { CaseState } from '../domain/state.ts'
import { takeSerial } from '../store/case-state.ts'
import type { Room } from './room.ts'
import { openCase } from './run.ts'

/** Registers a case (R38–R44) and gives it the next serial of its day. */
export function registerCase(
  room: Room,
  caller: Caller,
  input: Omit<RegisterCase, 'number'>,
): Promise<CaseState> {
  return openCase(room, caller, { operation: 'registerCase', input }, async (context, tx) => {
    // Decided once without a number: a refusal takes no serial, and the register has no gaps.
    const day = dayOf(context.now)
    decideRegister({ ...input, number: numberOf(day, 0) }, context)
    const [event] = decideRegister({ ...input, number: numberOf(day, await takeSerial(tx, day)) }, context)
    return { state: evolve(null, event), events: [event] }
  })
}
