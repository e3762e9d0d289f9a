import { CloseCode } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Identify } from '../identity/caller-of-token.ts'
import type { Visit } from './protocol.ts'

const EVERY_MS = 1_000
/** In so many steps everybody is visited once: a socket is pinged every 12 s. */
const STEPS = 12

interface Attended {
  readonly visit: Visit
  answered: boolean
}

/** One timer for all sockets of a gateway: it notices when nobody is there any more, and when a token is good no longer. */
export class Rounds {
  private readonly identify: Identify
  private readonly steps: Set<Attended>[] = Array.from({ length: STEPS }, () => new Set())
  private readonly timer: NodeJS.Timeout
  private step = 0
  private next = 0

  constructor(identify: Identify, everyMs = EVERY_MS) {
    this.identify = identify
    this.timer = setInterval(() => this.go(), everyMs)
    this.timer.unref()
  }

  /** Attends to a socket until it closes. */
  attend(visit: Visit): void {
    const attended = { visit, answered: true }
    const step = this.steps[this.next++ % STEPS]
    step?.add(attended)
    visit.socket.on('pong', () => (attended.answered = true))
    visit.socket.once('close', () => step?.delete(attended))
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private go(): void {
    for (const attended of this.steps[this.step++ % STEPS] ?? []) this.look(attended)
  }

  private look(attended: Attended): void {
    const { socket, bearer, authorization } = attended.visit
    if (!attended.answered) return socket.terminate()
    if (socket.readyState !== WebSocket.OPEN) return
    attended.answered = false
    socket.ping()
    // Its key may have been withdrawn since.
    if (bearer) this.identify(authorization).catch(() => socket.close(CloseCode.Forbidden, 'Forbidden'))
  }
}
