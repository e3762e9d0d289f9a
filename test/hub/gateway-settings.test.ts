import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { settingsFile, settingsSchema } from '@hub/gateway/settings-file.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'
import { startServer } from '@hub/gateway/server.ts'
import { SettingError } from '@hub/kit/env.ts'
import { listenProblem } from '@hub/kit/run.ts'
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

describe('a setting of the gateway', () => {
  const jwks = (content: string) => {
    const at = path.join(folder, 'jwks.json')
    writeFileSync(at, content)
    return at
  }
  const NO_KEYS = 'it is no JSON Web Key Set that this user may read'

  it.each<[NodeJS.ProcessEnv, string]>([
    [
      { ANSWER_WITHIN_MS: '5' },
      'ANSWER_WITHIN_MS: "5" cannot be used: it is a whole number of milliseconds, from 100 to 600000.',
    ],
    [
      { RETRY_WITHIN_MS: '2s' },
      'RETRY_WITHIN_MS: "2s" cannot be used: it is a whole number of milliseconds up to 600000; 0 stands for never.',
    ],
    [
      { HEADERS_WITHIN_MS: '40000' },
      'HEADERS_WITHIN_MS is longer than REQUEST_WITHIN_MS; the head is a part of the request.',
    ],
    [
      { SUBGRAPH_URLS: 'shop=ftp://x/' },
      'SUBGRAPH_URLS: "shop=ftp://x/" cannot be used: each address looks like http://host:port/graphql.',
    ],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL: "loud" cannot be used: it is one of trace, debug, info, warn, error, fatal, silent.',
    ],
    [
      { GATEWAY_AUTH: 'jwt', JWKS_FILE: 'a', JWKS_URL: 'http://b/' },
      'JWKS_FILE and JWKS_URL are both set; keep the one where the keys are.',
    ],
    [
      { GATEWAY_AUTH: 'jwt', JWKS_FILE: '/none.json' },
      'JWKS_FILE: "/none.json" cannot be used: there is no such file.',
    ],
    [
      { FORWARD_HEADERS: 'x-district, Host' },
      'FORWARD_HEADERS: "x-district, Host" cannot be used: host is no header that may be handed on.',
    ],
    [{ GATEWAY_AUTH: 'jwt', JWKS_FILE: jwks('{') }, `JWKS_FILE: "${jwks('{')}" cannot be used: ${NO_KEYS}.`],
    [
      { GATEWAY_AUTH: 'jwt', JWKS_FILE: jwks('{') },
      `JWKS_FILE: "${jwks('{"a":1}')}" cannot be used: ${NO_KEYS}.`,
    ],
  ])('that is wrong is one sentence: %j', async (env, sentence) => {
    const starting = (async () => await startServer({ ...NEEDED, ...env }))()
    await expect(starting).rejects.toThrow(new SettingError(sentence))
  })

  it('that is wrong in the file names the file as well', () => {
    expect(() => settings({ ...NEEDED, SUBGRAPH_URLS: { shop: 'nowhere' } })).toThrow(
      `${file}: SUBGRAPH_URLS: "shop=nowhere" cannot`,
    )
    expect(() => settings(NEEDED, { SUBGRAPH_URLS: 'shop=nowhere' })).toThrow(/^SUBGRAPH_URLS/)
  })

  it.each([
    ['203.0.113.7', 'HOST: this machine has no address 203.0.113.7'],
    ['nowhere.invalid', 'HOST: nobody knows a machine called nowhere.invalid'],
  ])('HOST that is no address of this machine is told: %s', async (host, sentence) => {
    const error = await new Promise((failed) => createServer().once('error', failed).listen(0, host))
    expect(listenProblem(error)).toContain(sentence)
  })
})

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

describe('a client that does not finish what it asks', () => {
  it.each([
    ['its head', 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
    [
      'its body',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ],
  ])('is told so when its time is over: %s', async (_what, begun) => {
    const SUPERGRAPH = path.join(import.meta.dirname, '../../schema/supergraph.graphql')
    const within = { HEADERS_WITHIN_MS: '100', REQUEST_WITHIN_MS: '200', LOG_LEVEL: 'silent' }
    const running = await startServer({ ...NEEDED, ...within, SUPERGRAPH, PORT: '0' })
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
    socket.setEncoding('utf8').write(begun)
    let heard = ''
    for await (const chunk of socket) heard += String(chunk)
    expect(heard).toMatch(/^HTTP\/1\.1 408 [\s\S]*REQUEST_MALFORMED/)
    await running.stop()
  })
})
