import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { idOf, openDocuments, type DocumentSettings } from '@hub/gateway/operation/documents.ts'
import { openGateway, openIssuer, post, tokensOf, type Issuer } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'
import { subscribe } from '../support/gateway-socket.ts'

const LISTED = 'query Books($n: Int) { books(first: $n) { title } }\n'
const OTHER = '{ shelves }'
const PUBLISHED_LATER = '{ people { id } }'
const json = { 'content-type': 'application/json' }

let library: Library
let issuer: Issuer
let folder: string
const opened: Running[] = []

beforeAll(async () => {
  library = await startLibrary()
  issuer = await openIssuer()
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-documents-'))
  writeFileSync(path.join(folder, 'books.graphql'), LISTED)
})

afterAll(async () => {
  await Promise.all(opened.map((gateway) => gateway.stop()))
  await library.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function over(documents: Partial<DocumentSettings>): Promise<Running> {
  const all = { mode: 'off', from: folder, onlyFor: [], register: false, ...documents } as const
  const gateway = await openGateway(library, { ...tokensOf(issuer), documents: all })
  opened.push(gateway)
  return gateway
}

async function codeOf(gateway: Running, body: object, role = 'OFFICE'): Promise<unknown> {
  const authorization = `Bearer ${await issuer.token({ role })}`
  const { data, errors } = await post(gateway, JSON.stringify(body), { ...json, authorization })
  return errors?.[0]?.extensions['code'] ?? Object.keys(data ?? {})[0]
}

const hashed = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: idOf(text) } } })

describe('published documents', () => {
  it('go by their id, in every way a client may say it', async () => {
    const gateway = await over({ mode: 'allow' })
    const variables = { n: 1 }
    expect(await codeOf(gateway, { documentId: `sha256:${idOf(LISTED)}`, variables })).toBe('books')
    expect(await codeOf(gateway, { documentId: idOf(LISTED) })).toBe('books')
    expect(await codeOf(gateway, hashed(LISTED))).toBe('books')
    const headers = { authorization: `Bearer ${await issuer.token()}`, 'apollo-require-preflight': '1' }
    const answer = await fetch(`${gateway.url}/graphql?documentId=${idOf(LISTED)}&variables={"n":2}`, {
      headers,
    })
    expect(await answer.json()).toMatchObject({ data: { books: [{}, {}] } })
    expect(await codeOf(gateway, { query: OTHER })).toBe('shelves')
  })

  it('are all there is in the mode `only`, over sockets too', async () => {
    const gateway = await over({ mode: 'only', register: true })
    expect(await codeOf(gateway, { documentId: idOf(LISTED) })).toBe('books')
    expect(await codeOf(gateway, { query: LISTED })).toBe('books')
    expect(await codeOf(gateway, { query: OTHER })).toBe('DOCUMENT_UNPUBLISHED')
    expect(await codeOf(gateway, { query: OTHER, documentId: idOf(LISTED) })).toBe('DOCUMENT_UNPUBLISHED')
    expect(await codeOf(gateway, { query: OTHER, ...hashed(OTHER) })).toBe('DOCUMENT_UNPUBLISHED')
    expect(await codeOf(gateway, hashed(OTHER))).toBe('DOCUMENT_UNPUBLISHED')
    const token = await issuer.token()
    const refused = subscribe(gateway, OTHER, { token })
    await refused.take(1)
    expect(refused.errors[0]?.extensions).toEqual({ code: 'DOCUMENT_UNPUBLISHED' })
    const listed = subscribe(gateway, LISTED, { token })
    expect((await listed.take(1))[0]?.data).toHaveProperty('books')
    refused.leave()
    listed.leave()
  })

  it('are all there is for the roles named', async () => {
    const gateway = await over({ mode: 'allow', onlyFor: ['PORTAL'] })
    expect(await codeOf(gateway, { query: OTHER }, 'PORTAL')).toBe('DOCUMENT_UNPUBLISHED')
    expect(await codeOf(gateway, { documentId: idOf(LISTED) }, 'PORTAL')).toBe('books')
    expect(await codeOf(gateway, { query: OTHER }, 'OFFICE')).toBe('shelves')
  })

  it('are noticed without a restart', async () => {
    const documents = openDocuments({ mode: 'only', from: folder, onlyFor: [], register: false })
    const asked = { query: undefined, id: idOf(PUBLISHED_LATER) }
    const textNow = (): string | undefined => documents.textOf(asked, '')
    expect(textNow).toThrow(/published/)
    writeFileSync(path.join(folder, 'later.graphql'), PUBLISHED_LATER)
    await vi.waitFor(textNow, 8_000)
    expect(textNow()).toBe(PUBLISHED_LATER)
  })

  it('come from a manifest of either kind, and a missing one is said at the start', () => {
    const manifests = [
      { [idOf(LISTED)]: LISTED },
      { format: 'apollo-persisted-query-manifest', operations: [{ body: LISTED }] },
    ]
    for (const manifest of manifests) {
      const from = path.join(folder, 'manifest.json')
      writeFileSync(from, JSON.stringify(manifest))
      const documents = openDocuments({ mode: 'allow', from, onlyFor: [], register: false })
      expect(documents.textOf({ query: undefined, id: idOf(LISTED) }, '')).toBe(LISTED)
      expect([documents.nameOf(LISTED), documents.nameOf(OTHER)]).toEqual(['Books', undefined])
    }
    expect(() => openDocuments({ mode: 'only', onlyFor: [], register: false })).toThrow(
      /DOCUMENTS is not set/,
    )
    expect(() => openDocuments({ mode: 'only', from: '/nowhere', onlyFor: [], register: false })).toThrow(
      /DOCUMENTS/,
    )
  })
})

describe('documents that clients register', () => {
  it('are known by their hash after they were sent once, where that is open', async () => {
    const gateway = await over({ register: true })
    expect(await codeOf(gateway, hashed(OTHER))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(await codeOf(gateway, { query: LISTED, ...hashed(OTHER) })).toBe('REQUEST_MALFORMED')
    expect(await codeOf(gateway, { query: OTHER, ...hashed(OTHER) })).toBe('shelves')
    expect(await codeOf(gateway, hashed(OTHER))).toBe('shelves')
    const closed = await over({ register: false })
    expect(await codeOf(closed, { query: OTHER, ...hashed(OTHER) })).toBe('shelves')
    expect(await codeOf(closed, hashed(OTHER))).toBe('DOCUMENT_UNPUBLISHED')
  })
})
