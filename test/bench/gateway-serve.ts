import { openLog } from '@hub/kit/log.ts'
import { startGateway } from '@hub/gateway/server.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'

// A process of our gateway for the measurement.

// Run with --expose-gc, what is measured can be tidied up before its memory is looked at.
process.on('SIGUSR2', () => globalThis.gc?.())
await startGateway(gatewaySettings(process.env), openLog('bench', 'error'))
