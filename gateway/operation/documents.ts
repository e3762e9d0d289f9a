import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { SettingError } from '@hub/kit/env.ts'
import { Recent } from '@hub/kit/remembered.ts'
import { refuse } from '../errors.ts'

/** `off`: no list. `allow`: listed documents go by their id, any other is sent whole. `only`: nothing but listed ones. */
export type DocumentsMode = 'off' | 'allow' | 'only'

export interface DocumentSettings {
  readonly mode: DocumentsMode
  /** A folder of `.graphql` files, or a manifest in JSON. */
  readonly from?: string | undefined
  /** Roles for which the mode is `only`, whatever it is for the others. */
  readonly onlyFor: readonly string[]
  /** Whether a client may register documents by sending them once (automatic persisted queries). */
  readonly register: boolean
}

export const noDocuments: DocumentSettings = { mode: 'off', onlyFor: [], register: false }

/** What a request says of its document. */
export interface Asked {
  readonly query: string | undefined
  readonly id: string | undefined
}

export interface Documents {
  /** The text to carry out for a caller of this role; throws when it is not one that this role may send. */
  textOf(asked: Asked, role: string): string | undefined
  /** What a listed document is called, for measurements. */
  nameOf(text: string): string | undefined
  /** The texts of all that are listed. */
  all(): string[]
}

const LOOK_EVERY_MS = 1_000
const REGISTERED_AT_MOST = 1_000
const REGISTERED_LENGTH = 20_000

/** The documents that clients may ask for by the SHA-256 of their text. */
export function openDocuments(settings: DocumentSettings): Documents {
  const { from, register } = settings
  if (settings.mode !== 'off' && !from)
    throw new SettingError('DOCUMENTS is not set; name the folder or the manifest of published documents.')
  const registered = new Recent<string>(REGISTERED_AT_MOST)
  let listed = from ? readDocuments(from) : new Map<string, string>()
  let readAt = Date.now()

  const find = (id: string): string | undefined => {
    const known = listed.get(id)
    if (known !== undefined || !from || Date.now() - readAt < LOOK_EVERY_MS) return known
    // One that is not known may have been published since.
    readAt = Date.now()
    listed = readDocuments(from)
    return listed.get(id)
  }
  const enter = (id: string, query: string): void => {
    if (idOf(query) !== id) throw refuse('REQUEST_MALFORMED', { problem: 'sha256Hash' })
    if (query.length > REGISTERED_LENGTH) return
    registered.set(id, query)
  }

  return {
    textOf({ query, id }, role) {
      const only = settings.mode === 'only' || settings.onlyFor.includes(role)
      if (only) {
        const text = find(id ?? (query === undefined ? '' : idOf(query)))
        if (text === undefined || (query !== undefined && query !== text))
          throw refuse('DOCUMENT_UNPUBLISHED')
        return text
      }
      if (id === undefined) return query
      const known = (settings.mode === 'allow' ? find(id) : undefined) ?? registered.get(id)
      if (query !== undefined) {
        if (register && known === undefined) enter(id, query)
        return query
      }
      if (known === undefined) throw refuse(register ? 'PERSISTED_QUERY_NOT_FOUND' : 'DOCUMENT_UNPUBLISHED')
      return known
    },
    all: () => [...listed.values()],
    nameOf: (text) => {
      const id = idOf(text)
      return listed.has(id) ? operationNameIn(text) : undefined
    },
  }
}

/** The id of a document: the SHA-256 of its text, in hexadecimal. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function operationNameIn(text: string): string | undefined {
  return /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(text)?.[1]
}

function readDocuments(from: string): Map<string, string> {
  try {
    const texts = statSync(from).isDirectory() ? textsInFolder(from) : textsInManifest(from)
    return new Map(texts.map((text) => [idOf(text), text]))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SettingError(`DOCUMENTS: "${from}" cannot be read: ${reason}.`)
  }
}

function textsInFolder(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
}

/** Either `{ "<id>": "<text>" }` or the manifest that Apollo's tools write: `{ "operations": [{ "body": "<text>" }] }`. */
function textsInManifest(file: string): string[] {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const { operations } = manifest
  if (!Array.isArray(operations)) return Object.values(manifest).filter((text) => typeof text === 'string')
  return operations.flatMap(({ body }: { body?: unknown }) => (typeof body === 'string' ? [body] : []))
}
