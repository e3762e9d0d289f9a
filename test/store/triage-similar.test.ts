import { afterAll, describe, expect, it } from 'vitest'
import { numberOf } from '@hub/cases/domain/case-number.ts'
import { wordsOf } from '@hub/cases/domain/search-words.ts'
import { similarWords } from '@hub/cases/domain/similar-reading.ts'
import { rankSimilar, type SimilarFound } from '@hub/cases/domain/similar.ts'
import { listSimilarCandidates } from '@hub/cases/store/similar.ts'
import { dayOf } from '@hub/kit/day.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('cases')
const database = openDatabase({ url, room: 'cases', max: 2 })
afterAll(() => database.close())

const NOW = new Date('2026-01-15T09:00:00+08:00')
let serial = 0

const before = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)

async function register(
  content: string,
  phoneIndex: string | null = null,
  daysAgo = 1,
  receivedDaysAgo = daysAgo,
): Promise<string> {
  const number = numberOf(dayOf(before(daysAgo)), (serial += 1))
  const registered = before(daysAgo).toISOString()
  const received = before(receivedDaysAgo).toISOString()
  await database.sql`
    insert into "case" (number, title, content, channel, matter_type, urgency, status, caller_type, anonymous,
      confidential, district, complained_of, received_at, registered_at, registered_by, cap_provisional, text_index)
    values (${number}, '', ${content}, 'PHONE', 'HELP', 'NORMAL', 'REGISTERED', 'NATURAL_PERSON', false, false,
      '历城区', '{}', ${received}, ${registered}, 'test', false, array_to_tsvector(${wordsOf(content)}))`
  if (phoneIndex !== null)
    await database.sql`
      insert into caller (case_number, phone_index, phone_valid) values (${number}, ${phoneIndex}, true)`
  return number
}

async function similar(content: string, phoneIndexes: readonly string[] = [], except: string | null = null) {
  const words = similarWords('', content)
  const candidates = await listSimilarCandidates(database.orm, { words, phoneIndexes, at: NOW, except })
  const given = { title: '', content, district: '历城区', receivedAt: NOW }
  return rankSimilar(given, candidates, 5)
}

const numbers = (found: readonly SimilarFound[]): string[] => found.map(({ number }) => number)

describe('the cases like one that is told', () => {
  it('are found in the register, and unlike ones are not', async () => {
    const same = await register('云栖佳苑整个小区停暖两天了')
    await register('云栖佳苑有人遛大型犬不牵绳')
    await register('洪山路停暖两天了')
    expect(numbers(await similar('我是云栖佳苑的,暖气冰凉,停暖没人管'))).toEqual([same])
  })

  it('are the same caller’s when the phone is, with a few words in common', async () => {
    const mine = await register('家里卫生间总返水,臭气熏天', 'fingerprint-a')
    await register('家里厨房总返水,臭气熏天', 'fingerprint-b')
    const found = await similar('还是返水', ['fingerprint-a'])
    expect(found).toEqual([{ number: mine, score: expect.any(Number), sameCaller: true }])
  })

  it('are neither older than the window nor the case itself', async () => {
    await register('青萝别院路灯不亮', null, 120)
    const itself = await register('青萝别院路灯不亮')
    expect(numbers(await similar('青萝别院路灯不亮', [], itself))).toEqual([])
  })

  it('are found by the day the hub learned of them: a letter may have come in long before', async () => {
    const letter = await register('紫荆雅苑二期围墙倒塌一段,碎石堆在便道上', null, 2, 120)
    const found = await similar('紫荆雅苑二期围墙倒塌,碎石堆在便道上没人清')
    expect(found).toEqual([{ number: letter, score: expect.any(Number), sameCaller: false }])
    expect(found[0]?.score).toBeGreaterThan(0.8)
  })

  it('are none for a text without words, and no quotation mark breaks the search', async () => {
    expect(await similar('')).toEqual([])
    expect(await similar(`'; drop table "case"; -- \\ ' | & !`)).toEqual([])
  })

  it('are sought by the rarest words once the register has statistics', async () => {
    for (let n = 0; n < 300; n++) await register(`第${n}号反映银杏大道停车难`)
    await database.sql`reset role`
    await database.sql`analyze "case"`
    const rare = await register('银杏大道紫藤书屋门口积水')
    expect(numbers(await similar('银杏大道停车难,紫藤书屋门口有积水'))).toContain(rare)
  })
})
