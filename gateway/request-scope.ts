import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Locale } from '@hub/kit/errors.ts'

/** What belongs to one request wherever it is looked at: in which language to refuse, and how to find it in the log. */
export interface RequestScope {
  readonly locale: Locale
  readonly requestId: string
  /** What the operator lets through to the subgraphs as it is. */
  readonly forwarded?: Forwarded
}

/** Headers of a client that go on to the subgraphs, by their names in lower case. */
export type Forwarded = Readonly<Record<string, string>>

/** Apollo Server formats errors without saying whose they are; this says it. */
export const requestScope = new AsyncLocalStorage<RequestScope>()

const REQUEST_ID = /^[\w.:-]{1,64}$/

/** The scope of a request, from its headers; a request id from outside is kept when it is harmless. */
export function scopeOf(headers: IncomingHttpHeaders, forward: readonly string[] = []): RequestScope {
  const given = headers['x-request-id']
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
  const scope = { locale: localeOf(headers['accept-language']), requestId }
  return forward.length === 0 ? scope : { ...scope, forwarded: forwardedIn(headers, forward) }
}

function forwardedIn(headers: IncomingHttpHeaders, names: readonly string[]): Forwarded {
  const given = names.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')] as const]
  })
  return Object.fromEntries(given)
}

/** Chinese, unless English is asked for ahead of it. */
function localeOf(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return 'zh-CN'
  const asked = acceptLanguage.toLowerCase().split(',').map(weighed)
  return weightOf(asked, 'en') > weightOf(asked, 'zh') ? 'en' : 'zh-CN'
}

function weighed(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', quality] = range.trim().split(';q=')
  return { tag, weight: quality === undefined ? 1 : Number(quality) || 0 }
}

function weightOf(asked: readonly { tag: string; weight: number }[], language: string): number {
  return Math.max(0, ...asked.filter(({ tag }) => tag.split('-')[0] === language).map(({ weight }) => weight))
}
