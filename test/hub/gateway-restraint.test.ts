import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ask } from '../support/gateway-client.ts'
import { until } from '../support/gateway-socket.ts'
import { startWorld, type World } from '../support/gateway-conformance.ts'

const QUESTIONS = 100
/** So long that all together are more than what lies between two sockets. */
const ANSWER = 'x'.repeat(200_000)
const query = 'query ($page: Int) { text(page: $page) }'

let world: World
const pages = new Set<number>()

beforeAll(async () => {
  const text = (_: unknown, { page }: { page: number }): string => {
    pages.add(page)
    return ANSWER
  }
  const types = 'type Query { text(page: Int): String, other(at: Int): Int }'
  // A busy machine answers later, and not less.
  const settings = { answerWithinMs: 60_000 }
  world = await startWorld({ books: [types, { Query: { text, other: () => 1 } }] }, { settings })
})
afterAll(() => world.stop())

/** Whatever the gateway has heard by now has been asked of the subgraph when it has answered so much to somebody else. */
async function letOthersAsk(): Promise<void> {
  for (let at = 0; at < 50; at++)
    await ask(world.gateway, 'query ($at: Int) { other(at: $at) }', { variables: { at } })
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
  const askFrom = (from: number): void => {
    for (let page = from; page < from + QUESTIONS; page++)
      socket.send(
        JSON.stringify({ id: `${page}`, type: 'subscribe', payload: { query, variables: { page } } }),
      )
  }
  askFrom(0)
  await until(() => pages.size === QUESTIONS)
  await letOthersAsk()
  askFrom(QUESTIONS)
  await letOthersAsk()
  expect(pages.size).toBe(QUESTIONS)
  socket.resume()
  await until(() => heard.size === 2 * QUESTIONS, 20_000)
  expect(pages.size).toBe(2 * QUESTIONS)
  socket.close()
})
