import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { SupergraphManager } from '@apollo/gateway'
import type { Logger } from '@hub/kit/log.ts'
import { withCarriedOut } from './features.ts'

const LOOK_EVERY_MS = 300

/** Gives `@apollo/gateway` the supergraph of a file, and again when the file changes; a broken one is refused with its reason. */
export function supergraphOfFile(file: string, log: Logger): SupergraphManager {
  return {
    async initialize({ update }) {
      const reload = async (): Promise<void> => {
        try {
          update(await readSupergraph(file))
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          log.error(
            { supergraph: file, reason },
            'the changed supergraph is refused; the one before goes on serving',
          )
        }
      }
      const supergraphSdl = await readSupergraph(file)
      // Looking at the file works where notifications do not: mounted volumes, files that are replaced by a rename.
      watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, () => void reload())
      return {
        supergraphSdl,
        cleanup: () => {
          unwatchFile(file)
          return Promise.resolve()
        },
      }
    },
  }
}

async function readSupergraph(file: string): Promise<string> {
  return withCarriedOut(await readFile(file, 'utf8'))
}
