import { createServer, type IncomingMessage } from 'node:http'
import { sendText } from '../http/http-exchange.ts'
import type { Metrics } from './metrics.ts'

const TYPE = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

/** Whether a request comes from this machine itself, and not for someone else through a proxy on it. */
export function isFromHere({ socket, headers }: IncomingMessage): boolean {
  return LOOPBACK.has(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined)
}

/** Answers with all measurements. */
export function sendMetrics(response: Parameters<typeof sendText>[0], metrics: Metrics): void {
  sendText(response, 200, TYPE, metrics.text())
}

/** Serves the measurements at a port of their own. */
export function serveMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  metrics: Metrics,
): Promise<{ stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') sendMetrics(response, metrics)
    else sendText(response, 404, TYPE, '')
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () =>
      resolve({
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            server.closeAllConnections()
          }),
      }),
    )
  })
}
