import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from './caller.ts'
import type { Feed } from './event-feed.ts'
import { readNews, type LoggedEvent } from './event-log.ts'
import type { Database } from './postgres.ts'

/** What one room reads of another's log in one answer: per stream, what comes after the place it gave. */
export interface LogPage {
  readonly stream: string
  readonly epoch: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly events: readonly LoggedEvent[]
}

/** Where a follower stands in a stream; the epoch is empty before its first event. */
export interface FollowedPlace {
  readonly stream: string
  readonly epoch: string
  readonly seq: number
}

export const MOST_EVENTS = 1000
const LONGEST_WAIT_S = 25
const MOST_STREAMS = 256
const PLACE = /^([0-9a-z]{0,8})\.(\d{1,15})$/
const NAME = /^[^\s,=]{1,120}$/

export interface OfferOptions {
  readonly database: Database
  readonly feed: Feed
}

type Handler = (request: IncomingMessage, response: ServerResponse, caller: Caller) => Promise<void>

/**
 * Answers `GET /events?stream=a,b&after=<epoch>.<seq>,…&limit=…&wait=…`, a long poll: at once when a stream reaches
 * beyond its place, else after `wait` seconds with empty pages. `after` holds a place per stream, in order; without
 * it, from the beginning. Only other rooms may ask.
 */
export function offerEvents({ database, feed }: OfferOptions): Handler {
  return async (request, response, caller) => {
    if (caller.role !== 'SUBGRAPH') return answer(response, 403, { error: 'FORBIDDEN' })
    if (request.method !== 'GET') return answer(response, 405, { error: 'BAD_INPUT' })
    const asked = readQuery(new URL(request.url ?? '/', 'http://room').searchParams)
    if (!asked) return answer(response, 400, { error: 'BAD_INPUT' })
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const pages = await readPages(database, asked.places, asked.limit)
    if (asked.waitMs === 0 || pages.some((page, index) => moved(page, asked.places[index]))) {
      return answer(response, 200, { pages })
    }
    await feed.waitBeyond(
      new Map(asked.places.map(({ stream, seq }) => [stream, seq])),
      asked.waitMs,
      gone.signal,
    )
    if (gone.signal.aborted) return
    answer(response, 200, { pages: await readPages(database, asked.places, asked.limit) })
  }
}

/** One statement for all streams; the limit is shared out among them, so that an answer stays bounded. */
export async function readPages(
  database: Database,
  places: readonly FollowedPlace[],
  limit: number,
): Promise<LogPage[]> {
  const each = Math.max(1, Math.floor(limit / places.length))
  const news = await readNews(database.orm, places, each)
  return news.map(({ head, events }) => Object.assign(head, { events }))
}

/** Whether a page says something to a follower that stands there: events, or that its place no longer holds. */
function moved(page: LogPage, place: FollowedPlace | undefined): boolean {
  if (!place || page.events.length > 0) return true
  return page.lastSeq !== place.seq || (place.epoch !== '' && place.epoch !== page.epoch)
}

interface Asked {
  readonly places: readonly FollowedPlace[]
  readonly limit: number
  readonly waitMs: number
}

function readQuery(query: URLSearchParams): Asked | null {
  const streams = (query.get('stream') ?? '').split(',').filter(Boolean)
  const afters = (query.get('after') ?? '').split(',').filter(Boolean)
  const limit = Number(query.get('limit') ?? MOST_EVENTS)
  const wait = Number(query.get('wait') ?? 0)
  if (streams.length === 0 || streams.length > MOST_STREAMS) return null
  if (afters.length > 0 && afters.length !== streams.length) return null
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_EVENTS) return null
  if (!(wait >= 0 && wait <= LONGEST_WAIT_S)) return null
  const places = streams.map((stream, index) => placeOf(stream, afters[index] ?? '.0'))
  const all = places.filter((place) => place !== null)
  return all.length === places.length ? { places: all, limit, waitMs: wait * 1000 } : null
}

function placeOf(stream: string, after: string): FollowedPlace | null {
  const [, epoch, seq] = PLACE.exec(after) ?? []
  if (!NAME.test(stream) || epoch === undefined || seq === undefined) return null
  return { stream, epoch, seq: Number(seq) }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}
