import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { waitForReady } from '@hub/cli/house/wait-for-ready.ts'
import { afterEach, describe, expect, it } from 'vitest'

let server: Server
afterEach(() => void server.close())

/** Something that answers 503 with these reasons in turn, then 200. */
async function unready(reasonOf: (asked: number) => string | null): Promise<URL> {
  let asked = 0
  server = createServer((_request, response) => {
    const reason = reasonOf(asked++)
    response.statusCode = reason === null ? 200 : 503
    response.end(JSON.stringify({ status: reason === null ? 'ready' : 'unready', reasons: [reason] }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/health/ready`)
}

describe('a start that waits for its rooms', () => {
  const said: string[] = []
  const waiting = {
    signal: new AbortController().signal,
    hopeless: () => null,
    say: (line: string) => void said.push(line),
    patienceMs: 1_500,
    toldEveryMs: 300,
  }

  it('goes on as long as something moves, and says what it waits for', async () => {
    const url = await unready((asked) =>
      asked < 30 ? `cases: ${30 - asked} events are to be followed` : null,
    )
    await waitForReady(url, waiting)
    expect(said.length).toBeGreaterThan(1)
    expect(said[0]).toMatch(/^ {2}等待 · waiting: cases: \d+ events are to be followed$/)
  })

  it('gives up when nothing moves, with the last answer', async () => {
    const url = await unready(() => 'cases: cannot be reached')
    await expect(waitForReady(url, waiting)).rejects.toThrow(
      'nothing moved for 1.5 s; the last answer: cases: cannot be reached',
    )
  })

  it('gives up at once when there is no hope', async () => {
    const url = await unready(() => 'cases: cannot be reached')
    await expect(waitForReady(url, { ...waiting, hopeless: () => 'its key is wrong' })).rejects.toThrow(
      'its key is wrong',
    )
  })
})
