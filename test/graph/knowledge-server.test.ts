import { randomBytes } from 'node:crypto'
import { CALLER_HEADER, requestDigest, signCaller, type Caller } from '@hub/kit/caller.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { startServer } from '@hub/knowledge/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('knowledge')
const key = randomBytes(32).toString('base64url')
const caller: Caller = {
  subject: 'test',
  role: 'OPERATOR',
  attributes: {},
  scopes: [],
  locale: 'zh-CN',
  expiresAt: 4e9,
  requestId: 'r',
}

let address = ''
let stop = async (): Promise<void> => {}
beforeAll(async () => {
  const database = openDatabase({ url, room: 'knowledge', max: 1 })
  await loadSample(database, () => new Date('2026-11-23T01:00:00Z'))
  await database.close()
  const running = await startServer({ DATABASE_URL: url, KNOWLEDGE_PORT: '0', HUB_CALLER_KEY: key })
  address = running.url
  stop = () => running.stop()
})
afterAll(() => stop())

async function post(body: string, signed: boolean): Promise<Response> {
  const header = signCaller(caller, requestDigest('POST', '/graphql', body), key)
  return fetch(`${address}/graphql`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...(signed ? { [CALLER_HEADER]: header } : {}) },
  })
}

const QUERY = JSON.stringify({
  query:
    '{ searchKnowledge(question: "租房住能不能把公积金取出来") { answerable hits { article { title } } } }',
})

describe('the knowledge subgraph as a process serves it', () => {
  it('answers a signed question', async () => {
    const { data } = (await (await post(QUERY, true)).json()) as {
      data: { searchKnowledge: { answerable: boolean; hits: { article: { title: string } }[] } }
    }
    expect(data.searchKnowledge.answerable).toBe(true)
    expect(data.searchKnowledge.hits[0]?.article.title).toBe('住房公积金提取条件与材料')
  })

  it('answers 401 and nothing else to anything unsigned, its event log included', async () => {
    for (const response of [await post(QUERY, false), await fetch(`${address}/events?stream=article`)]) {
      expect(response.status).toBe(401)
      expect(await response.text()).toBe('')
    }
  })

  it('says that it is ready', async () => {
    expect((await fetch(`${address}/health/ready`)).status).toBe(200)
  })
})
