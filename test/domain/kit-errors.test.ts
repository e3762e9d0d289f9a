import { kitCatalogue, Refusal, refusalsOf, toGraphQLError } from '@hub/kit/errors.ts'
import { openLog } from '@hub/kit/log.ts'
import { GraphQLError } from 'graphql'
import { describe, expect, it, vi } from 'vitest'

const refuse = refusalsOf({
  CASE_CLOSED: {
    'zh-CN': '工单 {number} 已办结。',
    en: 'Case {number} is closed.',
    meaning: 'It is closed.',
  },
})
const silent = openLog('test', 'silent')

describe('a refusal', () => {
  it('has its code, and a sentence with the values in each language', () => {
    const refusal = refuse('CASE_CLOSED', { number: 'JN-20261123-000001' })
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal.code).toBe('CASE_CLOSED')
    expect(refusal.sentence('zh-CN')).toBe('工单 JN-20261123-000001 已办结。')
    expect(refusal.sentence('en')).toBe('Case JN-20261123-000001 is closed.')
  })

  it('shows the hole when a value is missing, and takes a value that looks like one as it is', () => {
    expect(refuse('CASE_CLOSED').sentence('en')).toBe('Case {number} is closed.')
    expect(refuse('CASE_CLOSED', { number: '{number} $& $1' }).sentence('en')).toBe(
      'Case {number} $& $1 is closed.',
    )
  })

  it('keeps its code and speaks the language of the caller when it leaves a room', () => {
    const error = toGraphQLError(refuse('CASE_CLOSED', { number: '1' }), 'zh-CN', silent)
    expect(error.message).toBe('工单 1 已办结。')
    expect(error.extensions).toEqual({ code: 'CASE_CLOSED' })
  })

  it('is found under what the executor wrapped around it, and keeps the path', () => {
    const wrapped = new GraphQLError('x', {
      path: ['closeCase'],
      originalError: new GraphQLError('y', { originalError: refuse('CASE_CLOSED', { number: '1' }) }),
    })
    const error = toGraphQLError(wrapped, 'en', silent)
    expect(error.extensions['code']).toBe('CASE_CLOSED')
    expect(error.path).toEqual(['closeCase'])
  })
})

describe('what the database refuses', () => {
  const fromDatabase = (code: string) =>
    toGraphQLError(
      new GraphQLError('x', {
        originalError: new Error('query failed', { cause: Object.assign(new Error('no'), { code }) }),
      }),
      'en',
      silent,
    ).extensions['code']

  it('is bad input where a text cannot be stored, and overload where there is no room', () => {
    expect(fromDatabase('22021')).toBe('BAD_INPUT')
    expect(fromDatabase('53100')).toBe('OVERLOADED')
    expect(fromDatabase('53300')).toBe('OVERLOADED')
  })

  it('is a fault where it is ours', () => {
    expect(fromDatabase('23505')).toBe('INTERNAL')
    expect(fromDatabase('42601')).toBe('INTERNAL')
  })
})

describe('an unexpected error', () => {
  it('is masked: the caller gets a reference, the log the cause beside it', () => {
    const log = openLog('test', 'silent')
    const logged = vi.spyOn(log, 'error')
    const cause = new Error('connection to 10.0.0.5 failed for user hub_cases')
    const error = toGraphQLError(cause, 'en', log)
    const reference = String(error.extensions['reference'])
    expect(reference).toMatch(/^[0-9a-f-]{36}$/)
    expect(error.extensions['code']).toBe('INTERNAL')
    expect(JSON.stringify(error.toJSON())).not.toContain('10.0.0.5')
    expect(error.message).toContain(reference)
    expect(logged).toHaveBeenCalledWith({ reference, err: cause }, expect.any(String))
  })
})

describe('the refusals that every room shares', () => {
  it.each(Object.entries(kitCatalogue))(
    '%s has both sentences, with the same values, and a meaning',
    (_code, said) => {
      const holes = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(String).toSorted()
      expect(said['zh-CN']).toMatch(/[一-鿿:]/)
      expect(holes(said['zh-CN'])).toEqual(holes(said.en))
      expect(said.meaning).not.toBe('')
    },
  )
})
