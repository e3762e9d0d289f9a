import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { until } from './gateway-socket.ts'

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`
const HALL = `${HEAD} type Query { room: Room! late: String } type Mutation { build: String }
              type Room @key(fields: "id") { id: ID! name: String! }`
const ATTIC = `${HEAD} type Room @key(fields: "id") { id: ID! dust: String }`

/** A request that a subgraph has got and not answered. */
export interface Held {
  readonly query: string
  /** Whether the connection is gone on which it came. */
  readonly isCut: boolean
  answer(data: unknown): void
}

export interface HeldSubgraphs {
  readonly supergraphFile: string
  /** What was asked, in order. A room and its name are answered at once, and are not here. */
  readonly held: readonly Held[]
  /** Waits until so many requests are held. */
  arrived(count: number): Promise<void>
  /** Ends the connections that stand, and takes none until it is told to listen again. */
  stop(): Promise<void>
}

/** Two subgraphs of which a test sees every connection, and which answer when it says so. */
export async function startHeld(): Promise<HeldSubgraphs> {
  const held: Held[] = []
  const server = createServer((request, response) => {
    void receive(request, response).then((one) => one && held.push(one))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const services = [
    { name: 'hall', typeDefs: parse(HALL), url },
    { name: 'attic', typeDefs: parse(ATTIC), url },
  ]
  const { supergraphSdl = '' } = composeServices(services)
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-held-'))
  const supergraphFile = path.join(folder, 'supergraph.graphql')
  writeFileSync(supergraphFile, supergraphSdl)
  return {
    supergraphFile,
    held,
    arrived: (count) => until(() => held.length >= count),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<Held | null> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { query } = JSON.parse(body) as { query: string }
  const answer = (data: unknown): void => void response.end(JSON.stringify({ data }))
  const { socket } = request
  if (!query.includes('room')) {
    return {
      query,
      answer,
      get isCut() {
        return socket.destroyed
      },
    }
  }
  answer({ room: { __typename: 'Room', id: '1', name: 'hall' } })
  return null
}
