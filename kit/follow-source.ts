import { randomUUID } from 'node:crypto'
import { request } from 'undici'
import { CALLER_HEADER, requestDigest, signCaller, type Caller } from './caller.ts'
import type { LoggedEvent } from './event-log.ts'
import { MOST_EVENTS, readPages, type FollowedPlace, type LogPage } from './event-offer.ts'
import type { Database } from './postgres.ts'

/** Where a follower reads another room's log from. A broker could stand behind it as well. */
export interface LogSource {
  read(places: readonly FollowedPlace[], waitMs: number, signal: AbortSignal): Promise<readonly LogPage[]>
}

export interface HttpLogSourceOptions {
  /** The other room's address, without a path. */
  readonly url: string
  readonly callerKey: string
  /** This room's name, for the other one's log. */
  readonly subject: string
}

const ANSWER_WITHIN_MS = 10_000
const MAY_LIVE_S = 60

/** The log of another room over its signed long poll. */
export function httpLogSource({ url, callerKey, subject }: HttpLogSourceOptions): LogSource {
  return {
    async read(places, waitMs, signal) {
      const path = pathOf(places, waitMs)
      const caller = signCaller(asRoom(subject), requestDigest('GET', path, ''), callerKey)
      const { statusCode, body } = await request(new URL(path, url), {
        headers: { [CALLER_HEADER]: caller },
        headersTimeout: waitMs + ANSWER_WITHIN_MS,
        bodyTimeout: ANSWER_WITHIN_MS,
        signal,
      })
      if (statusCode !== 200) {
        await body.dump()
        throw new Error(`the log of another room answered ${statusCode}`)
      }
      const { pages } = (await body.json()) as { pages: LogPage[] }
      return pages.map(withDates)
    },
  }
}

/** The log of a room whose database is at hand; it never waits. */
export function localLogSource(database: Database): LogSource {
  return { read: (places) => readPages(database, places, MOST_EVENTS) }
}

function pathOf(places: readonly FollowedPlace[], waitMs: number): string {
  const query = new URLSearchParams({
    stream: places.map(({ stream }) => stream).join(','),
    after: places.map(({ epoch, seq }) => `${epoch}.${seq}`).join(','),
    limit: String(MOST_EVENTS),
    wait: String(waitMs / 1000),
  })
  return `/events?${query.toString()}`
}

function asRoom(subject: string): Caller {
  return {
    subject,
    role: 'SUBGRAPH',
    attributes: {},
    scopes: [],
    locale: 'en',
    expiresAt: Math.floor(Date.now() / 1000) + MAY_LIVE_S,
    requestId: randomUUID(),
  }
}

/** JSON has no instants. */
function withDates(page: LogPage): LogPage {
  const events: LoggedEvent[] = page.events.map((event) => Object.assign(event, { at: new Date(event.at) }))
  return Object.assign(page, { events })
}
