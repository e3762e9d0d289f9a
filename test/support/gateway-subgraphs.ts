import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { openLog } from '@hub/kit/log.ts'
import { startSubgraph } from '@hub/kit/serve.ts'
import { CALLER_KEY } from './gateway-library.ts'

export interface Subgraphs {
  readonly supergraphFile: string
  stop(): Promise<void>
}

/** Starts a subgraph on a real socket for each SDL and writes the supergraph they compose to into a file. */
export async function startSubgraphs(
  types: Readonly<Record<string, string>>,
  resolvers: Readonly<Record<string, Record<string, Record<string, unknown>>>>,
): Promise<Subgraphs> {
  const services = await Promise.all(
    Object.entries(types).map(async ([name, sdl]) => {
      const typeDefs = parse(sdl)
      const running = await startSubgraph({
        port: 0,
        host: '127.0.0.1',
        schema: buildSubgraphSchema([{ typeDefs, resolvers: (resolvers[name] ?? {}) as never }]),
        context: (caller) => ({ caller }),
        callerKey: CALLER_KEY,
        ready: () => Promise.resolve([]),
        log: openLog(name, 'silent'),
      })
      return { name, typeDefs, running, url: `${running.url}/graphql` }
    }),
  )
  const { supergraphSdl, errors } = composeServices(services)
  if (supergraphSdl === undefined) throw new Error(errors?.join('\n'))
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-subgraphs-'))
  const supergraphFile = path.join(folder, 'supergraph.graphql')
  writeFileSync(supergraphFile, supergraphSdl)
  return {
    supergraphFile,
    async stop() {
      await Promise.all(services.map(({ running }) => running.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
