import {
  ROOMS,
  rowOf,
  STANDING,
  TYPES,
  typeOf,
  type Dice,
  type Features,
  type Row,
} from './gateway-random-shape.ts'

export interface Root {
  readonly name: string
  readonly type: string
  readonly rows: Row | readonly Row[]
}

const BY_ID = ['id']
/** The keys among which a subgraph has one: of a type that it also knows by a number, and of one with a key in parts. */
const BY_SKU = [['id'], ['id', 'sku'], ['sku', 'id'], ['sku']]
const IN_PARTS = [['id'], ['id org { code }'], ['id org { code part { no } }'], ['org { code }']]

/** Which subgraphs a random graph has, by which keys each finds objects, and which types are in its union and interfaces. */
export class Layout {
  /** The subgraphs that know the types. */
  readonly rooms: readonly string[]
  readonly features: Features
  private readonly keys: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  private readonly members: ReadonlyMap<string, readonly string[]>
  private readonly partial: ReadonlyMap<string, readonly string[]>

  constructor(dice: Dice, features: Features, size: number) {
    this.features = features
    this.rooms = ROOMS.slice(0, size)
    this.keys = new Map(TYPES.map((type) => [type, this.someKeys(dice)]))
    this.members = new Map(this.rooms.map((room) => [room, TYPES.filter(() => dice.chance(0.7))]))
    const some = (room: string) =>
      TYPES.filter((type) => type !== 'Bee' && this.hasId(room, type) && dice.chance(0.75))
    this.partial = new Map(features.has('partial') ? this.rooms.map((room) => [room, some(room)]) : [])
  }

  /** All subgraphs, also the one where a type stands for all. */
  get all(): readonly string[] {
    return this.features.has('standing') ? [...this.rooms, STANDING] : this.rooms
  }

  keysOf(room: string, type: string): readonly string[] {
    return this.keys.get(type)?.get(room) ?? BY_ID
  }

  /** All keys of a type, as one text. */
  allKeys(type: string): string {
    return this.rooms.flatMap((room) => this.keysOf(room, type)).join(' ')
  }

  hasId(room: string, type: string): boolean {
    return this.keysOf(room, type).some((key) => /\bid\b/.test(key))
  }

  /** The members of a subgraph's union, which has some in any case. */
  membersOf(room: string): readonly string[] {
    const members = this.members.get(room) ?? []
    return members.length > 0 ? members : TYPES
  }

  partialOf(room: string): readonly string[] {
    return this.partial.get(room) ?? []
  }

  nodesOf(room: string): readonly string[] {
    return room === STANDING ? TYPES : TYPES.filter((type) => this.hasId(room, type))
  }

  /** Which types the objects of a field may have, whichever of these subgraphs is asked. */
  among(to: string, rooms: readonly string[]): readonly string[] {
    const possible = (room: string): readonly string[] => {
      if (to === 'Any') return this.membersOf(room)
      if (to === 'Node') return this.nodesOf(room)
      return to === 'Odd' ? this.partialOf(room) : [to]
    }
    return rooms.map(possible).reduce((some, others) => some.filter((type) => others.includes(type)))
  }

  /** Where a client may begin. */
  rootsOf(room: string, seed: number): readonly Root[] {
    if (room === STANDING)
      return [
        { name: 'aboveNodes', type: '[Node!]!', rows: TYPES.map((type, at) => rowOf(type, at)) },
        { name: 'aboveNode', type: 'Node', rows: rowOf('Bee', 0) },
      ]
    const number = this.rooms.indexOf(room)
    const one = TYPES[(number + seed) % TYPES.length] ?? 'Ant'
    const rows = [0, 1, 2].map((at) => rowOf(one, at))
    const several = (name: string, type: string, types: readonly string[], from: number): Root[] =>
      types.length === 0
        ? []
        : [{ name: `${room}${name}`, type, rows: types.map((each, at) => rowOf(each, at + from)) }]
    return [
      { name: `${room}One`, type: one, rows: rowOf(one, number % 3) },
      { name: `${room}All`, type: `[${one}!]!`, rows },
      ...several('Any', '[Any]', this.members.get(room) ?? [], 0),
      ...several('Nodes', '[Node!]!', this.nodesOf(room), 1),
      ...several('Odds', '[Odd]', this.partialOf(room), 0),
    ]
  }

  private someKeys(dice: Dice): ReadonlyMap<string, readonly string[]> {
    if (!this.features.has('keys')) return new Map()
    const scheme = dice.pick([[BY_ID], BY_SKU, IN_PARTS])
    // Where one type stands for all, each is known by its id.
    const fitting = scheme.filter((keys) => !this.features.has('standing') || keys.join().includes('id'))
    const [first = '', ...others] = this.rooms
    const drawn = new Map(others.map((room) => [room, dice.pick(fitting)]))
    return new Map([...drawn, [first, [...new Set(['id', ...[...drawn.values()].flat()])]]])
  }
}

/** The type that a value is of: subgraphs tell objects of a standing type by their ids. */
export function typeNameOf(row: Readonly<Record<string, unknown>>, id: string): string {
  return typeof row['__typename'] === 'string' && row['__typename'] !== 'Node'
    ? row['__typename']
    : typeOf(id)
}
