import type { Caller } from '@hub/kit/caller.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { loadLexicon } from '@hub/knowledge/commands/load-lexicon.ts'
import { redactQuestion } from '@hub/knowledge/domain/redact-question.ts'
import { contextMaker } from '@hub/knowledge/graph/context.ts'
import { schema } from '@hub/knowledge/graph/schema.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { graphql } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('knowledge')
const database = openDatabase({ url, room: 'knowledge', max: 4 })
afterAll(() => database.close())
let today = '2026-11-23'
const clock = (): Date => new Date(`${today}T01:00:00Z`)

/** Word lists are read anew for every question, as after a few seconds in the running room. */
const context = contextMaker(database, clock, {
  database,
  texts: new TextCache(),
  lexicon: () => new LexiconReader(database).current(),
  regions: ['济南市'],
})
beforeAll(() => loadLexicon(database, clock))

async function ask(
  role: string,
  subject: string,
  source: string,
  variableValues: Record<string, unknown> = {},
) {
  const caller: Caller = {
    subject,
    role,
    attributes: {},
    scopes: [],
    locale: 'zh-CN',
    expiresAt: 4e9,
    requestId: 'r',
  }
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: context(caller) })
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    code: errors?.[0]?.originalError as { code?: string } | undefined,
  }
}

const DRAFT = `mutation ($input: ArticleDraftInput!) { draftArticle(input: $input) { version status } }`
const REVIEW = `mutation ($v: Int!) { reviewArticle(id: "E-1", version: $v) { status } }`
const PUBLISH = `mutation ($v: Int!, $day: Date!) { publishArticle(id: "E-1", version: $v, inForceFrom: $day) { status inForceFrom } }`
const EXPIRE = `mutation ($v: Int!, $day: Date!) { expireArticle(id: "E-1", version: $v, lastDay: $day) { inForceUntil } }`
const VERSIONS = `{ articleVersions(id: "E-1") { version status acts { status by } } }`
const input = {
  id: 'E-1',
  title: '无人机飞行报备',
  body: '飞行前应当报备。',
  category: '城市管理',
  keywords: ['无人机'],
}

describe('an article in the hands of editors', () => {
  it('is drafted once, however often it is sent', async () => {
    const first = await ask('OFFICE', 'lin', DRAFT, { input })
    const again = await ask('OFFICE', 'lin', DRAFT, { input })
    expect(first.data).toEqual({ draftArticle: { version: 1, status: 'DRAFT' } })
    expect(again.data).toEqual(first.data)
    const [row] = await database.sql`select count(*)::int as acts from article_act`
    expect(row).toEqual({ acts: 1 })
  })

  it('is reviewed by another than who drafted it', async () => {
    expect((await ask('OFFICE', 'lin', REVIEW, { v: 1 })).code).toMatchObject({ code: 'ARTICLE_REVIEW_OWN' })
    expect((await ask('ADMIN', 'zhao', REVIEW, { v: 1 })).data).toEqual({
      reviewArticle: { status: 'REVIEWED' },
    })
    expect((await ask('ADMIN', 'zhao', REVIEW, { v: 1 })).code).toBeUndefined()
  })

  it('takes effect on its day, and the next version in its place (R8)', async () => {
    const day = '2026-11-01'
    expect((await ask('OFFICE', 'lin', PUBLISH, { v: 1, day })).data.publishArticle.status).toBe('PUBLISHED')
    expect((await ask('OFFICE', 'lin', PUBLISH, { v: 1, day })).code).toBeUndefined()
    await ask('OFFICE', 'lin', DRAFT, { input: { ...input, body: '飞行前三日报备。' } })
    await ask('ADMIN', 'zhao', REVIEW, { v: 2 })
    await ask('OFFICE', 'lin', PUBLISH, { v: 2, day: '2026-12-01' })
    const { data } = await ask('OPERATOR', 'wang', VERSIONS)
    expect(data.articleVersions.map((each: { version: number }) => each.version)).toEqual([2, 1])
    expect(data.articleVersions[1].acts).toEqual([
      { status: 'DRAFT', by: 'lin' },
      { status: 'REVIEWED', by: 'zhao' },
      { status: 'PUBLISHED', by: 'lin' },
      { status: 'SUPERSEDED', by: 'lin' },
    ])
  })

  it('ends on a day that is not before its first', async () => {
    const early = await ask('OFFICE', 'lin', EXPIRE, { v: 2, day: '2026-11-30' })
    expect(early.code).toMatchObject({ code: 'ARTICLE_LAST_DAY_TOO_EARLY' })
    const day = '2026-12-31'
    expect((await ask('OFFICE', 'lin', EXPIRE, { v: 2, day })).data.expireArticle.inForceUntil).toBe(day)
    expect((await ask('OFFICE', 'lin', EXPIRE, { v: 2, day })).code).toBeUndefined()
  })

  it('shows drafts and who did what to editors only, and is changed by the office only', async () => {
    await ask('OFFICE', 'lin', DRAFT, { input: { ...input, id: 'E-2' } })
    const query = '{ articleVersions(id: "E-2") { version } }'
    expect((await ask('OPERATOR', 'wang', query)).data.articleVersions).toHaveLength(1)
    expect((await ask('PORTAL', 'p', query)).data.articleVersions).toHaveLength(0)
    expect((await ask('PORTAL', 'p', VERSIONS)).data.articleVersions[0].acts).toBeNull()
    for (const role of ['OPERATOR', 'DEPARTMENT', 'PORTAL', 'LEADER'])
      expect((await ask(role, 'x', DRAFT, { input })).code).toMatchObject({ code: 'FORBIDDEN' })
  })
})

