import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { openGateway } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

let library: Library
let gateway: Running

beforeAll(async () => {
  library = await startLibrary()
  gateway = await openGateway(library)
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

/** What the audit of GraphQL over HTTP finds wrong. */
async function findings(headers: Record<string, string>): Promise<{ count: number; wrong: string[] }> {
  const fetchFn = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } })
  const audits = serverAudits({ url: `${gateway.url}/graphql`, fetchFn })
  const wrong: string[] = []
  for (const audit of audits) {
    const result = await audit.fn()
    if (result.status !== 'ok') wrong.push(`${result.id} ${result.name}: ${result.reason}`)
  }
  return { count: audits.length, wrong }
}

describe('GraphQL over HTTP', () => {
  it('is kept to the letter, with the preflight header', async () => {
    const { count, wrong } = await findings({ 'apollo-require-preflight': 'true' })
    expect(wrong).toEqual([])
    expect(count).toBe(61)
  })

  it('costs three rows without that header: the price of protection against forged requests', async () => {
    const { wrong } = await findings({})
    expect(wrong).toHaveLength(3)
  })
})
