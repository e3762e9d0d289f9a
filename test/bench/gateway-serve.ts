import { runMain } from '@hub/kit/run.ts'
import { startServer } from '@hub/gateway/server.ts'

// A process of our gateway for the measurement.

// Run with --expose-gc, what is measured can be tidied up before its memory is looked at.
process.on('SIGUSR2', () => globalThis.gc?.())
await runMain('gateway', startServer)
