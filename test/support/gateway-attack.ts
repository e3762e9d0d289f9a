import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Running } from '@hub/kit/run.ts'
import type { Issuer } from './gateway-client.ts'
import { visit } from './gateway-socket.ts'

/** What an attacker has to work with. */
export interface Target {
  readonly gateway: Running
  /** One that carries out published documents only. */
  readonly published: Running
  readonly issuer: Issuer
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
  init: Omit<Parameters<typeof send>[1], 'token'>,
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
  header: { alg: string; kid?: string },
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
