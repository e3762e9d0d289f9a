import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { openLog } from '@hub/kit/log.ts'
import { startGateway } from '@hub/gateway/server.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'

// A gateway process for the measurement: ours, or Apollo's as it comes.

interface Stock {
  readonly ApolloGateway: new (options: { supergraphSdl: string }) => object
  readonly ApolloServer: new (options: { gateway: object }) => object
  readonly startStandaloneServer: (server: object, options: { listen: object }) => Promise<unknown>
}

const settings = gatewaySettings(process.env)
// Run with --expose-gc, what is measured can be tidied up before its memory is looked at.
process.on('SIGUSR2', () => globalThis.gc?.())
if (process.env['STOCK'] === 'true') {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  // They are the gateway's dependencies, and not those of the tests.
  const load = createRequire(import.meta.resolve('@hub/gateway/server.ts'))
  const parts = ['@apollo/gateway', '@apollo/server', '@apollo/server/standalone'].map((name): unknown =>
    load(name),
  )
  const { ApolloGateway, ApolloServer, startStandaloneServer } = Object.assign({}, ...parts) as Stock
  const gateway = new ApolloGateway({ supergraphSdl: readFileSync(settings.supergraph, 'utf8') })
  const listen = { port: settings.port, host: '127.0.0.1' }
  await startStandaloneServer(new ApolloServer({ gateway }), { listen })
} else await startGateway(settings, openLog('bench', 'error'))
