import { runMain } from '@hub/kit/run.ts'

// Run with --trace-pretenuring-statistics: what V8 decides about things of which many outlive a few collections, in a process
// that runs a server or, told otherwise, in any.

class Reader {
  private parts: number[] = []

  take(part: number): readonly number[] {
    this.parts.push(part)
    const { parts } = this
    this.parts = []
    return parts
  }
}

const stopped = { url: '', stop: () => Promise.resolve() }
if (process.argv[2] === 'server') await runMain('server', () => Promise.resolve(stopped))

const reader = new Reader()
let underWay: (readonly number[])[] = []
for (let part = 0; part < 400_000; part++) {
  underWay.push(reader.take(part))
  if (underWay.length > 40_000) underWay = []
}
process.exit()
