import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** So much may lie unread for a client, in bytes, before nothing more is heard from it. */
const MOST_UNREAD = 1_048_576

/**
 * Hears nothing more from a client that asks and does not read, until it has read: what it would be answered stays with the
 * client as questions. What is returned is called where much may have been written.
 */
export function restrain(socket: WebSocket, stream: Duplex): () => void {
  const look = (): void => {
    if (socket.isPaused || stream.writableLength < MOST_UNREAD) return
    socket.pause()
    stream.once('drain', () => socket.resume())
  }
  // Pings are answered as well.
  socket.on('message', look)
  socket.on('ping', look)
  return look
}
