import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Running } from '@hub/kit/run.ts'

/** What is asked, and by whom. */
export interface AskedOver {
  readonly body: object
  readonly token: string
  readonly locale?: 'en' | 'zh-CN'
}

/** Sends an operation and gives its answer, the text of it as it came. */
export type Transport = (gateway: Running, asked: AskedOver) => Promise<string>

async function post(gateway: Running, { body, token, locale = 'zh-CN' }: AskedOver, accept: string) {
  const headers = {
    accept,
    'content-type': 'application/json',
    'accept-language': locale,
    authorization: `Bearer ${token}`,
  }
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { type: response.headers.get('content-type') ?? '', text: await response.text() }
}

const overHttp: Transport = async (gateway, asked) =>
  (await post(gateway, asked, 'application/json')).text.trimEnd()

const overEvents: Transport = async (gateway, asked) => {
  const { type, text } = await post(gateway, asked, 'text/event-stream')
  if (!type.startsWith('text/event-stream')) return text.trimEnd()
  const [, answer] =
    /^retry: 1000\n\nevent: next\ndata: (.*)\n\nevent: complete\ndata: \n\n$/.exec(text) ?? []
  return answer ?? `not one event: ${text}`
}

/** Nothing is deferred here: what a client of parts gets at once is an answer like any other. */
const overMultipart: Transport = async (gateway, asked) =>
  (await post(gateway, asked, 'multipart/mixed;deferSpec=20220824, application/json')).text.trimEnd()

/** What came as `next`, or as `error`, where the list of errors is all of the payload. */
const overSocket: Transport = async (gateway, { body, token, locale = 'zh-CN' }) => {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'accept-language': locale },
  })
  const heard: string[] = []
  const ended = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8')
      if (text.includes('connection_ack'))
        return socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: body }))
      heard.push(text)
      if (text.startsWith('{"id":"1","type":"error"') || text === '{"id":"1","type":"complete"}') resolve()
    })
    socket.once('close', () => resolve())
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
  await ended
  socket.terminate()
  const [first = 'nothing'] = heard
  const [, type, payload = first] = /^\{"id":"1","type":"(next|error)","payload":(.*)\}$/.exec(first) ?? []
  return type === 'error' ? `{"errors":${payload}}` : payload
}

/** All ways to ask for one answer, by name; the first is what the others are held to. */
export const TRANSPORTS: Readonly<Record<string, Transport>> = {
  http: overHttp,
  'server-sent events': overEvents,
  multipart: overMultipart,
  'graphql-transport-ws': overSocket,
}
