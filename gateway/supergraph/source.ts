import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { SupergraphManager } from '@apollo/gateway'
import type { Logger } from '@hub/kit/log.ts'
import { withCarriedOut } from './features.ts'
import { reasonOf } from './reason.ts'

const LOOK_AT_FILE_EVERY_MS = 300
const ASK_ADDRESS_EVERY_MS = 10_000
const ADDRESS_WITHIN_MS = 5_000

/** Gives the text of a supergraph, or null where it is what it was. */
type Read = () => Promise<string | null>

/** Calls for a look now and then, until it is told to stop. */
type Watch = (look: () => Promise<void>) => () => void

/** Gives `@apollo/gateway` the supergraph of a file or an address, and again when it changes; a broken one is refused with its reason. */
export function supergraphFrom(
  from: string,
  everyMs: number | undefined,
  log: Logger,
  loaded: (sdl: string) => void = () => {},
): SupergraphManager {
  const isAddress = /^https?:\/\//.test(from)
  const read = isAddress ? readerOfAddress(from) : () => readFile(from, 'utf8')
  const watch = isAddress
    ? watchAddress(everyMs ?? ASK_ADDRESS_EVERY_MS)
    : watchOfFile(from, everyMs ?? LOOK_AT_FILE_EVERY_MS)
  return {
    async initialize({ update }) {
      let serves: string | null = null
      let refused = ''
      const reload = async (): Promise<void> => {
        try {
          const sdl = await read()
          if (sdl === null || sdl === serves) return
          update(withCarriedOut(sdl))
          serves = sdl
          refused = ''
          loaded(sdl)
        } catch (error) {
          const reason = reasonOf(error)
          // An address that is away is asked again and again, and told of once.
          if (reason === refused && isAddress) return
          refused = reason
          log.error(
            { supergraph: from, reason },
            'the changed supergraph is refused; the one before goes on serving',
          )
        }
      }
      serves = await read()
      const supergraphSdl = withCarriedOut(serves ?? '')
      const stop = watch(reload)
      return {
        supergraphSdl,
        cleanup: () => {
          stop()
          return Promise.resolve()
        },
      }
    },
  }
}

/** Looking at the file works where notifications do not: mounted volumes, files that are replaced by a rename. */
function watchOfFile(file: string, interval: number): Watch {
  return (look) => {
    watchFile(file, { interval, persistent: false }, () => void look())
    return () => unwatchFile(file)
  }
}

function watchAddress(everyMs: number): Watch {
  return (look) => {
    let timer: NodeJS.Timeout | undefined
    let isOver = false
    const wait = (): void => {
      if (!isOver) timer = setTimeout(() => void look().then(wait), everyMs).unref()
    }
    wait()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }
}

/** Asks for what is newer than the last: where the address tells its versions apart, nothing is sent twice. */
function readerOfAddress(address: string): Read {
  let version: string | null = null
  return async () => {
    const response = await fetch(address, {
      headers: { accept: 'text/plain, */*', ...(version !== null && { 'if-none-match': version }) },
      signal: AbortSignal.timeout(ADDRESS_WITHIN_MS),
    }).catch((error: unknown) => {
      throw new Error(`${new URL(address).host} does not answer`, { cause: error })
    })
    if (response.status === 304) return null
    if (!response.ok) throw new Error(`${new URL(address).host} answers ${response.status}`)
    const text = await response.text()
    version = response.headers.get('etag')
    return text
  }
}
