import { buildSchema, type GraphQLSchema } from 'graphql'
import type { Resolvers } from './gateway-conformance.ts'
import { generator } from './gateway-operations.ts'

type Row = Readonly<Record<string, unknown>> & { readonly __typename: string; readonly id: string }

interface Field {
  readonly name: string
  /** Of a scalar: absent. Of a reference: the type, and whether it is a list. */
  readonly to?: { readonly type: string; readonly list: boolean }
  readonly argument: boolean
  readonly owners: readonly string[]
  /** What it is computed from. */
  readonly from: readonly Needed[]
}

interface Needed {
  readonly field: Field
  readonly x: number
}

const ROOMS = ['north', 'south', 'east', 'west'] as const
const TYPES = ['Ant', 'Bee', 'Cat'] as const
const NUMBERS = ['1', '2', '3']
/** The room where one type stands for all, when there is such a room. */
const STANDING = 'above'

/**
 * A graph made up from a number: fields strewn over subgraphs, computed from each other, with unions that differ; on
 * request with a subgraph that adds to an interface what it knows of all its types (`@interfaceObject`).
 */
export class RandomGraph {
  private readonly random: () => number
  private readonly fields = new Map<string, Field[]>()
  private readonly members = new Map<string, readonly string[]>()
  private readonly seed: number
  /** What is known of all types where one stands for them. */
  private readonly common: readonly Field[]

  constructor(seed: number, { isStanding = false }: { isStanding?: boolean } = {}) {
    this.seed = seed
    const known = { argument: false, owners: [STANDING], from: [] }
    const fields = [
      { ...known, name: 'n0' },
      { ...known, name: 'n1', argument: true },
      { ...known, name: 'n2Node', to: { type: 'Node', list: seed % 2 === 0 } },
    ]
    this.common = isStanding ? fields : []
    this.random = generator(seed)
    for (const room of ROOMS)
      this.members.set(
        room,
        TYPES.filter(() => this.random() < 0.7),
      )
    for (const type of TYPES) this.fields.set(type, this.someFields())
  }

  /** The subgraphs, each as types and resolvers. */
  rooms(): Record<string, readonly [string, Resolvers]> {
    const rooms = ROOMS.map((room) => [room, [this.typesOf(room), this.resolversOf(room)]])
    return Object.fromEntries(this.common.length > 0 ? [...rooms, [STANDING, this.standing()]] : rooms)
  }

  /** The same as one server that knows everything. */
  whole(): { readonly schema: GraphQLSchema; readonly root: unknown } {
    const types = TYPES.map((type) => {
      const own = [...(this.fields.get(type) ?? []), ...this.common]
      const fields = own.map((field) => `${field.name}${this.sdlOf(field)}`)
      return `type ${type} implements Node { id: ID! ${fields.join(' ')} }`
    })
    const any = TYPES.filter((type) => ROOMS.some((room) => this.membersOf(room).includes(type)))
    const rooms = [...ROOMS, ...(this.common.length > 0 ? [STANDING] : [])]
    const roots = rooms.flatMap((room) => this.rootsOf(room).map((root) => `${root.name}: ${root.type}`))
    const common = this.common.map((field) => `${field.name}${this.sdlOf(field)}`)
    const sdl = `${types.join(' ')} interface Node { id: ID! ${common.join(' ')} } union Any = ${any.join(' | ')} type Query { ${roots.join(' ')} }`
    const schema = buildSchema(sdl)
    const root = Object.fromEntries(
      rooms.flatMap((room) => this.rootsOf(room).map(({ name, rows }) => [name, () => this.known(rows)])),
    )
    return { schema, root }
  }

  private someFields(): Field[] {
    const fields: Field[] = []
    const pick = <T>(from: readonly T[]): T => from[Math.floor(this.random() * from.length)] as T
    for (let at = 0; at < 7; at++) {
      const kind = this.random()
      const owner = pick(ROOMS)
      const second = pick(ROOMS)
      const owners = second !== owner && this.random() < 0.25 ? [owner, second] : [owner]
      const plain = fields.filter((field) => !field.to && !field.owners.includes(owner))
      if (kind < 0.3 && plain.length > 0) {
        const from = [pick(plain), pick(plain)].map((field) => ({ field, x: field.argument ? at : 0 }))
        fields.push({
          name: `c${at}`,
          argument: false,
          owners: [owner],
          from: [...new Map(from.map((need) => [need.field.name, need])).values()],
        })
      } else if (kind < 0.6) {
        const type = pick([...TYPES, 'Any', 'Node'])
        const to = { type, list: this.random() < 0.5 }
        fields.push({ name: `r${at}${type}`, to, argument: false, owners: [owner], from: [] })
      } else fields.push({ name: `s${at}`, argument: this.random() < 0.3, owners, from: [] })
    }
    return fields
  }

  /** The members of a room's union, which has some in any case. */
  private membersOf(room: string): readonly string[] {
    const members = this.members.get(room) ?? []
    return members.length > 0 ? members : TYPES
  }

  private rootsOf(room: string) {
    const number = ROOMS.indexOf(room as (typeof ROOMS)[number])
    if (room === STANDING) {
      const rows = TYPES.map((type, at) => rowOf(type, at))
      return [{ name: 'aboveNodes', type: '[Node!]!', rows }]
    }
    const one = TYPES[(number + this.seed) % TYPES.length] ?? 'Ant'
    const mixed = (this.members.get(room) ?? []).map((type, at) => rowOf(type, at))
    const single: Row[] = NUMBERS.map((_, at) => rowOf(one, at))
    return [
      { name: `${room}One`, type: one, rows: single[number % 3] as Row },
      { name: `${room}All`, type: `[${one}!]!`, rows: single },
      ...(mixed.length > 0 ? [{ name: `${room}Any`, type: '[Any]', rows: mixed }] : []),
      { name: `${room}Nodes`, type: '[Node!]!', rows: single },
    ]
  }

