import type { Running } from '@hub/kit/run.ts'
import type { GatewaySettings } from '@hub/gateway/settings.ts'
import { openGateway, openIssuer, tokensOf, type Issuer } from './gateway-client.ts'
import { startLibrary, type Library } from './gateway-library.ts'

/** The library behind two gateways: one that anybody may use, and one that asks for a token of the issuer. */
export interface Doors {
  readonly library: Library
  readonly issuer: Issuer
  readonly gateway: Running
  readonly closed: Running
  stop(): Promise<void>
}

/** Opens both; `changes` are settings of the one that asks for tokens. */
export async function openDoors(changes: Partial<GatewaySettings> = {}): Promise<Doors> {
  const library = await startLibrary()
  const issuer = await openIssuer()
  const gateway = await openGateway(library)
  const closed = await openGateway(library, { ...tokensOf(issuer), ...changes })
  return {
    library,
    issuer,
    gateway,
    closed,
    async stop() {
      await gateway.stop()
      await closed.stop()
      await library.stop()
    },
  }
}
