import { SettingError } from '@hub/kit/env.ts'
import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

// Below the range from which systems take the ports of outgoing connections: a kept port is not lost to one of those.
const LOWEST = 20_000
const HIGHEST = 32_000

/** A TCP port of 127.0.0.1 that nothing listens on at this moment. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST)
    if ((await whyNot(port, '127.0.0.1')) === null) return port
  }
}

/** The loopback ports of a data folder's processes: chosen once, kept over restarts, chosen anew only where one was taken. */
export async function keepPorts(folder: string, names: readonly string[]): Promise<Record<string, number>> {
  const file = path.join(folder, 'ports.json')
  const kept = readKept(file)
  const ports: Record<string, number> = {}
  for (const name of names) {
    const port = kept[name]
    ports[name] =
      port !== undefined && (await whyNot(port, '127.0.0.1')) === null ? port : await findFreePort()
  }
  writeFileSync(file, `${JSON.stringify(ports)}\n`)
  return ports
}

/** The port the gateway will listen on: the one asked for, or a free one for 0; one sentence when it cannot be had. */
export async function getGatewayPort(port: number, host: string): Promise<number> {
  if (port === 0) return await findFreePort()
  const code = await whyNot(port, host)
  if (code === null) return port
  if (code === 'EADDRINUSE') {
    throw new SettingError(
      `PORT: ${port} is in use on ${host}; stop what listens there, or set PORT to a free port, for example PORT=${port + 10}.`,
    )
  }
  if (code === 'EACCES')
    throw new SettingError(`PORT: ${port} may not be opened by this user; set PORT above 1023.`)
  throw new SettingError(
    `HOST: ${host} is not an address of this machine (${code}); set HOST to 127.0.0.1 or 0.0.0.0.`,
  )
}

async function whyNot(port: number, host: string): Promise<string | null> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<string | null>()
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  server.listen(port, host, () => server.close(() => resolve(null)))
  return await promise
}

function readKept(file: string): Record<string, number | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
