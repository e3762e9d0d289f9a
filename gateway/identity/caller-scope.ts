import type { Caller } from '@hub/kit/caller.ts'
import type { Forwarded } from '../request-scope.ts'

/** A caller with the headers that go on to the subgraphs beside what is signed. */
export interface Asker extends Caller {
  readonly forwarded?: Forwarded
}

const scopes = new WeakMap<Asker, string>()

/** A subgraph may look at everything a caller is, and records who saw what: only one and the same caller is one scope. */
export function callerScope(caller: Asker): string {
  const known = scopes.get(caller)
  if (known !== undefined) return known
  const { subject, role, attributes, locale, expiresAt } = caller
  const sorted = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))
  // Where nobody is asked for a token, everybody is the same and stays.
  const until = role === 'ANONYMOUS' ? null : expiresAt
  const scope = JSON.stringify([subject, role, sorted, caller.scopes, locale, until, caller.forwarded])
  scopes.set(caller, scope)
  return scope
}
