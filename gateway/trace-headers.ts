import type { IncomingHttpHeaders } from 'node:http'

/** What travels beside a `traceparent`: it is handed on to subgraphs, and neither logged, recorded nor looked into. */
export interface TraceHeaders {
  readonly tracestate?: string
  readonly baggage?: string
}

/** Bounds of W3C Trace Context and W3C Baggage. */
const MOST_STATES = 32
const STATE_CHARS = 512
/** Where a state is too long as a whole, such members go first. */
const LONG_STATE = 128
const MOST_BAGS = 64
const BAGGAGE_BYTES = 8_192

const STATE =
  /^(?<key>[a-z0-9][\w\-*/@]{0,255})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/
const STATE_KEY = /^(?:[a-z0-9][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})$/

const TOKEN = String.raw`[!#$%&'*+\-.^\w\x60|~]+`
const VALUE = String.raw`[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*`
const PAIR = String.raw`${TOKEN}[ \t]*=[ \t]*${VALUE}`
const BAG = new RegExp(String.raw`^${PAIR}(?:[ \t]*;[ \t]*(?:${PAIR}|${TOKEN}))*$`)

/** What of a request goes on beside the `traceparent` that is handed on, if anything does. */
export function traceHeadersIn(
  headers: IncomingHttpHeaders,
  handedOn: string | undefined,
): TraceHeaders | undefined {
  const { tracestate, baggage, traceparent } = headers
  if (tracestate === undefined && baggage === undefined) return undefined
  // A state says nothing without the trace that it is of.
  const isOfTrace = handedOn !== undefined && traceIdIn(handedOn) === traceIdIn(traceparent)
  const state = isOfTrace && typeof tracestate === 'string' ? stateIn(tracestate) : ''
  const bags = typeof baggage === 'string' ? baggageIn(baggage) : ''
  if (state === '' && bags === '') return undefined
  return { ...(state !== '' && { tracestate: state }), ...(bags !== '' && { baggage: bags }) }
}

/** The same without what belongs to one trace alone. */
export function besideAnotherTrace({ baggage }: TraceHeaders = {}): TraceHeaders | undefined {
  return baggage === undefined ? undefined : { baggage }
}

function traceIdIn(traceparent: unknown): string | undefined {
  return typeof traceparent === 'string' ? traceparent.slice(3, 35) : undefined
}

/** A state with anything wrong in it is dropped as a whole; one that is too long is cut between members. */
function stateIn(text: string): string {
  const members = membersOf(text)
  const keys = new Set<string>()
  for (const member of members) {
    const key = STATE.exec(member)?.groups?.['key'] ?? ''
    if (!STATE_KEY.test(key) || keys.has(key)) return ''
    keys.add(key)
  }
  if (members.length > MOST_STATES) return ''
  if (lengthOf(members) <= STATE_CHARS) return members.join(',')
  return within(
    members.filter(({ length }) => length <= LONG_STATE),
    STATE_CHARS,
  )
}

/** Of baggage each member stands for itself: those that are none are dropped, and those that are too many. */
function baggageIn(text: string): string {
  const members = membersOf(text).filter((member) => member.length <= BAGGAGE_BYTES && BAG.test(member))
  return within(members.slice(0, MOST_BAGS), BAGGAGE_BYTES)
}

function membersOf(text: string): string[] {
  return text.split(',').flatMap((member) => {
    const trimmed = member.replace(/^[ \t]+|[ \t]+$/g, '')
    return trimmed === '' ? [] : [trimmed]
  })
}

function lengthOf(members: readonly string[]): number {
  return members.reduce((sum, { length }) => sum + length + 1, -1)
}

/** As many of the first ones as have room. */
function within(members: readonly string[], most: number): string {
  let kept = members
  while (lengthOf(kept) > most) kept = kept.slice(0, -1)
  return kept.join(',')
}
