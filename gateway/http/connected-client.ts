import type { IncomingMessage } from 'node:http'
import type { Audience } from '../subgraphs/audience.ts'

/** Whoever sent a request, there for as long as the connection stands on which the answer would go out. */
export class ConnectedClient implements Audience {
  private readonly request: IncomingMessage

  constructor(request: IncomingMessage) {
    this.request = request
  }

  get hasLeft(): boolean {
    return this.request.socket.destroyed
  }
}
