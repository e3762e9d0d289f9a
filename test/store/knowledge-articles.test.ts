import { readEvents } from '@hub/kit/event-log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { expireArticle, publishArticle, reviewArticle } from '@hub/knowledge/commands/publish-article.ts'
import { listInForce, listVersions } from '@hub/knowledge/store/articles.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('knowledge')
const database = openDatabase({ url, room: 'knowledge', max: 4 })
afterAll(() => database.close())
const clock = (): Date => new Date('2026-11-23T01:00:00Z')

const dogs = {
  id: 'KB-1',
  title: '养犬登记',
  body: '遛狗应当牵绳。',
  category: '城市管理',
  departmentCode: 'JN-GAJ',
  keywords: ['遛狗'],
  inForceFrom: '2026-01-01',
}

beforeEach(async () => {
  await database.sql`delete from article_version`
  await database.sql`delete from article`
})

const inForce = async (day: string) => (await listInForce(database.orm, ['KB-1'], day))[0]
const eventCount = async () => (await readEvents(database.orm, 'article', 0, 1000)).length

describe('an import of articles', () => {
  it('makes version 1 of a new article, in force from its day', async () => {
    expect(await importArticles(database, clock, [dogs])).toEqual({ added: 1, changed: 0, unchanged: 0 })
    expect(await inForce('2026-01-01')).toMatchObject({ version: 1, department: 'JN-GAJ' })
    expect(await inForce('2025-12-31')).toBeNull()
  })

  it('leaves an unchanged article alone: no version, no event', async () => {
    await importArticles(database, clock, [dogs])
    const before = await eventCount()
    expect(await importArticles(database, clock, [dogs])).toEqual({ added: 0, changed: 0, unchanged: 1 })
    expect(await eventCount()).toBe(before)
    expect(await inForce('2026-11-23')).toMatchObject({ version: 1 })
  })

  it('makes a new version of a changed one; the old ends the day before and stays readable (R8)', async () => {
    await importArticles(database, clock, [dogs])
    await importArticles(database, clock, [{ ...dogs, body: '遛狗应当系绳。', inForceFrom: '2026-12-01' }])
    expect(await inForce('2026-11-30')).toMatchObject({ version: 1, inForceUntil: '2026-11-30' })
    expect(await inForce('2026-12-01')).toMatchObject({ version: 2, body: '遛狗应当系绳。' })
    const [pinned] = await listVersions(database.orm, [{ id: 'KB-1', version: 1 }])
    expect(pinned).toMatchObject({ body: '遛狗应当牵绳。', status: 'SUPERSEDED' })
  })

  it('tells other rooms of both versions, by ids and days only', async () => {
    const before = await eventCount()
    await importArticles(database, clock, [dogs])
    await importArticles(database, clock, [{ ...dogs, body: '新。', inForceFrom: '2026-12-01' }])
    const events = (await readEvents(database.orm, 'article', 0, 1000)).slice(before)
    expect(
      events.map(({ kind, data }) => [kind, data['version'], data['status'], data['inForceUntil']]),
    ).toEqual([
      ['ArticleSaved', 1, 'PUBLISHED', null],
      ['ArticleSaved', 1, 'SUPERSEDED', '2026-11-30'],
      ['ArticleSaved', 2, 'PUBLISHED', null],
    ])
    expect(Object.keys(events[0]?.data ?? {}).toSorted()).toEqual([
      'id',
      'inForceFrom',
      'inForceUntil',
      'status',
      'version',
    ])
  })

  it('gives out each version once when two imports run at once', async () => {
    await importArticles(database, clock, [dogs])
    const texts = ['甲。', '乙。'].map((body, index) => ({
      ...dogs,
      body,
      inForceFrom: `2026-12-0${index + 1}`,
    }))
    const results = await Promise.allSettled(texts.map((text) => importArticles(database, clock, [text])))
    const accepted = results.filter(({ status }) => status === 'fulfilled').length
    const rows =
      await database.sql`select version from article_version where article = 'KB-1' order by version`
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: accepted + 1 }, (_, n) => n + 1))
  })

  it('saves nothing when one row cannot be read, and names the row', async () => {
    const attempt = importArticles(database, clock, [dogs, { ...dogs, id: 'KB-2', title: ' ' }])
    await expect(attempt).rejects.toMatchObject({
      code: 'ARTICLE_UNREADABLE',
      values: { row: 2, field: 'title' },
    })
    expect(await inForce('2026-11-23')).toBeNull()
  })

  it('refuses a version that would take effect before the present one', async () => {
    await importArticles(database, clock, [dogs])
    const attempt = importArticles(database, clock, [{ ...dogs, body: '旧。', inForceFrom: '2025-12-01' }])
    await expect(attempt).rejects.toMatchObject({ code: 'ARTICLE_DAY_TOO_EARLY' })
  })
})

describe('the life of a version', () => {
  const draft = { ...dogs, body: '草稿。', status: 'DRAFT' }
  const key = { id: 'KB-1', version: 2 }

  it('goes from draft over reviewed to published and supersedes the one in force', async () => {
    await importArticles(database, clock, [dogs])
    await importArticles(database, clock, [draft])
    expect(await inForce('2026-12-31')).toMatchObject({ version: 1 })
    await expect(publishArticle(database, clock, key, '2026-12-01', 'second')).rejects.toMatchObject({
      code: 'ARTICLE_STATUS_WRONG',
    })
    await reviewArticle(database, clock, key, 'second')
    await publishArticle(database, clock, key, '2026-12-01', 'second')
    expect(await inForce('2026-11-30')).toMatchObject({ version: 1 })
    expect(await inForce('2026-12-01')).toMatchObject({ version: 2, reviewedAt: '2026-11-23' })
  })

  it('ends without a successor on its last day', async () => {
    await importArticles(database, clock, [dogs])
    await expireArticle(database, clock, { id: 'KB-1', version: 1 }, '2026-06-30', 'second')
    expect(await inForce('2026-06-30')).toMatchObject({ version: 1 })
    expect(await inForce('2026-07-01')).toBeNull()
  })

  it('publishes a draft that an import brings as published, in place of the one in force', async () => {
    await importArticles(database, clock, [dogs])
    await importArticles(database, clock, [draft])
    await importArticles(database, clock, [{ ...draft, status: 'PUBLISHED', inForceFrom: '2026-12-01' }])
    expect(await inForce('2026-11-30')).toMatchObject({ version: 1 })
    expect(await inForce('2026-12-01')).toMatchObject({ version: 2, body: '草稿。' })
  })
})
