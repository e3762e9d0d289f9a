import type { GraphQLFormattedError } from 'graphql'
import type { Running } from '@hub/kit/run.ts'

type Place = readonly (string | number)[]

/** One message of an answer in parts, in either form. */
export interface Message {
  readonly data?: unknown
  readonly errors?: readonly GraphQLFormattedError[]
  readonly pending?: readonly { readonly id: string; readonly path: Place; readonly label?: string }[]
  readonly incremental?: readonly {
    readonly id?: string
    readonly path?: Place
    readonly label?: string
    readonly data: unknown
    readonly errors?: readonly GraphQLFormattedError[]
  }[]
  readonly completed?: readonly { readonly id: string; readonly errors?: readonly GraphQLFormattedError[] }[]
  readonly hasNext?: boolean
}

export const BY_PATH = 'multipart/mixed;deferSpec=20220824, application/json'
export const BY_ID = 'multipart/mixed;incrementalSpec=v0.2, application/json'

export interface Parted {
  readonly status: number
  readonly type: string
  readonly messages: Message[]
}

/** Asks for an answer in parts, and reads it to its end. */
export async function askInParts(
  gateway: Running,
  query: string,
  { variables = {}, accept = BY_PATH }: { variables?: Record<string, unknown>; accept?: string } = {},
): Promise<Parted> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, messages: messagesIn(await response.text(), type) }
}

/** Asks for an answer in parts, and reads each message when it comes. */
export async function followParts(gateway: Running, query: string) {
  const left = new AbortController()
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { accept: BY_PATH, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: left.signal,
  })
  const chunks = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  let text = ''
  return {
    leave: () => left.abort(),
    async next(): Promise<Message> {
      for (;;) {
        const [, message, rest] = /^\r\n---\r\n[^{]*(\{.*\})(\r\n---[^]*)$/.exec(text) ?? []
        if (message !== undefined && rest !== undefined) {
          text = rest
          return JSON.parse(message) as Message
        }
        const { done, value } = await chunks.read()
        if (done) throw new Error(`ended after ${text}`)
        text += Buffer.from(value).toString('utf8')
      }
    },
  }
}

/** The messages in a body: as many as there are parts, one where there are none. */
function messagesIn(text: string, type: string): Message[] {
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1]
  if (boundary === undefined) return [JSON.parse(text) as Message]
  const [preamble, ...parts] = text.split(`\r\n--${boundary}`)
  if (preamble !== '' || parts.pop() !== '--\r\n') throw new Error(`not a whole multipart body: ${text}`)
  return parts.map((part) => {
    const [head, json = ''] = part.split('\r\n\r\n')
    if (head !== '\r\ncontent-type: application/json; charset=utf-8') throw new Error(`a part with ${head}`)
    return JSON.parse(json) as Message
  })
}

export interface Merged {
  readonly data: unknown
  readonly errors: readonly GraphQLFormattedError[]
  readonly parts: number
}

/** What a client has when all parts have come. Throws where the messages do not fit together. */
export function merge(messages: readonly Message[]): Merged {
  const [first] = messages
  const root = { data: structuredClone(first?.data) }
  const errors = [...(first?.errors ?? [])]
  const open = new Map<string, Place>()
  let parts = 0
  messages.forEach((message, at) => {
    const isLast = at === messages.length - 1
    if (messages.length > 1 && message.hasNext !== !isLast) throw new Error(`hasNext in message ${at}`)
    for (const { id, path } of message.pending ?? []) open.set(id, path)
    for (const { id, path = open.get(id ?? ''), data, errors: own = [] } of message.incremental ?? []) {
      if (!path) throw new Error(`a part that nobody announced: ${id}`)
      parts += 1
      put(root, ['data', ...path], data)
      errors.push(...own)
    }
    for (const { id, errors: own = [] } of message.completed ?? []) {
      const path = open.get(id)
      if (!path || !open.delete(id)) throw new Error(`a part that is completed twice: ${id}`)
      if (own.length > 0) put(root, ['data', ...path], null)
      errors.push(...own)
    }
  })
  if (open.size > 0) throw new Error('a part that never came')
  return { data: root.data, errors, parts }
}

/** Merges into a place. A part that is null is noted as such: it may not say more. */
function put(root: object, path: Place, data: unknown): void {
  let at: unknown = root
  for (const step of path) at = (at as Record<string | number, unknown>)[step]
  if (typeof at !== 'object' || at === null)
    throw new Error(`a part at ${path.join('.')}, where nothing stands`)
  if (data !== null) mergeInto(at as Record<string, unknown>, data as Record<string, unknown>)
}

function mergeInto(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(source)) {
    const present = target[name]
    if (isObject(present) && isObject(value)) mergeInto(present, value)
    else target[name] = value
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * Where a merged answer differs from the same answer at once. A part holds back the nulls that its missing values would
 * have spread around it: where the answer at once has null for an error beneath, the merged one may have more.
 */
export function differences(
  whole: unknown,
  merged: unknown,
  errors: readonly GraphQLFormattedError[],
  path: Place = [],
): string[] {
  if (whole === null && merged !== null && merged !== undefined) {
    // Also for an error beside: a subgraph may have been asked there for what another type of object selects.
    const around = path.slice(0, -1)
    const explained = errors.some(({ path: at = [] }) => around.every((step, index) => at[index] === step))
    return explained ? [] : [`${path.join('.')}: null at once, more in parts`]
  }
  if (isObject(whole) && isObject(merged)) {
    const names = new Set([...Object.keys(whole), ...Object.keys(merged)])
    return [...names].flatMap((name) =>
      differences(whole[name], merged[name], errors, [...path, Array.isArray(whole) ? Number(name) : name]),
    )
  }
  return Object.is(whole, merged)
    ? []
    : [`${path.join('.')}: ${JSON.stringify(whole)} at once, ${JSON.stringify(merged)} in parts`]
}
