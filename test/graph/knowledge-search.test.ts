import type { Caller } from '@hub/kit/caller.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { contextMaker } from '@hub/knowledge/graph/context.ts'
import { schema } from '@hub/knowledge/graph/schema.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { graphql } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('knowledge')
const statements: string[] = []
const database = openDatabase({
  url,
  room: 'knowledge',
  max: 4,
  onStatement: (text) => statements.push(text),
})
afterAll(() => database.close())
const clock = (): Date => new Date('2026-11-23T01:00:00Z')
const lexicon = new LexiconReader(database)
const context = contextMaker(database, clock, {
  database,
  texts: new TextCache(),
  lexicon: () => lexicon.current(),
  regions: ['全国', '山东省', '济南市'],
})

const article = {
  id: 'T-1',
  title: '无人机飞行报备',
  body: '轻型无人机在管制空域内飞行,应当事先申请。',
  category: '城市管理',
  departmentCode: 'JN-GAJ',
  keywords: ['无人机'],
  inForceFrom: '2026-01-01',
}

beforeAll(async () => {
  await loadSample(database, clock)
})

function callerOf(role: string): Caller {
  return {
    subject: 'test',
    role,
    attributes: {},
    scopes: [],
    locale: 'zh-CN',
    expiresAt: 4e9,
    requestId: 'r',
  }
}

async function ask(role: string, source: string, variableValues: Record<string, unknown> = {}) {
  return graphql({ schema, source, variableValues, contextValue: context(callerOf(role)) })
}

const SEARCH = `query ($q: String!, $on: Date) { searchKnowledge(question: $q, on: $on) {
  answerable hits { score passage article { id version title status responsible { code } } } } }`
const ENTITIES = `query ($keys: [_Any!]!) { _entities(representations: $keys) {
  ... on KnowledgeArticle { id version body status } ... on Department { articles(first: 3) { id } } } }`

const search = async (q: string, on?: string) => {
  const { data, errors } = await ask('PORTAL', SEARCH, { q, on: on ?? null })
  expect(errors).toBeUndefined()
  return JSON.parse(JSON.stringify(data?.['searchKnowledge']))
}

