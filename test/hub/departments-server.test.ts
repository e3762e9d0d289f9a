import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { loadSampleDepartments } from '@hub/departments/commands/load-sample.ts'
import { startServer } from '@hub/departments/server.ts'
import { CALLER_HEADER, requestDigest, signCaller } from '@hub/kit/caller.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { openTestDatabase } from '../support/database.ts'

const key = randomBytes(32).toString('base64url')
const { url } = await openTestDatabase('departments')
const database = openDatabase({ url, room: 'departments', max: 1 })
await loadSampleDepartments(database, () => new Date('2026-11-23T09:00:00+08:00'))
await database.close()
const running = await startServer({ DATABASE_URL: url, DEPARTMENTS_PORT: '0', HUB_CALLER_KEY: key })
afterAll(() => running.stop())

async function send(method: string, path: string, body: string, role: string | null): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (role !== null) {
    const caller = {
      subject: 'test',
      role,
      attributes: {},
      scopes: [],
      locale: 'en' as const,
      expiresAt: 4_000_000_000,
      requestId: 'test',
    }
    headers[CALLER_HEADER] = signCaller(caller, requestDigest(method, path, body), key)
  }
  return fetch(`${running.url}${path}`, { method, headers, ...(method === 'POST' ? { body } : {}) })
}

const query = (text: string): string => JSON.stringify({ query: text })

describe('the departments room', () => {
  it('answers who it is signed for, and nothing to anybody else', async () => {
    const body = query('{ department(code: "JN-SWJ") { name } }')
    const answer = await send('POST', '/graphql', body, 'PORTAL')
    expect(await answer.json()).toEqual({ data: { department: { name: '济南市城乡水务局' } } })
    const stranger = await send('POST', '/graphql', body, null)
    expect(stranger.status).toBe(401)
    expect(await stranger.text()).toBe('')
    expect((await send('GET', '/events?stream=department', '', null)).status).toBe(401)
  })

  it('says no with a code and a sentence in the caller’s language', async () => {
    const answer = await send(
      'POST',
      '/graphql',
      query('{ departments(first: 500) { nodes { code } } }'),
      'OFFICE',
    )
    expect(await answer.json()).toMatchObject({
      errors: [{ message: 'first: 1–100', extensions: { code: 'BAD_INPUT' } }],
    })
  })

  it('offers its log to the other rooms, to nobody else', async () => {
    const answer = await send('GET', '/events?stream=department&limit=100', '', 'SUBGRAPH')
    expect(answer.status).toBe(200)
    const { pages } = (await answer.json()) as { pages: { lastSeq: number; events: { kind: string }[] }[] }
    expect(pages[0]).toMatchObject({ lastSeq: 81 })
    expect(pages[0]?.events).toHaveLength(81)
    expect((await send('GET', '/events?stream=department', '', 'OPERATOR')).status).toBe(403)
  })

  it('is ready while its database answers', async () => {
    expect((await send('GET', '/health/ready', '', null)).status).toBe(200)
  })
})
