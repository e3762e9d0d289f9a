import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { defaultLimits, type Limits } from '@hub/gateway/operation/limit-settings.ts'
import type { Attack, Target } from '../support/gateway-attack.ts'
import { ATTACKS as FIRST } from '../support/gateway-attacks.ts'
import { DOCUMENT_ATTACKS } from '../support/gateway-attacks-documents.ts'
import { HTTP_ATTACKS } from '../support/gateway-attacks-http.ts'
import { DIRECT_ATTACKS, SOCKET_ATTACKS } from '../support/gateway-attacks-sockets.ts'
import { TOKEN_ATTACKS } from '../support/gateway-attacks-tokens.ts'
import { ask, openGateway, openIssuer, tokensOf, type Issuer } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

const ATTACKS = [
  ...FIRST,
  ...DOCUMENT_ATTACKS,
  ...HTTP_ATTACKS,
  ...TOKEN_ATTACKS,
  ...SOCKET_ATTACKS,
  ...DIRECT_ATTACKS,
]
const ROLES = ['PORTAL', 'DEPARTMENT', 'OFFICE']
const UNLIMITED = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Infinity])) as {
  [name in keyof Omit<Limits, 'rate'>]: number
}

const folder = path.join(import.meta.dirname, '../../schema/operations')

let library: Library
let issuer: Issuer
let guarded: Running
let open: Running
let published: Running

beforeAll(async () => {
  library = await startLibrary()
  issuer = await openIssuer()
  guarded = await openGateway(library, { ...tokensOf(issuer), introspection: false })
  const documents = { mode: 'only', from: folder, onlyFor: [], register: true } as const
  published = await openGateway(library, { ...tokensOf(issuer), introspection: false, documents })
  const limits = { ...UNLIMITED, rate: defaultLimits.rate }
  open = await openGateway(library, { limits })
})

afterAll(async () => {
  await guarded.stop()
  await open.stop()
  await published.stop()
  await library.stop()
})

const targetOf = (role: string): Target => ({
  gateway: guarded,
  published,
  issuer,
  subgraph: library.url('books'),
  role,
  mild: false,
})

/** What went otherwise than it must. */
async function failures(attack: Attack, target: Target): Promise<string[]> {
  const startedAt = performance.now()
  const { status, code, text } = await attack.send(target)
  const took = performance.now() - startedAt
  const [expectedStatus, expectedCode] = attack.answer
  return [
    ...(status === expectedStatus ? [] : [`status ${status}`]),
    ...(code === expectedCode ? [] : [`code ${code}`]),
    ...(took < 1_000 ? [] : [`${Math.round(took)} ms`]),
    ...(/[Dd]id you mean|shelves|Book|Query|Suggest|stack|node_modules/.test(text) ? ['names leak'] : []),
    ...LIMIT_VALUES.flatMap((limit) =>
      new RegExp(`\\b${limit}\\b`).test(text) ? [`the limit ${limit} leaks`] : [],
    ),
  ]
}

const LIMIT_VALUES = Object.values(defaultLimits).filter(
  (value): value is number => typeof value === 'number' && Number.isFinite(value) && value > 100,
)

describe.each(ROLES)('as %s', (role) => {
  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
    '%s is refused with its code, quickly, and nothing is told',
    async (_name, attack) => {
      expect(await failures(attack, targetOf(role))).toEqual([])
    },
  )
})

describe('after all of that', () => {
  it('the gateway answers as before', async () => {
    const headers = { authorization: `Bearer ${await issuer.token()}` }
    expect((await ask(guarded, '{ shelves }', { headers })).data).toEqual({ shelves: ['north', 'south'] })
  })

  it('no mutation came through', () => {
    expect(library.asked).not.toContain('books Mutation.addBook')
  })
})

describe('with the protections off', () => {
  it('at least 15 of the attacks come through: the suite bites', async () => {
    const through: string[] = []
    for (const attack of FIRST) {
      const found = await failures(attack, {
        ...targetOf('PORTAL'),
        gateway: open,
        published: open,
        mild: true,
      })
      if (found.length > 0) through.push(attack.name)
    }
    expect(through.length).toBeGreaterThanOrEqual(15)
    expect(through).toContain('a page of 99,999,999')
  })
})
