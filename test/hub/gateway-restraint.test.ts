import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../support/gateway-socket.ts'
import { startWorld, type World } from '../support/gateway-conformance.ts'

const QUESTIONS = 100
/** So long that all together are more than what lies between two sockets. */
const ANSWER = 'x'.repeat(200_000)
const query = 'query ($page: Int) { text(page: $page) }'

let world: World
let asked = 0

beforeAll(async () => {
  const answer = (): string => {
    asked += 1
    return ANSWER
  }
  world = await startWorld({
    books: ['type Query { text(page: Int): String @shareable }', { Query: { text: answer } }],
  })
})
afterAll(() => world.stop())

async function quiet(): Promise<number> {
  for (let before = -1; before !== asked; await pause(400)) before = asked
  return asked
}

it('hears no more questions from a client that does not read, and answers all of them once it does', async () => {
  const heard = new Set<string>()
  const socket = new WebSocket(`${world.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  await new Promise((opened) => socket.once('open', opened))
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await new Promise((acknowledged) => socket.once('message', acknowledged))
  socket.on('message', (data: Buffer) => {
    const { id, type } = JSON.parse(data.toString('utf8')) as { id: string; type: string }
    if (type === 'next') heard.add(id)
  })
  socket.pause()
  const ask = (from: number): void => {
    for (let page = from; page < from + QUESTIONS; page++)
      socket.send(
        JSON.stringify({ id: `${page}`, type: 'subscribe', payload: { query, variables: { page } } }),
      )
  }
  ask(0)
  expect(await quiet()).toBe(QUESTIONS)
  ask(QUESTIONS)
  expect(await quiet()).toBe(QUESTIONS)
  socket.resume()
  await until(() => heard.size === 2 * QUESTIONS, 20_000)
  expect(asked).toBe(2 * QUESTIONS)
  socket.close()
})
