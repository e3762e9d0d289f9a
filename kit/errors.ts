import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Logger } from './log.ts'

export type Locale = 'zh-CN' | 'en'

/** What a refusal says in each language, with `{name}` where a value goes, and one English line for the published list. */
export interface Sentences {
  readonly 'zh-CN': string
  readonly en: string
  readonly meaning: string
}

/** Code → sentences. Every room has one; `schema/ERRORS.md` is printed from them. */
export type Catalogue = Readonly<Record<string, Sentences>>

export type Values = Readonly<Record<string, string | number>>

/** An answer of "no" that the caller can act on: a stable code, and a sentence with the values in it. Nothing was changed. */
export class Refusal extends Error {
  readonly code: string
  readonly values: Values
  readonly sentences: Sentences

  constructor(code: string, sentences: Sentences, values: Values = {}) {
    super(fill(sentences.en, values))
    this.name = 'Refusal'
    this.code = code
    this.values = values
    this.sentences = sentences
  }

  /** The sentence in the caller's language. */
  sentence(locale: Locale): string {
    return fill(this.sentences[locale], this.values)
  }
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}

/** Makes the function a room throws its refusals with: `throw refuse('CASE_NOT_FOUND', { number })`. */
export function refusalsOf<C extends Catalogue>(
  catalogue: C,
): (code: keyof C & string, values?: Values) => Refusal {
  return (code, values) => {
    const sentences = catalogue[code]
    if (!sentences) throw new Error(`no sentences for the code ${code}`)
    return new Refusal(code, sentences, values)
  }
}

/** Refusals that every room shares. */
export const kitCatalogue = {
  UNAUTHENTICATED: {
    'zh-CN': '未登录或凭证无效。',
    en: 'The caller is not signed in, or the credential is not valid.',
    meaning: 'No token, or one that is expired, forged or meant for another system. Sign in again.',
  },
  FORBIDDEN: {
    'zh-CN': '当前身份无权进行此操作。',
    en: 'Your role does not allow this.',
    meaning: 'The caller is known but may not do or see this.',
  },
  BAD_INPUT: {
    'zh-CN': '{field}:{problem}',
    en: '{field}: {problem}',
    meaning: 'A value is missing, malformed or out of range; the sentence names it.',
  },
  INTERNAL: {
    'zh-CN': '系统内部错误,编号 {reference}。',
    en: 'Something went wrong inside the hub; reference {reference}.',
    meaning: 'An unexpected fault. The reference stands in the log beside the cause.',
  },
  IDEMPOTENCY_MISMATCH: {
    'zh-CN': '幂等键 {key} 已用于另一内容的请求。',
    en: 'The idempotency key {key} was already used with other content.',
    meaning: 'The same idempotency key came with another request. Nothing was changed: use a new key.',
  },
  OVERLOADED: {
    'zh-CN': '系统繁忙,请稍后重试。',
    en: 'The hub is busy; try again in a moment.',
    meaning: 'The work was not begun because too much is under way. Retry after the time told.',
  },
  CURSOR_INVALID: {
    'zh-CN': '游标无效:不是由本流给出的。',
    en: 'The cursor was not given out by this stream or list.',
    meaning: 'The cursor is malformed or belongs to another stream or list.',
  },
  CURSOR_EXPIRED: {
    'zh-CN': '游标早于保留期;请先查询列表,再从其 streamCursor 继续。',
    en: 'The cursor is older than what is kept: take the list, then go on from its streamCursor.',
    meaning:
      'The events after this cursor are no longer kept. Take the list, then follow from its streamCursor.',
  },
  CURSOR_AHEAD: {
    'zh-CN': '游标超前于本流(可能恢复过旧备份);请先查询列表,再从其 streamCursor 继续。',
    en: 'The cursor is ahead of this stream, as after a restored backup: take the list, then go on from its streamCursor.',
    meaning: 'The stream does not know this cursor yet: the database was restored from an older backup.',
  },
  CONSUMER_TOO_SLOW: {
    'zh-CN': '接收过慢,连接已结束;请用最后的游标重新订阅。',
    en: 'The subscriber reads too slowly; subscribe again from the last cursor.',
    meaning: 'The subscriber did not keep up; nothing is lost: subscribe again from the last cursor.',
  },
} as const satisfies Catalogue

export const refuse = refusalsOf(kitCatalogue)

/** What leaves a room: a refusal keeps its code and speaks the caller's language; anything else is logged and masked. */
export function toGraphQLError(error: unknown, locale: Locale, log: Logger): GraphQLError {
  const cause = rootOf(error)
  const refusal = cause instanceof Refusal ? cause : refusalOfDatabase(cause)
  if (refusal) return coded(error, refusal.code, refusal.sentence(locale))
  if (error instanceof GraphQLError && error.originalError === undefined) return error
  const reference = randomUUID()
  log.error({ reference, err: cause }, 'unexpected error')
  return coded(error, 'INTERNAL', refuse('INTERNAL', { reference }).sentence(locale), { reference })
}

function rootOf(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  return cause
}

/**
 * What PostgreSQL refuses for a reason that is the caller's or the machine's: a text it cannot store (NUL), and no room
 * left for connections, memory or disk, in which case the transaction was undone.
 */
function refusalOfDatabase(error: unknown): Refusal | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const state = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    if (state === '22021') return refuse('BAD_INPUT', { field: 'String', problem: 'U+0000' })
    if (/^53\d{3}$/.test(state)) return refuse('OVERLOADED')
  }
  return null
}

function coded(error: unknown, code: string, sentence: string, extra: Values = {}): GraphQLError {
  const at = error instanceof GraphQLError ? error : undefined
  return new GraphQLError(sentence, {
    nodes: at?.nodes ?? null,
    path: at?.path ?? null,
    extensions: { code, ...extra },
  })
}
