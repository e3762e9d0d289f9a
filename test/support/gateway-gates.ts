import { startSubgraphs, type Subgraphs } from './gateway-subgraphs.ts'

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`

/** A supergraph whose answers wait behind gates that a test opens, so that it decides what comes when. */
export interface Gates extends Subgraphs {
  /** What was asked, in order. */
  readonly asked: string[]
  open(gate: string): void
  /** Waits until something has been asked for. */
  reached(gate: string): Promise<void>
}

export async function startGates(): Promise<Gates> {
  const gates = new Map<string, { reached: PromiseWithResolvers<void>; opened: PromiseWithResolvers<void> }>()
  const gate = (name: string) => {
    const known = gates.get(name) ?? { reached: Promise.withResolvers(), opened: Promise.withResolvers() }
    gates.set(name, known)
    return known
  }
  const asked: string[] = []
  const behind = (name: string) => async (): Promise<string> => {
    asked.push(name)
    gate(name).reached.resolve()
    await gate(name).opened.promise
    return name
  }
  const subgraphs = await startSubgraphs(
    {
      rooms: `${HEAD} type Query { room: Room! } type Room @key(fields: "id") { id: ID! name: String! }`,
      left: `${HEAD} type Room @key(fields: "id") { id: ID! left: String! door: Door }
             type Door @key(fields: "id", resolvable: false) { id: ID! }`,
      right: `${HEAD} type Room @key(fields: "id") { id: ID! right: String! }
              type Door @key(fields: "id") { id: ID! lock: String! }`,
    },
    {
      rooms: {
        Query: { room: () => ({ id: '1', name: 'hall' }) },
        Room: { __resolveReference: () => ({ id: '1', name: 'hall' }) },
      },
      left: {
        Room: {
          __resolveReference: (room: unknown) => room,
          left: behind('left'),
          door: async () => ({ id: await behind('door')() }),
        },
      },
      right: {
        Room: { __resolveReference: (room: unknown) => room, right: behind('right') },
        Door: { __resolveReference: (door: unknown) => door, lock: behind('lock') },
      },
    },
  )
  return {
    ...subgraphs,
    asked,
    open: (name) => gate(name).opened.resolve(),
    reached: (name) => gate(name).reached.promise,
  }
}
