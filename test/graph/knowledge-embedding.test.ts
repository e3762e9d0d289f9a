import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { loadLexicon } from '@hub/knowledge/commands/load-lexicon.ts'
import { searchKnowledge, type SearchAnswer } from '@hub/knowledge/commands/search-knowledge.ts'
import { fuse } from '@hub/knowledge/domain/fusion.ts'
import { startServer } from '@hub/knowledge/server.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { embedSome } from '@hub/knowledge/work/embed-articles.ts'
import { NearestArticles } from '@hub/knowledge/work/nearest.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('knowledge')
const database = openDatabase({ url, room: 'knowledge', max: 4 })
const clock = (): Date => new Date('2026-11-23T01:00:00Z')
const log = openLog('test', 'silent')

/** A model that knows three matters: the length along each is how many of its words a text has. */
const MATTERS = [
  ['观赏鱼', '游来游去', '鳍'],
  ['风筝', '放上天', '线轴'],
  ['围棋', '黑白子', '棋盘'],
]
const vectorOf = (text: string): number[] =>
  MATTERS.map((words) => words.filter((word) => text.includes(word)).length + 0.01)

const asked: { texts: string[]; authorization: string | undefined }[] = []
let behaviour: 'answers' | 'silent' | 'broken' = 'answers'

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { input } = JSON.parse(body) as { input: string[] }
  asked.push({ texts: input, authorization: request.headers.authorization })
  if (behaviour === 'silent') return
  response.statusCode = behaviour === 'broken' ? 500 : 200
  const data = input.map((text, index) => ({ index, embedding: vectorOf(text) })).toReversed()
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }))
}

const server = createServer((request, response) => void answer(request, response))
const settings = { url: '', model: 'three-matters', key: 'secret' }
const article = (id: string, title: string, body: string) => ({
  id,
  title,
  body,
  category: '文体',
  keywords: [title],
  inForceFrom: '2026-01-01',
})

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  settings.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await loadLexicon(database, clock)
  await importArticles(database, clock, [
    article('V-1', '观赏鱼养殖登记', '养殖观赏鱼的应当登记。'),
    article('V-2', '风筝放飞管理', '风筝不得在机场附近放飞。'),
    article('V-3', '围棋等级评定', '围棋段位由协会评定。'),
  ])
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.close()
})
beforeEach(() => {
  asked.length = 0
  behaviour = 'answers'
})

/** Longer than a busy machine takes: what is asked here is what comes of an answer, not how fast it is. */
const PATIENT_MS = 20_000
const nearestOf = (withinMs = PATIENT_MS): NearestArticles =>
  new NearestArticles(database, settings, log, withinMs)
const lexicon = new LexiconReader(database)

async function search(question: string, nearest?: NearestArticles): Promise<SearchAnswer> {
  const tools = { database, texts: new TextCache(), lexicon: () => lexicon.current(), regions: ['济南市'] }
  const by = nearest ? { nearest: (text: string) => nearest.find(text) } : {}
  return searchKnowledge({ ...tools, ...by }, question, 5, '2026-11-23')
}
const idsOf = ({ hits }: SearchAnswer): string[] => hits.map((hit) => hit.article.id)

describe('a model server', () => {
  it('is shown each public version once, with the key, and none without being set', async () => {
    await search('黑白子怎么评级')
    expect(asked).toEqual([])
    expect(await embedSome(database, settings)).toBe(3)
    expect(await embedSome(database, settings)).toBe(0)
    expect(asked.map(({ texts }) => texts.length)).toEqual([3])
    expect(asked[0]?.authorization).toBe('Bearer secret')
  })

  it('brings articles that share no word with the question, the nearest first', async () => {
    const question = '鳍长长的,在缸里游来游去'
    expect(idsOf(await search(question))).not.toContain('V-1')
    expect(idsOf(await search(question, nearestOf()))[0]).toBe('V-1')
  })

  it('is sent the question without what identifies a person', async () => {
    await search('我叫王小明,电话13812345678,想把线轴放上天', nearestOf())
    expect(asked).toHaveLength(1)
    expect(asked[0]?.texts.join()).not.toMatch(/\d{3}|王小明/)
  })

  it.each(['silent', 'broken'] as const)(
    'that is %s leaves the search to words, and is left alone for a while',
    async (how) => {
      behaviour = how
      const nearest = nearestOf(how === 'silent' ? 300 : PATIENT_MS)
      const plain = await search('围棋等级怎么评定')
      expect(await search('围棋等级怎么评定', nearest)).toEqual(plain)
      expect(await search('围棋等级怎么评定', nearest)).toEqual(plain)
      expect(asked).toHaveLength(1)
    },
  )

  it('does not stop the room, and needs the name of a model', async () => {
    behaviour = 'broken'
    const env = {
      DATABASE_URL: url,
      KNOWLEDGE_PORT: '0',
      HUB_CALLER_KEY: 'A'.repeat(43),
      EMBEDDING_URL: settings.url,
    }
    await expect(startServer(env)).rejects.toThrow(/EMBEDDING_MODEL/)
    const room = await startServer({ ...env, EMBEDDING_MODEL: 'another' })
    expect((await fetch(`${new URL(room.url).origin}/health/ready`)).status).toBe(200)
    await room.stop()
  })
})

describe('the fusion of two lists', () => {
  it('puts first what stands high in both; first in all is 1', () => {
    const fits = fuse([
      ['a', 'b'],
      ['a', 'c'],
    ])
    expect(fits.get('a')).toBeCloseTo(1)
    expect([...fits].toSorted(([, one], [, other]) => other - one).map(([key]) => key)[0]).toBe('a')
    expect(fits.get('b')).toBeLessThan(0.5)
  })
})
