import { openDatabase } from '@hub/kit/postgres.ts'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

/** A way to a server that can be closed to all who pass, and opened again. */
function openGate(target: URL) {
  const passing = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      passing.add(socket)
      socket.on('error', () => {}).on('close', () => passing.delete(socket))
    }
    near.pipe(far).pipe(near)
  })
  return {
    async open(port = 0): Promise<number> {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return (server.address() as AddressInfo).port
    },
    async close(): Promise<void> {
      for (const socket of passing) socket.resetAndDestroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const { url } = await openTestDatabase('cases')

it('a database that was away is found soon after it is back, however often it was looked for meanwhile', async () => {
  const gate = openGate(new URL(url))
  const port = await gate.open()
  const way = new URL(url)
  way.port = String(port)
  const database = openDatabase({ url: way.href, room: 'cases', max: 8 })
  const ask = () => database.sql<{ one: number }[]>`select 1 as one`
  await Promise.all(Array.from({ length: 8 }, ask))
  await gate.close()
  for (let round = 0; round < 3; round++) {
    // The driver loses what it is asked between the break of a connection and its end.
    await sleep(50)
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, ask))
    expect(outcomes.map(({ status }) => status)).not.toContain('fulfilled')
  }
  await gate.open(port)
  expect(await Promise.all(Array.from({ length: 8 }, ask))).toHaveLength(8)
  await database.close()
  await gate.close()
  // The driver's own pause is 10 to 20 s by then.
}, 8_000)
