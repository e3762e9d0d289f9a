import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'
import { openGateway, openIssuer, tokensOf } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

const from = path.join(import.meta.dirname, '../../schema/operations')

let library: Library
let gateway: Running

beforeAll(async () => {
  library = await startLibrary()
  const documents = { mode: 'allow', from, onlyFor: [], register: false } as const
  gateway = await openGateway(library, { explorer: true, documents })
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

describe('the explorer', () => {
  it('is served whole by the gateway, under a policy that names no other origin', async () => {
    const page = await fetch(`${gateway.url}/graphiql`)
    const html = await page.text()
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).not.toMatch(/https?:|\*|unsafe-eval/)
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => part)
    expect(parts.filter((part) => !part.startsWith('/graphiql/') && part !== 'data:,')).toEqual([])
    for (const part of parts.filter((name) => name.startsWith('/'))) {
      const { status, headers } = await fetch(gateway.url + part)
      expect([part, status, headers.get('content-type')?.split(';')[0]]).toEqual([
        part,
        200,
        part.endsWith('.css') ? 'text/css' : 'text/javascript',
      ])
    }
  })

  it('has a field for a token only where tokens are asked for', async () => {
    const html = async ({ url }: Running) => (await fetch(`${url}/graphiql`)).text()
    expect(await html(gateway)).toContain('data-auth="none"')
    const issuer = await openIssuer()
    const guarded = await openGateway(library, { ...tokensOf(issuer), explorer: true })
    expect(await html(guarded)).toContain('data-auth="jwt"')
    expect((await fetch(`${guarded.url}/graphiql`, { method: 'HEAD' })).status).toBe(200)
    await guarded.stop()
  })

  it('has the published documents ready', async () => {
    const listed = (await (await fetch(`${gateway.url}/graphiql/documents.json`)).json()) as {
      text: string
    }[]
    expect(listed.length).toBeGreaterThan(10)
    expect(listed.some(({ text }) => text.includes('query PortalPage'))).toBe(true)
  })

  it('gives out no other file', async () => {
    for (const name of ['/graphiql/../server.ts', '/graphiql/page.mjs', '/graphiql/%2e%2e/package.json'])
      expect((await fetch(gateway.url + name)).status).toBe(404)
  })

  it('is not there when it is off, as it is in production', async () => {
    const closed = await openGateway(library)
    expect((await fetch(`${closed.url}/graphiql`)).status).toBe(404)
    await closed.stop()
    const env = { SUPERGRAPH: library.supergraphFile, GATEWAY_AUTH: 'none' }
    expect(gatewaySettings({ ...env, NODE_ENV: 'production' }).explorer).toBe(false)
    expect(gatewaySettings({ ...env, NODE_ENV: 'production', GRAPHIQL: 'true' }).explorer).toBe(true)
    expect(gatewaySettings(env).explorer).toBe(true)
  })
})
