import { generator } from './gateway-operations.ts'

/** What a graph made up at random may have beyond fields strewn over subgraphs and computed from each other. */
export const FEATURES = [
  /** One more subgraph that adds to an interface what it knows of all its types (`@interfaceObject`). */
  'standing',
  /** Objects found by one of several keys, which differ between subgraphs, some of more than one field. */
  'keys',
  /** Fields computed from fields of what they refer to. */
  'nested',
  'provides',
  /** Fields that move from one subgraph to another: all of them, or under a label. */
  'moved',
  /** An interface that some subgraphs do not know, and others of fewer types. */
  'partial',
  /** An interface with a field of its own, which a subgraph knows only where it has that of all its types. */
  'common',
  /** Objects without a key, which hold references. */
  'values',
  /** A field computed from what the members of a union say. */
  'unions',
  /** Fields that clients do not see and others are computed from. */
  'hidden',
  'mutation',
  /** Operations with parts that come later. */
  'defer',
  /** Resolvers that throw, and fields that are never null. */
  'failing',
] as const

export type Feature = (typeof FEATURES)[number]
export type Features = ReadonlySet<Feature>

export type Row = Readonly<Record<string, unknown>> & { readonly __typename: string; readonly id: string }

export interface Field {
  readonly name: string
  /** The type whose field it is. */
  readonly type: string
  /** Of a scalar: absent. Of a reference: the type, and whether it is a list. */
  readonly to?: Reference | undefined
  readonly argument: boolean
  readonly owners: readonly string[]
  /** What it is computed from. */
  readonly needs: readonly Need[]
  /** By owner what that one says of the objects referred to. */
  readonly provides: Map<string, readonly Provided[]>
  readonly moved?: Moved | undefined
  readonly isHidden?: boolean
  readonly isNeverNull?: boolean
}

export interface Reference {
  readonly type: string
  readonly list: boolean
}

/** A way to a field, and the argument that it is asked with. */
export interface Need {
  readonly path: readonly Field[]
  readonly x: number
  /** At the end of the way, by member of a union, what is asked of it. */
  readonly members?: readonly Provided[]
}

export interface Provided {
  readonly on: string
  readonly field: Field
}

export interface Moved {
  readonly from: string
  readonly to: string
  /** Absent where it has moved for everybody. */
  readonly label?: string
  readonly isOn: boolean
}

/** The subgraphs, of which the first knows an object by any of its keys. */
export const ROOMS = ['north', 'south', 'east', 'west', 'middle', 'edge'] as const
export const TYPES = ['Ant', 'Bee', 'Cat'] as const
const NUMBERS = ['1', '2', '3'] as const
/** The subgraph where one type stands for all. */
export const STANDING = 'above'

/** An object, whose id tells its type. */
export function rowOf(type: string, at: number): Row {
  return { __typename: type, id: `${type.slice(0, 1)}${NUMBERS[at % NUMBERS.length]}` }
}

export function typeOf(id: string): string {
  return TYPES.find((type) => type.startsWith(id.slice(0, 1))) ?? 'Ant'
}

export const skuOf = (id: string): string => `sku-${id}`
export const orgOf = (id: string) => ({ code: `o${id}`, part: { no: `p${id}` } })

/** The id of an object of which a subgraph is told some keys, which have to be those of one object. */
export function idOf(row: Readonly<Record<string, unknown>>): string {
  const { id, sku, org } = row as { id?: string; sku?: string; org?: { code?: string } }
  const told = [id ?? [], sku?.slice('sku-'.length) ?? [], org?.code?.slice(1) ?? []].flat()
  const [first] = told
  if (first === undefined || told.some((other) => other !== first))
    throw new Error(`no key in ${JSON.stringify(row)}`)
  return first
}

/** Draws by chance, the same for the same seed. */
export class Dice {
  private readonly random: () => number

  constructor(seed: number) {
    this.random = generator(seed)
  }

  chance(of: number): boolean {
    return this.random() < of
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit)
  }

  pick<Item>(from: readonly Item[]): Item {
    const item = from[this.below(from.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
}
