import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { refusalAnswer } from '../answer-errors.ts'
import { refuse } from '../errors.ts'

/** What Node has no request for → how it is answered, and what is wrong with it. */
const PROBLEMS: Readonly<Record<string, readonly [status: string, problem: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'URL, headers'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'timeout'],
}

/** Answers what is no HTTP, or too much of it, with a code as everything else; in Chinese, for nothing says otherwise. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Who is gone, or is in the middle of an answer, can be told nothing.
    if (error.code === 'ECONNRESET' || !socket.writable || isBeingAnswered(socket)) socket.destroy(error)
    else socket.end(answerTo(error.code))
  })
}

/** Node tells it nowhere else. */
function isBeingAnswered(socket: Duplex & { _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent === true
}

function answerTo(code = ''): string {
  const [status, problem] = PROBLEMS[code] ?? ['400 Bad Request', 'HTTP']
  const body = JSON.stringify({ errors: [refusalAnswer(refuse('REQUEST_MALFORMED', { problem }), 'zh-CN')] })
  return [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