const ASK = `query ($q: String!) { searchKnowledge(question: $q) { answerable hits { passage marks { start length } article { id } } } }`

describe('a question that nothing answered', () => {
  it('is counted for editors, worst first, without what identifies a person (R1)', async () => {
    await ask('OPERATOR', 'wang', ASK, { q: '火星移民签证在哪办' })
    for (const phone of ['13812345678', '13912345678'])
      await ask('OPERATOR', 'wang', ASK, { q: `怎么养恐龙蛋,我叫王小明,电话${phone}` })
    const { data } = await ask('OFFICE', 'lin', '{ searchMisses { question asked } }')
    expect(data.searchMisses[0]).toMatchObject({ asked: 2 })
    expect(data.searchMisses[0].question).not.toMatch(/\d|王小明/)
    expect(data.searchMisses).toHaveLength(2)
    expect((await ask('PORTAL', 'p', '{ searchMisses { asked } }')).code).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is forgotten after ninety days', async () => {
    today = '2027-03-01'
    expect((await ask('OFFICE', 'lin', '{ searchMisses { asked } }')).data.searchMisses).toEqual([])
    await ask('OPERATOR', 'wang', ASK, { q: '月球旅游报名' })
    const [row] = await database.sql`select count(*)::int as kept from search_miss`
    expect(row).toEqual({ kept: 1 })
    today = '2026-11-23'
  })

  it.each([
    '身份证370102199001011234',
    '车牌鲁A12345',
    '住3号楼2单元501室',
    '一三八一二三四五六七八',
    'li@example.com',
  ])('hides %s', (text) => {
    expect(redactQuestion(`${text} 谁管`)).not.toMatch(/\d{3}|一三八|example/)
  })
})

describe('a word that editors add', () => {
  it('is used by the next question, is kept once, with who and when', async () => {
    const entry = { kind: 'EXPANSION', phrase: '大蜻蜓+天上转', terms: ['无人机'] }
    const save = 'mutation ($e: LexiconEntryInput!) { saveLexiconEntry(input: $e) { changedBy terms } }'
    const q = '大蜻蜓在天上转悠得人心慌,天上转来转去'
    expect((await ask('OPERATOR', 'wang', ASK, { q })).data.searchKnowledge.hits).toEqual([])
    expect((await ask('OFFICE', 'lin', save, { e: entry })).data.saveLexiconEntry.changedBy).toBe('lin')
    expect((await ask('ADMIN', 'zhao', save, { e: entry })).data.saveLexiconEntry.changedBy).toBe('lin')
    expect((await ask('OPERATOR', 'wang', ASK, { q })).data.searchKnowledge.hits[0].article.id).toBe('E-1')
    const { data } = await ask('OPERATOR', 'wang', '{ lexiconEntries { phrase } }')
    expect(data.lexiconEntries).toEqual([{ phrase: '大蜻蜓+天上转' }])
    const bad = { kind: 'SYNONYM', phrase: '有 空格', terms: [] }
    expect((await ask('OFFICE', 'lin', save, { e: bad })).code).toMatchObject({
      code: 'LEXICON_ENTRY_MALFORMED',
    })
    expect((await ask('OPERATOR', 'wang', save, { e: entry })).code).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('the passage that answers', () => {
  it('has the words that matched marked, as they are written there', async () => {
    const { data } = await ask('PORTAL', 'p', ASK, { q: '無人機飛行要不要報備' })
    const [{ passage, marks }] = data.searchKnowledge.hits
    const marked = marks.map(({ start, length }: { start: number; length: number }) =>
      passage.slice(start, start + length),
    )
    expect(marked).toEqual(['飞行', '报备'])
  })
})
