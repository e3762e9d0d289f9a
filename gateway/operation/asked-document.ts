import { refuse } from '../errors.ts'
import type { AskedOnce } from './answer-once.ts'
import type { Asked } from './documents.ts'

type Body = Readonly<Record<string, unknown>>

/** The request in a JSON body or a query string, its parts as they came. */
export function bodyIn(body: unknown, search: string): Body {
  if (body === undefined) return Object.fromEntries(new URLSearchParams(search))
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
}

/** Which part of a request is not what it has to be, if any; in a query string all are texts. */
export function findMisshapen({ query, operationName, variables, extensions }: Body): string | undefined {
  if (!isLeft(query) && typeof query !== 'string') return 'query'
  if (!isLeft(operationName) && typeof operationName !== 'string') return 'operationName'
  if (!isLeft(variables) && !isObjectIn(variables)) return 'variables'
  return isLeft(extensions) || isObjectIn(extensions) ? undefined : 'extensions'
}

function isLeft(part: unknown): boolean {
  return part === undefined || part === null
}

/** An object, or a text that may hold one. */
function isObjectIn(part: unknown): boolean {
  return typeof part === 'string' || (typeof part === 'object' && !Array.isArray(part))
}

/** Which document a request asks for: its text, its id (`documentId`, or Apollo's `persistedQuery`), or both. */
export function askedDocument({ query, documentId, extensions }: Body): Asked {
  return {
    query: typeof query === 'string' && query !== '' ? query : undefined,
    id: idIn(documentId) ?? idIn(hashIn(extensions)),
  }
}

function idIn(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined
  return given.replace(/^sha256:/, '')
}

function hashIn(extensions: unknown): unknown {
  const read = typeof extensions === 'string' ? parsed(extensions, 'extensions') : extensions
  if (typeof read !== 'object' || read === null || !('persistedQuery' in read)) return undefined
  const { persistedQuery } = read
  if (typeof persistedQuery !== 'object' || persistedQuery === null) return undefined
  if ('version' in persistedQuery && persistedQuery.version !== 1)
    throw refuse('REQUEST_MALFORMED', { problem: 'persistedQuery' })
  return 'sha256Hash' in persistedQuery ? persistedQuery.sha256Hash : undefined
}

function parsed(text: unknown, problem: string): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    throw refuse('REQUEST_MALFORMED', { problem })
  }
}

/** What a request says beside its document, or what of that is not of the kind that it has to be. */
export function askedBeside({
  operationName,
  variables,
  extensions,
}: Body): Pick<AskedOnce, 'operationName' | 'variables'> | 'variables' | 'extensions' | 'operationName' {
  if (!isObject(variables)) return 'variables'
  if (!isObject(extensions)) return 'extensions'
  const name = operationName ?? undefined
  if (typeof name !== 'string' && name !== undefined) return 'operationName'
  return { operationName: name, variables: variables ?? {} }
}

/** The same request with its variables read, which stand in an address as text. */
export function readFromAddress({ variables, extensions: _extensions, ...others }: Body): Body {
  return variables === undefined || variables === ''
    ? others
    : { ...others, variables: parsed(variables, 'variables') }
}

/** The request as it would be with its document written out. */
export function withText(given: Body, text: string): Body {
  const { documentId: _id, extensions: _extensions, ...rest } = given
  return { ...rest, query: text }
}

/** Or nothing, which is as good. */
function isObject(value: unknown): value is Body | null | undefined {
  return typeof value === 'object' ? !Array.isArray(value) : value === undefined
}
