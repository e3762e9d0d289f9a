import { callerScope } from '../identity/caller-scope.ts'
import { followUpstream, type Following } from './follow-upstream.ts'
import { SharedUpstream, type AnswerAll } from './shared-upstream.ts'

/** The upstreams that are open for one operation, by who asks with which variables. */
export class Shares {
  /** Those that begin now, and of those that began at a cursor one each. */
  private readonly live = new Map<string, SharedUpstream>()
  private readonly resumed = new Map<string, SharedUpstream>()

  /** The upstream of those who asked for the same from now on, or a new one. */
  fromNow(following: Following, answer: AnswerAll): SharedUpstream {
    const key = scopeOf(following)
    const known = this.live.get(key)
    // What offers no cursor may begin with something of the past: only who is there from the start gets all of it.
    if (known && !known.isOver && (following.plan.resumable || known.head === 0)) return known
    return open(this.live, key, following, answer)
  }

  /** An upstream of its own, from a cursor. */
  fromCursor(following: Following, answer: AnswerAll): SharedUpstream {
    const key = scopeOf(following)
    return open(this.resumed.has(key) ? new Map() : this.resumed, key, following, answer)
  }

  /** Where somebody who has come to this cursor can go on together with others. */
  togetherAfter(
    cursor: string,
    following: Following,
  ): { readonly share: SharedUpstream; readonly next: number } | undefined {
    const key = scopeOf(following)
    for (const share of [this.live.get(key), this.resumed.get(key)]) {
      const next = share?.numberAfter(cursor)
      if (share && next !== undefined) return { share, next }
    }
    return undefined
  }
}

function open(
  shares: Map<string, SharedUpstream>,
  key: string,
  following: Following,
  answer: AnswerAll,
): SharedUpstream {
  const stop = new AbortController()
  const share = new SharedUpstream(followUpstream(following, stop.signal), answer, () => {
    stop.abort()
    if (shares.get(key) === share) shares.delete(key)
  })
  shares.set(key, share)
  return share
}

/** The same caller, who asks with the same variables. */
function scopeOf({ plan, asking, coerced }: Following): string {
  // What is asked for after a cursor is the same as without one, once the cursor is reached.
  const { [plan.afterVariable]: _, ...others } = coerced
  return `${callerScope(asking.caller)} ${JSON.stringify(others, inOrder)}`
}

/** Objects by the names of their entries, in whatever order those were given. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
