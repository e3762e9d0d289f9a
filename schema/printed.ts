import { settingsSchema } from '@hub/gateway/settings-file.ts'
import { catalogues } from './catalogues.ts'
import { compose, sdlOf, type Composed, type Subgraph } from './compose.ts'
import { errorList } from './error-list.ts'
import { graphRooms } from './rooms.ts'

/** What the code says now. */
export interface Printed extends Composed {
  readonly subgraphs: readonly Subgraph[]
  /** File name under `schema/` → its text. */
  readonly files: ReadonlyMap<string, string>
}

/** Prints every file of the contract that is made from code. */
export async function printContract(): Promise<Printed> {
  const subgraphs = await Promise.all(
    graphRooms.map(async ({ name, url, load }) => ({ name, url, sdl: sdlOf((await load()).schema) })),
  )
  const composed = compose(subgraphs)
  const files = new Map(subgraphs.map(({ name, sdl }) => [`${name}.graphql`, sdl]))
  files.set('supergraph.graphql', composed.supergraph)
  files.set('ERRORS.md', errorList(catalogues))
  files.set('gateway-settings.json', settingsSchema())
  return { ...composed, subgraphs, files }
}
