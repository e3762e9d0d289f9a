/**
 * Who waits for an answer. It is looked at by the one clock of all that waits (`Deadlines`), so that nothing has to be
 * told to anybody while nobody leaves.
 */
export interface Audience {
  /** For good: nobody comes back to an answer. */
  readonly hasLeft: boolean
}

/** Until when something is waited for, in milliseconds since 1970, and by whom. The time may move meanwhile. */
export interface Limit {
  readonly deadline: number
  /** Nobody named is somebody who stays, as for a mutation: it is carried out whoever leaves. */
  readonly audience?: Audience | undefined
}

/** Whoever asked has left: it is nobody's failure that there is no answer. */
export class NobodyWaits extends Error {
  override readonly name = 'NobodyWaits'

  constructor() {
    super('nobody waits for the answer')
  }
}

export function hasLeft({ audience }: Pick<Limit, 'audience'>): boolean {
  return audience?.hasLeft === true
}
