import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KnownOperations } from '@hub/gateway/execution/known-operations.ts'
import { startServer } from '@hub/gateway/server.ts'
import { SettingError } from '@hub/kit/env.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { composeLibrary, startLibrary, type Library } from '../support/gateway-library.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'gateway-supergraph-'))
let library: Library

beforeAll(async () => {
  library = await startLibrary()
})

afterAll(async () => {
  await library.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a supergraph that cannot be served', () => {
  const sdl = (content: string) => {
    const at = path.join(folder, 'supergraph.graphql')
    writeFileSync(at, content)
    return at
  }
  const linked = (url: string) => `
    schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    scalar join__FieldSet
    scalar link__Import
    enum link__Purpose { SECURITY EXECUTION }
    enum join__Graph { SHOP @join__graph(name: "shop", url: "${url}") }
    type Query @join__type(graph: SHOP) { a: Int }`

  it.each([
    ['is not there', () => path.join(folder, 'none.graphql'), 'no such file or directory'],
    ['is a folder', () => folder, 'directory'],
    ['is empty', () => sdl(''), 'Syntax Error: Unexpected <EOF>'],
    ['is long and no SDL', () => sdl('a'.repeat(100_000)), 'Unexpected Name "aaa'],
    ['is an ordinary schema', () => sdl('type Query { a: Int }'), 'it is no supergraph of Federation 2'],
    [
      'has a subgraph without an address',
      () => sdl(linked('')),
      'the subgraph shop has no address: name it in SUBGRAPH_URLS',
    ],
    [
      'has an address that is none',
      () => sdl(linked('shop')),
      'the subgraph shop has no address that can be asked',
    ],
    [
      'has an address of another kind',
      () => sdl(linked('ftp://shop/')),
      'the subgraph shop has no address that can be asked',
    ],
    ['is at an address that is away', () => 'http://127.0.0.1:1/supergraph', '127.0.0.1:1 does not answer'],
  ])('%s: is one sentence with its reason', async (_, make, reason) => {
    const supergraph = make()
    const starting = startServer({
      SUPERGRAPH: supergraph,
      GATEWAY_AUTH: 'none',
      PORT: '0',
      LOG_LEVEL: 'silent',
    })
    const error = await starting.then(
      () => null,
      (given: unknown) => given,
    )
    expect(error).toBeInstanceOf(SettingError)
    const { message } = error as Error
    expect(message.startsWith(`SUPERGRAPH: "${supergraph}" cannot be served: `)).toBe(true)
    expect(message).toContain(reason)
    expect(message.split('\n')).toHaveLength(1)
    expect(message.length).toBeLessThan(500)
  })
})

describe('a supergraph at an address', () => {
  it('is fetched, and again when it has changed; while it is away or broken the one before goes on', async () => {
    let content: string | null = library.supergraphSdl
    const asked: (string | undefined)[] = []
    const registry = createServer((request, response) => {
      asked.push(request.headers['if-none-match'])
      const tag = `"${content?.length ?? 0}"`
      if (content === null) request.socket.destroy()
      else if (request.headers['if-none-match'] === tag) response.writeHead(304).end()
      else response.setHeader('etag', tag).end(content)
    })
    await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening))
    const supergraph = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/supergraph`
    const other = await openGateway(library, { supergraph, supergraphEveryMs: 20 })
    const looks = async (count: number) => {
      const until = asked.length + count
      while (asked.length < until) await pause(10)
    }
    await looks(2)
    expect(asked.slice(0, 2)).toEqual([undefined, `"${library.supergraphSdl.length}"`])
    content = composeLibrary(library.url, 'extend type Query { added: String }')
    while ((await ask(other, '{ added }')).status === 400) await pause(20)
    for (const broken of ['type Query { nonsense', '', null]) {
      content = broken
      await looks(3)
      expect((await ask(other, '{ added }')).status).toBe(200)
    }
    content = library.supergraphSdl
    while ((await ask(other, '{ added }')).status === 200) await pause(20)
    await other.stop()
    registry.close()
  })
})

describe('a supergraph that changes', () => {
  it('takes with it what was compiled for it: nothing of one that is gone is kept', () => {
    const known = new KnownOperations()
    const graphs = [1, 2].map((at) => ({ sdl: String(at) }) as never)
    const entry = {
      document: parse('{ a }'),
      operation: null as never,
      execute: () => Promise.reject(new Error()),
    }
    const [first, second] = graphs as [never, never]
    for (const graph of [first, second]) {
      expect(known.find(graph, '{ a }', '')).toBeUndefined()
      known.remember('{ a }', '', { ...entry, graph })
      expect(known.find(graph, '{ a }', '')).toMatchObject({ graph })
    }
    known.remember('{ late }', '', { ...entry, graph: first })
    expect(known.find(second, '{ late }', '')).toBeUndefined()
    expect(known.find(second, '{ a }', '')).toMatchObject({ graph: second })
    expect(known.find(first, '{ a }', '')).toBeUndefined()
  })

  it('is served from then on; a broken one is refused and the one before goes on', async () => {
    const file = `${library.supergraphFile}.changing`
    copyFileSync(library.supergraphFile, file)
    const other = await openGateway(library, { supergraph: file })
    expect((await ask(other, '{ added }')).status).toBe(400)
    writeFileSync(file, composeLibrary(library.url, 'extend type Query { added: String }'))
    while ((await ask(other, '{ added }')).status === 400) await pause(20)
    expect((await ask(other, '{ __type(name: "Query") { fields { name } } }')).data).toMatchObject({
      __type: { fields: expect.arrayContaining([{ name: 'added' }]) },
    })
    writeFileSync(file, 'type Query { nonsense')
    await pause(900)
    expect((await ask(other, '{ shelves }')).data).toEqual({ shelves: ['north', 'south'] })
    await other.stop()
  })
})
