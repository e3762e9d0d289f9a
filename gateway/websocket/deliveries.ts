import type { ExecutionResult } from 'graphql'
import type { Sent } from '../http/delivery-stream.ts'
import type { Deliveries } from '../subscription/deliveries.ts'

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
  const carryAll = (): Promise<void> =>
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
          if (step === 'ended') return resolve()
          deliveries.whenReady(carry)
        } catch (error) {
          reject(error)
        }
      }
      carry()
    })
  return ending(carryAll, () => deliveries.return())
}

/** The same for an answer, in one part or several; `over` is told when its last is out, or nobody waits for it. */
export function written(
  answers: AsyncGenerator<Sent>,
  id: string,
  write: WriteFrames,
  over: () => void,
): AsyncGenerator<ExecutionResult> {
  let isOver = false
  const finish = (): void => {
    if (!isOver) over()
    isOver = true
  }
  const writeAll = async (): Promise<void> => {
    try {
      let taken = Promise.resolve()
      for (let step = await answers.next(); !step.done; step = await answers.next()) {
        if (isOver) return
        const frame = nextFrame(step.value, id)
        await taken
        taken = new Promise((resolve) => write([frame], resolve))
      }
      // The last goes out in one piece with what graphql-ws says after it.
      void taken.then(finish)
    } catch (error) {
      finish()
      throw error
    }
  }
  return ending(writeAll, () => {
    finish()
    return answers.return(undefined)
  })
}

/** A generator of nothing: done when the work is, and let go by `return`. */
function ending(work: () => Promise<void>, letGo: () => Promise<unknown>): AsyncGenerator<never> {
  const done = { done: true, value: undefined } as const
  const end = async (): Promise<IteratorResult<never>> => {
    await letGo()
    return done
  }
  const iterator: AsyncGenerator<never> = {
    next: async () => {
      await work()
      return done
    },
    return: end,
    throw: end,
    [Symbol.asyncDispose]: async () => void (await end()),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** What goes to several subscribers is written once. */
const writtenFor = new WeakMap<Sent, { readonly id: string; readonly frame: Buffer }>()

function frameOf(sent: Sent, id: string): Buffer {
  const known = writtenFor.get(sent)
  if (known?.id === id) return known.frame
  const frame = nextFrame(sent, id)
  writtenFor.set(sent, { id, frame })
  return frame
}

function nextFrame({ text }: Sent, id: string): Buffer {
  return textFrame(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`)
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
