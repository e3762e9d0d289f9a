import { createServer } from 'node:http'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, openGateway } from '../support/gateway-client.ts'
import type { Running } from '@hub/kit/run.ts'

/** Subgraphs that answer whatever they are asked with one text. */
const answers: Record<string, string> = { deep: '', flat: '{"data":{"other":"kept"}}' }
const servers = Object.keys(answers).map((name) =>
  createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' }).end(answers[name])
  }),
)
const TYPES = ['scalar Any type Query { any: Any }', 'type Query { other: String }']
let gateway: Running

beforeAll(async () => {
  const services = []
  for (const [at, server] of servers.entries()) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
    services.push({ name: `s${at}`, url, typeDefs: parse(TYPES[at] ?? '') })
  }
  const { supergraphSdl = '' } = composeServices(services)
  const supergraphFile = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-deep-')), 'supergraph.graphql')
  writeFileSync(supergraphFile, supergraphSdl)
  gateway = await openGateway({ supergraphFile })
})

afterAll(async () => {
  await gateway.stop()
  for (const server of servers) server.close()
})

const levels = (count: number) => '['.repeat(count) + ']'.repeat(count)

describe('a value of a scalar of one’s own', () => {
  it('passes as it is, however it is made up', async () => {
    answers['deep'] = `{"data":{"any":{"a":[1,{"b":${levels(500)}}]}}}`
    const { data } = await ask(gateway, '{ any other }')
    expect(JSON.stringify(data)).toBe(`{"any":{"a":[1,{"b":${levels(500)}}]},"other":"kept"}`)
  })

  it.each([5_000, 200_000])(
    'that nests %i levels costs its own field, and not what others bring',
    async (count) => {
      answers['deep'] = `{"data":{"any":${levels(count)}}}`
      for (let time = 0; time < 2; time++)
        expect(await ask(gateway, '{ any other }')).toMatchObject({
          status: 200,
          data: { any: null, other: 'kept' },
          errors: [{ path: ['any'], extensions: { code: 'VALUE_MISSING' } }],
        })
    },
  )
})
