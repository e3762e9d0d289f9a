import { createClient, type Client } from 'graphql-ws'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'

/** An assignment event as `hub watch` asks for it. */
export interface WatchedEvent {
  readonly cursor: string
  readonly eventId: string
  readonly kind: string
  readonly at: string
  readonly assignment: WatchedAssignment | null
}

export interface WatchedAssignment {
  readonly id: string
  readonly role: string
  readonly status: string
  readonly dueOn: string
  readonly overdue: boolean | null
  readonly case: { readonly number: string; readonly title: string; readonly urgency: string }
  readonly department: { readonly code: string; readonly name: string; readonly shortName: string | null }
}

/** The hub said no, and asking again would not help. */
export class WatchRefused extends Error {
  override name = 'WatchRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface WatchOptions {
  readonly url: string
  readonly department: string
  readonly subtree: boolean
  readonly after: string | null
  /** Asked at each connection: a local token is made anew, so that it never runs out under a long watch. */
  readonly token: () => Promise<string>
  readonly onEvent: (event: WatchedEvent) => void
  readonly onBreak: (reason: string, pauseMs: number) => void
  readonly signal: AbortSignal
  /** Silence longer than this is a dead line. */
  readonly silenceMs?: number
  /** What to ask of an assignment; it has to hold `id`. */
  readonly selection?: string
}

const SELECTION =
  'id role status dueOn overdue case { number title urgency } department { code name shortName }'

const subscriptionOf = (selection: string): string =>
  `subscription Watch($department: ID!, $after: String, $subtree: Boolean) {
    assignmentEvents(department: $department, after: $after, subtree: $subtree) {
      cursor eventId kind at assignment { ${selection} }
    }
  }`

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
const SILENCE_MS = 40_000
const FINAL_CODES = new Set([
  'FORBIDDEN',
  'CURSOR_INVALID',
  'CURSOR_EXPIRED',
  'CURSOR_AHEAD',
  'DEPARTMENT_NOT_FOUND',
])
/** How often an event whose assignment could not be fetched whole is asked for again before it is taken as it is. */
const INCOMPLETE_TRIES = 5
/** Close codes of graphql-transport-ws after which another try would end alike. */
const FINAL_CLOSES = new Set([4400, 4401, 4403, 4406])

/**
 * Follows a department's assignments until stopped, over any break: each connection goes on from the cursor of the last
 * event that was handed over, so that what happened in between comes first.
 */
export async function watchAssignments(options: WatchOptions): Promise<void> {
  const { onBreak, onEvent, signal } = options
  let { after } = options
  let pause = FIRST_PAUSE_MS
  const tries = new Map<string, number>()
  const complete = (event: WatchedEvent, errors: boolean): boolean => {
    if (event.assignment || event.kind === 'HEARTBEAT' || !errors) return true
    tries.set(event.eventId, (tries.get(event.eventId) ?? 0) + 1)
    return (tries.get(event.eventId) ?? 0) > INCOMPLETE_TRIES
  }
  while (!signal.aborted) {
    try {
      await followOnce({ ...options, after }, (event, errors) => {
        if (!complete(event, errors)) throw new Error(`a part of the hub did not answer for ${event.eventId}`)
        onEvent(event)
        tries.clear()
        after = event.cursor
        pause = FIRST_PAUSE_MS
      })
    } catch (error) {
      if (error instanceof WatchRefused) throw error
      if (!signal.aborted) onBreak(error instanceof Error ? error.message : String(error), pause)
    }
    await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {})
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2)
  }
}

/** One connection; returns when the hub completes the stream, throws when the line breaks. */
async function followOnce(
  options: WatchOptions,
  onEvent: (event: WatchedEvent, errors: boolean) => void,
): Promise<void> {
  const { department, after, signal, subtree, token, url } = options
  const authorization = `Bearer ${await token()}`
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    lazy: true,
    retryAttempts: 0,
    keepAlive: 10_000,
  })
  let broken = false
  const silence = watchSilence(client, options.silenceMs ?? SILENCE_MS)
  const stop = (): void => client.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      client.subscribe<{ assignmentEvents: WatchedEvent }>(
        { query: subscriptionOf(options.selection ?? SELECTION), variables: { department, after, subtree } },
        {
          next({ data, errors }) {
            silence.heard()
            if (broken) return
            const refused = errors && asError(errors)
            if (refused instanceof WatchRefused) return reject(refused)
            // An event that could not be resolved comes without data: the stream goes on, and so does this.
            try {
              if (data?.assignmentEvents) onEvent(data.assignmentEvents, errors !== undefined)
            } catch (error) {
              broken = true
              reject(error)
            }
          },
          error: (error) => reject(asError(error)),
          complete: resolve,
        },
      )
    })
  } finally {
    silence.stop()
    signal.removeEventListener('abort', stop)
    client.terminate()
  }
}

/** A line that says nothing, not even a pong, is ended: half-open connections look alive for ever. */
function watchSilence(client: Client, limitMs: number): { heard(): void; stop(): void } {
  let heardAt = performance.now()
  const heard = (): void => {
    heardAt = performance.now()
  }
  client.on('pong', heard)
  const timer = setInterval(() => {
    if (performance.now() - heardAt > limitMs) client.terminate()
  }, limitMs / 4)
  return { heard, stop: () => clearInterval(timer) }
}

function asError(error: unknown): Error {
  if (Array.isArray(error)) {
    const [first] = error as { message?: string; extensions?: { code?: string } }[]
    const code = first?.extensions?.code ?? ''
    const message = first?.message ?? code
    return FINAL_CODES.has(code) ? new WatchRefused(code, message) : new Error(message)
  }
  if (error instanceof Error) return error
  const { code, reason } = error as { code?: number; reason?: string }
  const message = `${code ?? ''} ${reason ?? ''}`.trim() || 'the line broke'
  return FINAL_CLOSES.has(code ?? 0) ? new WatchRefused(String(code), message) : new Error(message)
}