describe('a question to the knowledge base', () => {
  it('is answered with the article, the sentence that answers and the unit that is responsible (R1, R45)', async () => {
    const { answerable, hits } = await search('国庆节三天值班,公司只给补休不给三倍工资,合法吗?')
    expect(answerable).toBe(true)
    expect(hits[0]).toMatchObject({ article: { title: '加班工资计算标准', status: 'PUBLISHED', version: 1 } })
    expect(hits[0].passage).toContain('百分之三百')
    expect(hits[0].article.responsible.code).toMatch(/^JN-/)
  })

  it.each([
    ['dialect and sayings', '俺家老爷子瘫炕上一年多了,雇人伺候不起,国家给不给钱', '长期护理保险申请'],
    ['traditional characters and full width', '小區電梯裡的廣告費歸誰？', '小区公共收益归属与公开'],
    ['a typing error', '新能源汽车充电庄进小区安装', '新能源汽车充电桩进小区安装流程'],
  ])('is understood in %s', async (_how, question, title) => {
    const { answerable, hits } = await search(question)
    expect(hits[0].article.title).toBe(title)
    expect(answerable).toBe(true)
  })

  it.each([
    ['老楼想加装电梯,怎么申请?', '既有住宅增设电梯办理指南'],
    ['申请低保要什么条件,去哪办?', '最低生活保障申请条件与流程'],
    ['身份证丢了,在外地怎么补办?', '身份证遗失补办与异地办理'],
    ['社保卡丢了怎么补办?', '社保卡补办与社保关系转移'],
  ])(
    'on a public service is answered with its guide and the unit that gives it (R15): %s',
    async (question, guide) => {
      const { answerable, hits } = await search(question)
      expect(answerable).toBe(true)
      expect(hits[0].article.title).toBe(guide)
      expect(hits[0].article.responsible.code).toMatch(/^JN-/)
    },
  )

  it.each([
    '我养的猫需要办证打疫苗吗',
    '怎么给自己申请发明专利,官费多少',
    '献血满多少次坐公交可以免费',
    '青岛的公租房怎么申请',
    '哪个牌子的电动车质量好',
    '我妈腿好了想接着扭秧歌,憋了大半年了,街坊都劝她歇着。您给评评,什么样的舞鞋好看?',
  ])('that nothing in force covers is refused, near misses too: %s', async (question) => {
    expect((await search(question)).answerable).toBe(false)
  })

  it('is never answered from a rule on a sibling of what was asked: the pension is no medical insurance', async () => {
    const { answerable, hits } = await search('灵活就业人员如何参加医保')
    expect(hits[0].article.title.includes('医保') || !answerable).toBe(true)
    const pension = await search('灵活就业人员如何参加养老保险')
    expect(pension).toMatchObject({ answerable: true })
    expect(pension.hits[0].article.title).toBe('灵活就业人员参加养老保险')
  })

  it('is answered as of the day asked for (R8)', async () => {
    await importArticles(database, clock, [article])
    await importArticles(database, clock, [
      { ...article, body: '无人机飞行改为备案。', inForceFrom: '2026-12-01' },
    ])
    expect((await search('无人机飞行要报备吗')).hits[0].article).toMatchObject({ id: 'T-1', version: 1 })
    expect((await search('无人机飞行要报备吗', '2026-12-01')).hits[0].article).toMatchObject({ version: 2 })
    expect((await search('无人机飞行要报备吗', '2025-12-31')).answerable).toBe(false)
  })

  it('is never answered from a draft or from the rules of another region', async () => {
    await importArticles(database, clock, [
      {
        ...article,
        id: 'T-2',
        title: '养蜂登记',
        keywords: ['养蜂'],
        body: '养蜂应当登记。',
        status: 'DRAFT',
      },
      {
        ...article,
        id: 'T-3',
        title: '青岛养蜂办法',
        keywords: ['养蜂'],
        body: '养蜂备案。',
        region: '青岛市',
      },
    ])
    const { answerable, hits } = await search('养蜂要登记吗')
    expect(answerable).toBe(false)
    expect(hits.map((hit: { article: { id: string } }) => hit.article.id)).not.toContain('T-2')
    expect(hits.map((hit: { article: { id: string } }) => hit.article.id)).not.toContain('T-3')
  })

  it('is refused when it is blank or a whole document', async () => {
    for (const [q, code] of [
      [' ?! ', 'QUESTION_BLANK'],
      ['噪声'.repeat(400), 'QUESTION_TOO_LONG'],
    ]) {
      const { errors } = await ask('OPERATOR', SEARCH, { q })
      expect(errors?.[0]?.originalError).toMatchObject({ code })
    }
  })

  it('is refused to a role that nobody has granted anything', async () => {
    const { errors } = await ask('STRANGER', SEARCH, { q: '噪声' })
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('a knowledge article reached by key', () => {
  it('by id alone is the version in force today, by id and version the one cited', async () => {
    const keys = [
      { __typename: 'KnowledgeArticle', id: 'T-1' },
      { __typename: 'KnowledgeArticle', id: 'T-1', version: 2 },
      { __typename: 'KnowledgeArticle', id: 'T-1', version: 9 },
    ]
    const { data } = await ask('OVERSIGHT', ENTITIES, { keys })
    expect(data?.['_entities']).toMatchObject([{ version: 1 }, { version: 2 }, null])
  })

  it('is null to all but editors while it is a draft', async () => {
    const keys = [{ __typename: 'KnowledgeArticle', id: 'T-2', version: 1 }]
    for (const role of ['DEPARTMENT', 'LEADER', 'PORTAL', 'OVERSIGHT'])
      expect((await ask(role, ENTITIES, { keys })).data?.['_entities']).toEqual([null])
    for (const role of ['OPERATOR', 'OFFICE', 'ADMIN'])
      expect((await ask(role, ENTITIES, { keys })).data?.['_entities']).toMatchObject([{ status: 'DRAFT' }])
  })

  it('costs one statement for a page of fifty, and one more for the articles of the departments', async () => {
    const keys = [
      ...Array.from({ length: 50 }, (_, n) => ({
        __typename: 'KnowledgeArticle',
        id: `KB-${String(n + 1).padStart(3, '0')}`,
      })),
      ...['JN-GAJ', 'JN-CGJ', 'JN-RSJ'].map((code) => ({ __typename: 'Department', code })),
    ]
    statements.length = 0
    const { errors } = await ask('OPERATOR', ENTITIES, { keys })
    expect(errors).toBeUndefined()
    expect(statements.filter((text) => text.includes('article_version'))).toHaveLength(2)
  })
})
