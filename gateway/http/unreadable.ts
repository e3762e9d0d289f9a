import type { Server } from 'node:http'
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
    if (error.code === 'ECONNRESET' || !socket.writable || ('_httpMessage' in socket && socket._httpMessage))
      return void socket.destroy(error)
    const [status, problem] = PROBLEMS[error.code ?? ''] ?? ['400 Bad Request', 'HTTP']
    const refusal = refusalAnswer(refuse('REQUEST_MALFORMED', { problem }), 'zh-CN')
    const body = JSON.stringify({ errors: [refusal] })
    socket.end(
      [
        `HTTP/1.1 ${status}`,
        'content-type: application/json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    )
  })
}
