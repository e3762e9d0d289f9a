import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { settingsFile, settingsSchema } from '@hub/gateway/settings-file.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'
import { read } from '../house/tree.ts'
import { runHub } from '../support/run-hub.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'gateway-settings-'))
const file = path.join(folder, 'settings.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(content: unknown): string {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

function settings(content: unknown, env: NodeJS.ProcessEnv = {}) {
  return gatewaySettings({ GATEWAY_SETTINGS: write(content), ...env })
}

const NEEDED = { SUPERGRAPH: 'supergraph.graphql', GATEWAY_AUTH: 'none' }

describe('a file of settings', () => {
  it('says what the environment does not', () => {
    const content = {
      ...NEEDED,
      PORT: 4100,
      LIMIT_DEPTH: 7,
      SUBGRAPH_URLS: { cases: 'http://127.0.0.1:1/graphql', stock: 'http://127.0.0.1:2/graphql' },
      ALLOWED_ORIGINS: ['https://a.example', 'https://b.example'],
      GRAPHIQL: false,
    }
    expect(settings(content, { LIMIT_DEPTH: '9' })).toMatchObject({
      port: 4100,
      limits: { depth: 9 },
      subgraphUrls: content.SUBGRAPH_URLS,
      origins: content.ALLOWED_ORIGINS,
      explorer: false,
    })
  })

  it('has every setting of the gateway but its secret, and no other', () => {
    const texts = ['gateway/settings.ts', 'gateway/operation/limit-settings.ts', 'kit/trace-settings.ts'].map(
      read,
    )
    const names = texts.flatMap((text) =>
      [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name),
    )
    const told = Object.keys(settingsFile.shape).filter((name) => name !== '$schema')
    expect([...told, 'HUB_CALLER_KEY'].toSorted()).toEqual(names.toSorted())
  })

  it('tells the defaults as they are', () => {
    const { properties } = JSON.parse(settingsSchema()) as {
      properties: Record<string, { default?: unknown; description?: string }>
    }
    const defaults = Object.entries(properties).flatMap(([name, { default: value }]) =>
      value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[name, value] as const],
    )
    expect(defaults.length).toBeGreaterThan(20)
    expect(settings({ ...Object.fromEntries(defaults), ...NEEDED })).toEqual(settings(NEEDED))
    expect(Object.values(properties).every(({ description }) => description)).toBe(true)
  })

  it.each([
    [
      { LIMIT_DEPHT: 3 },
      'LIMIT_DEPHT is not a setting of the gateway; schema/gateway-settings.json has them all.',
    ],
    [{ LIMIT_DEPTH: 'deep' }, 'LIMIT_DEPTH cannot be used: it is a whole number.'],
    [{ LIMIT_DEPTH: -1 }, 'LIMIT_DEPTH cannot be used: it is 0 or more; 0 stands for no limit.'],
    [{ PORT: 70_000 }, 'PORT cannot be used: a port is 0 to 65535.'],
    [{ GATEWAY_AUTH: 'basic' }, 'GATEWAY_AUTH cannot be used: it is one of jwt, none.'],
    [{ SUBGRAPH_URLS: { cases: 1 } }, 'SUBGRAPH_URLS.cases cannot be used: it is a text.'],
    [
      { HUB_CALLER_KEY: 'x' },
      'HUB_CALLER_KEY is a secret; give it in the environment, or as HUB_CALLER_KEY_FILE.',
    ],
    ['[]', 'it holds no object of settings.'],
    ['{', 'it is no JSON.'],
  ])('%j is refused by name', (content, sentence) => {
    expect(() => settings(content)).toThrow(`${file}: ${sentence}`)
  })

  it('that is not there is told', () => {
    expect(() => gatewaySettings({ GATEWAY_SETTINGS: '/nowhere/none.json' })).toThrow(
      'none.json cannot be read',
    )
  })

  it('is one sentence and exit 1 on the command line', async () => {
    const { code, err } = await runHub(['gateway', '--settings', write({ PORTT: 1 })], {})
    expect([code, err.trim()]).toEqual([
      1,
      `${file}: PORTT is not a setting of the gateway; schema/gateway-settings.json has them all.`,
    ])
  })
})