  private sdlOf({ to, argument }: Field): string {
    if (!to) return argument ? '(x: Int = 0): String' : ': String'
    return to.list ? `: [${to.type}]` : `: ${to.type}`
  }

  private typesOf(room: string): string {
    const types = TYPES.map((type) => {
      const own = (this.fields.get(type) ?? []).filter(({ owners }) => owners.includes(room))
      const external = new Map(
        own.flatMap(({ from }) =>
          from.map(({ field }) => [field.name, `${field.name}${this.sdlOf(field)} @external`]),
        ),
      )
      const fields = own.map((field) => {
        const needs = field.from.map(({ field: { name, argument }, x }) =>
          argument ? `${name}(x: ${x})` : name,
        )
        const requires = needs.length > 0 ? ` @requires(fields: "${needs.join(' ')}")` : ''
        const shareable = field.owners.length > 1 ? ' @shareable' : ''
        return `${field.name}${this.sdlOf(field)}${requires}${shareable}`
      })
      return `type ${type} implements Node @key(fields: "id") { id: ID! ${[...fields, ...external.values()].join(' ')} }`
    })
    const roots = this.rootsOf(room).map(({ name, type }) => `${name}: ${type}`)
    const union = `union Any = ${this.membersOf(room).join(' | ')}`
    const key = this.common.length > 0 ? '@key(fields: "id") ' : ''
    return `${types.join('\n')}\ninterface Node ${key}{ id: ID! }\n${union}\ntype Query { ${roots.join(' ')} }`
  }

  /** The room that knows but the interface. */
  private standing(): readonly [string, Resolvers] {
    const fields = this.common.map((field) => `${field.name}${this.sdlOf(field)}`)
    const values = this.common.map((field) => [
      field.name,
      ({ id }: Row, { x = 0 }: { readonly x?: number }) =>
        this.value({ id, __typename: typeOf(id) }, field, x),
    ])
    const [root] = this.rootsOf(STANDING)
    return [
      `type Node @key(fields: "id") @interfaceObject { id: ID! ${fields.join(' ')} } type Query { aboveNodes: [Node!]! }`,
      {
        Query: { aboveNodes: () => root?.rows },
        Node: { __resolveReference: ({ id }: Row) => ({ id }), ...Object.fromEntries(values) },
      },
    ]
  }

  private resolversOf(room: string): Resolvers {
    const typed = { __resolveType: (row: Row) => row.__typename }
    const found = { ...typed, __resolveReference: (row: Row) => ({ ...row, __typename: typeOf(row.id) }) }
    const resolvers: Resolvers = { Any: typed, Node: this.common.length > 0 ? found : typed }
    resolvers['Query'] = Object.fromEntries(this.rootsOf(room).map(({ name, rows }) => [name, () => rows]))
    for (const type of TYPES) {
      const own = (this.fields.get(type) ?? []).filter(({ owners }) => owners.includes(room))
      const fields = own.map((field) => [
        field.name,
        (row: Row, given: { readonly x?: number }) => {
          if (field.from.length === 0) return this.value({ ...row, __typename: type }, field, given.x ?? 0)
          return computed(
            field,
            field.from.map(({ field: { name } }) => row[name]),
          )
        },
      ])
      resolvers[type] = { __resolveReference: (row: Row) => row, ...Object.fromEntries(fields) }
    }
    return resolvers
  }

  private value(row: Row, field: Field, x: number): unknown {
    const { __typename: type, id } = row
    const number =
      [...`${type}${id}${field.name}`].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), this.seed) >>>
      0
    if (field.from.length > 0)
      return computed(
        field,
        field.from.map((need) => this.value(row, need.field, need.x)),
      )
    if (!field.to)
      return number % 9 === 0 ? null : `${type}${id}.${field.name}${field.argument ? `(${x})` : ''}`
    const own = this.membersOf(field.owners[0] ?? '')
    const among = field.to.type === 'Any' ? own : field.to.type === 'Node' ? TYPES : [field.to.type]
    const row1 = (at: number): Row => rowOf(among[(number + at) % among.length] ?? 'Ant', (number + at) % 3)
    if (!field.to.list) return number % 7 === 0 ? null : row1(0)
    return Array.from({ length: number % 4 }, (_, at) => (number % 5 === at ? null : row1(at)))
  }

  /** A row that knows all its fields, for the server that knows everything. */
  private known(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.known(one))
    if (typeof value !== 'object' || value === null) return value
    const row = value as Row
    const own = [...(this.fields.get(row.__typename) ?? []), ...this.common]
    const fields = own.map((field) => [
      field.name,
      ({ x = 0 }: { readonly x?: number }) => this.known(this.value(row, field, x)),
    ])
    return { ...row, ...Object.fromEntries(fields) }
  }
}

/** An object, whose id tells its type. */
function rowOf(type: string, at: number): Row {
  return { __typename: type, id: `${type.slice(0, 1)}${NUMBERS[at] ?? '1'}` }
}

function typeOf(id: string): string {
  return TYPES.find((type) => type.startsWith(id.slice(0, 1))) ?? 'Ant'
}

function computed({ name }: Field, from: readonly unknown[]): string {
  if (from.includes(undefined)) throw new Error(`${name} is not told what it is computed from`)
  return `${name}[${from.map(String).join()}]`
}
