import { generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:net'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'
import type { Issuer } from './gateway-client.ts'
import { visit } from './gateway-socket.ts'

/** What an attacker has to work with. */
export interface Target {
  readonly gateway: Running
  /** One that carries out published documents only. */
  readonly published: Running
  readonly issuer: Issuer
  /** Where one of its subgraphs is. */
  readonly subgraph: string
  readonly role: string
  /** Where limits are off, bombs are small: they go off. */
  readonly mild: boolean
}

export interface Outcome {
  readonly status: number
  readonly code: string | undefined
  readonly text: string
}

export interface Attack {
  readonly name: string
  readonly answer: readonly [status: number, code: string | undefined]
  send(target: Target): Promise<Outcome>
}

type Headers = Record<string, string>

/** So many parts in a row. */
export const times = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ')

/** Sends a request as it is, and reads whatever comes. */
async function send(
  { gateway, published, issuer, role }: Target,
  init: {
    method?: string
    body?: string
    headers?: Headers
    path?: string
    token?: string | null
    published?: boolean
  },
): Promise<Outcome> {
  const token = init.token === undefined ? await issuer.token({ role }) : init.token
  const response = await fetch(`${(init.published ? published : gateway).url}${init.path ?? '/graphql'}`, {
    method: init.method ?? 'POST',
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...init.headers },
    ...(init.body !== undefined && { body: init.body }),
  })
  return outcome(response.status, await response.text())
}

function outcome(status: number, text: string): Outcome {
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }
    return { status, text, code: errors?.[0]?.extensions?.code }
  } catch {
    return { status, text, code: undefined }
  }
}

/** The headers of an ordinary request. */
export const json = { 'content-type': 'application/json' }

/** A document that must be refused with 400. */
export const ask = (name: string, code: string, query: string | ((mild: boolean) => string)): Attack => ({
  name,
  answer: [400, code],
  send: (target) => {
    const text = typeof query === 'string' ? query : query(target.mild)
    return send(target, { headers: json, body: JSON.stringify({ query: text }) })
  },
})

/** A request that is no ordinary one. */
export const raw = (
  name: string,
  status: number,
  code: string,
  init: Parameters<typeof send>[1],
): Attack => ({ name, answer: [status, code], send: (target) => send(target, init) })

/** An ordinary request with a token that is none. */
export const forged = (
  name: string,
  token: (target: Target) => Promise<string | null>,
  headers: Headers = {},
): Attack => ({
  name,
  answer: [401, 'UNAUTHENTICATED'],
  send: async (target) =>
    send(target, {
      headers: { ...json, ...headers },
      body: '{"query":"{ shelves }"}',
      token: await token(target),
    }),
})

/** What is said over a socket, and how it must be closed. */
export const socket = (
  name: string,
  status: number,
  say: (target: Target) => Promise<readonly unknown[]>,
  options: Parameters<typeof visit>[2] = {},
): Attack => ({
  name,
  answer: [status, undefined],
  send: async (target) => {
    const said = visit(target.gateway, await say(target), options)
    // Who is let in is not closed.
    const patient = new Promise<{ code: number }>((resolve) => setTimeout(resolve, 900, { code: 0 }))
    const { code } = await Promise.race([said, patient])
    return { status: code, code: undefined, text: '' }
  },
})

/** A part of a token. */
export const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A token signed with a key of one’s own. */
export const signedBy = (
  claims: Record<string, unknown>,
  header: { alg: string; kid?: string; [more: string]: unknown },
): Promise<string> => {
  const all = {
    sub: 'u1',
    iss: 'hub12345',
    aud: 'hub12345',
    exp: Math.floor(Date.now() / 1000) + 300,
    ...claims,
  }
  return new SignJWT(all).setProtectedHeader(header).sign(generateKeyPairSync('ed25519').privateKey)
}
/** The first message of whoever has a token. */
export const init = async ({ issuer }: Target): Promise<unknown> => ({
  type: 'connection_init',
  payload: { authorization: `Bearer ${await issuer.token()}` },
})

/** A document over a socket, and the code it is refused with. */
export const spoken = (name: string, code: string, query: string): Attack => ({
  name,
  answer: [0, code],
  send: async (target) => {
    const subscribe = { id: '1', type: 'subscribe', payload: { query } }
    const text = await new Promise<string>((resolve) => {
      const socket = new WebSocket(
        `${target.gateway.url.replace('http', 'ws')}/graphql`,
        'graphql-transport-ws',
      )
      const done = (said: string): void => {
        socket.terminate()
        resolve(said)
      }
      setTimeout(done, 900, '')
      socket.on('error', () => done(''))
      socket.on('close', () => done(''))
      socket.on('open', () => void init(target).then((message) => socket.send(JSON.stringify(message))))
      socket.on('message', (data: Buffer) => {
        const said = data.toString('utf8')
        if (said.includes('"connection_ack"')) socket.send(JSON.stringify(subscribe))
        else done(said)
      })
    })
    const { payload } =
      text === '' ? {} : (JSON.parse(text) as { payload?: Refused[] | { errors?: Refused[] } })
    const errors = Array.isArray(payload) ? payload : payload?.errors
    return { status: 0, text, code: errors?.[0]?.extensions?.code }
  },
})

interface Refused {
  readonly extensions?: { readonly code?: string }
}

/** Bytes as they are, and the status they are answered with. */
export const wire = (name: string, status: number, bytes: string): Attack => ({
  name,
  answer: [status, undefined],
  send: async ({ gateway }) => {
    const text = await new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
      const done = (): void => {
        socket.destroy()
        resolve(heard)
      }
      setTimeout(done, 900)
      socket.on('connect', () => socket.write(bytes, 'latin1'))
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1')
        if (heard.includes('\r\n\r\n')) done()
      })
      socket.on('error', done)
      socket.on('close', done)
    })
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), code: undefined, text }
  },
})

/** A subgraph called past the gateway. */
export const direct = (name: string, body: string, headers: () => Headers = () => ({})): Attack => ({
  name,
  answer: [401, undefined],
  send: async ({ subgraph }) => {
    const answer = await fetch(subgraph, { method: 'POST', body, headers: { ...json, ...headers() } })
    return outcome(answer.status, await answer.text())
  },
})
