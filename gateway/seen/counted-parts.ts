import type { Later } from '../execution/deliver-parts.ts'
import { codeOf } from './observation.ts'
import { stoppable } from '../stoppable.ts'

export interface PartsCounted {
  /** Called for each part that is handed on. */
  readonly part: () => void
  /** Called once, with the first code among the parts, when the last has come or nobody waits for it any more. */
  readonly end: (code: string) => void
}

/** The same parts, counted as they come: an answer has taken as long as its last part. */
export function countedParts({ announced, installments }: Later, { part, end }: PartsCounted): Later {
  let code = 'OK'
  let ended = false
  const finish = (): void => {
    if (!ended) end(code)
    ended = true
  }
  const counting = async function* () {
    try {
      for await (const installment of installments) {
        // What comes when its client has left is handed to nobody.
        if (ended) return
        for (const { errors } of installment.parts) {
          part()
          if (code === 'OK') code = codeOf(errors)
        }
        if (!installment.hasNext) finish()
        yield installment
      }
    } finally {
      finish()
    }
  }
  const stopping = stoppable((signal) => {
    const leave = (): void => {
      finish()
      void installments.return(undefined)
    }
    signal.addEventListener('abort', leave, { once: true })
    return counting()
  })
  return { announced, installments: stopping }
}
