import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'

/** A process of the measurement that does what it is told, one thing after the other. */
export interface Child {
  ask<Answer>(what: string, given?: object): Promise<Answer>
  stop(): void
}

/** Starts a file beside this one as a process of its own. */
export function startChild(file: string): Child {
  const child: ChildProcess = fork(path.join(import.meta.dirname, file), { serialization: 'json' })
  child.once('exit', (code) => {
    if (code) throw new Error(`${file} ended with ${code}`)
  })
  return {
    ask: <Answer>(what: string, given: object = {}) =>
      new Promise<Answer>((resolve) => {
        child.once('message', (message: { answer: Answer }) => resolve(message.answer))
        child.send({ what, given })
      }),
    stop: () => child.kill('SIGKILL'),
  }
}

/** In a child: does what the parent asks for, by name. */
export function answerParent(deeds: Readonly<Record<string, (given: never) => unknown>>): void {
  process.on('message', ({ what, given }: { what: string; given: never }) => {
    void Promise.resolve(deeds[what]?.(given)).then((answer) => process.send?.({ answer: answer ?? null }))
  })
  process.on('disconnect', () => process.exit(0))
}

/** Microseconds of a clock that all processes of a machine share. */
export function micros(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}

/** What stands at these parts of an ordered whole. */
export function quantiles(values: Float64Array, parts: readonly number[]): number[] {
  const sorted = values.toSorted()
  return parts.map((part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}
