import type { ExecutionResult } from 'graphql'
import type { Deliveries } from '../subscription/deliveries.ts'
import type { Delivery } from '../subscription/delivery.ts'

/** Writes whole frames to a socket and tells when it has taken them. */
export type WriteFrames = (frames: readonly Buffer[], taken: () => void) => void

/** What is written at one time to a socket that lies behind. */
const MOST_BYTES = 65_536

/**
 * Carries what is delivered to a socket. The generator is for graphql-ws, which begins and ends a subscription with it
 * and gets no value from it: a frame is written here, the same bytes for all who get the same under the same id.
 */
export function carried(
  deliveries: Deliveries,
  id: string,
  write: WriteFrames,
): AsyncGenerator<ExecutionResult> {
  const end = async (): Promise<IteratorResult<ExecutionResult>> => {
    await deliveries.return()
    return { done: true, value: undefined }
  }
  const iterator: AsyncGenerator<ExecutionResult> = {
    next: () =>
      new Promise((resolve, reject) => {
        // Called when there may be something to take, and when the socket has taken the last: one or the other.
        const carry = (): void => {
          const frames: Buffer[] = []
          let bytes = 0
          try {
            let step = deliveries.take()
            for (; step instanceof Object; step = bytes < MOST_BYTES ? deliveries.take() : undefined) {
              const frame = frameOf(step, id)
              frames.push(frame)
              bytes += frame.length
            }
            if (frames.length > 0) return write(frames, carry)
            if (step === 'ended') return resolve({ done: true, value: undefined })
            deliveries.whenReady(carry)
          } catch (error) {
            reject(error)
          }
        }
        carry()
      }),
    return: end,
    throw: end,
    [Symbol.asyncDispose]: async () => void (await end()),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

const written = new WeakMap<Delivery, { readonly id: string; readonly frame: Buffer }>()

function frameOf(delivery: Delivery, id: string): Buffer {
  const known = written.get(delivery)
  if (known?.id === id) return known.frame
  const frame = textFrame(`{"id":${JSON.stringify(id)},"type":"next","payload":${delivery.text}}`)
  written.set(delivery, { id, frame })
  return frame
}

/** A whole text message as a server sends it: unmasked, in one frame (RFC 6455). */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafeSlow(head + length)
  frame[0] = 0x81
  frame[1] = length < 126 ? length : length < 65_536 ? 126 : 127
  if (head === 4) frame.writeUInt16BE(length, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, head)
  return frame
}
