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
const IDS = ['1', '2', '3']

/** A graph made up from a number: fields strewn over subgraphs, computed from each other, with unions that differ. */
export class RandomGraph {
  private readonly random: () => number
  private readonly fields = new Map<string, Field[]>()
  private readonly members = new Map<string, readonly string[]>()
  private readonly seed: number

  constructor(seed: number) {
    this.seed = seed
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
    return Object.fromEntries(ROOMS.map((room) => [room, [this.typesOf(room), this.resolversOf(room)]]))
  }

  /** The same as one server that knows everything. */
  whole(): { readonly schema: GraphQLSchema; readonly root: unknown } {
    const types = TYPES.map((type) => {
      const fields = (this.fields.get(type) ?? []).map((field) => `${field.name}${this.sdlOf(field)}`)
      return `type ${type} implements Node { id: ID! ${fields.join(' ')} }`
    })
    const any = TYPES.filter((type) => ROOMS.some((room) => this.membersOf(room).includes(type)))
    const roots = ROOMS.flatMap((room) => this.rootsOf(room).map((root) => `${root.name}: ${root.type}`))
    const sdl = `${types.join(' ')} interface Node { id: ID! } union Any = ${any.join(' | ')} type Query { ${roots.join(' ')} }`
    const schema = buildSchema(sdl)
    const root = Object.fromEntries(
      ROOMS.flatMap((room) => this.rootsOf(room).map(({ name, rows }) => [name, () => this.known(rows)])),
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
    const one = TYPES[(number + this.seed) % TYPES.length] ?? 'Ant'
    const mixed = (this.members.get(room) ?? []).map((type, at) => ({ __typename: type, id: IDS[at] ?? '1' }))
    const single: Row[] = IDS.map((id) => ({ __typename: one, id }))
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
    return `${types.join('\n')}\ninterface Node { id: ID! }\n${union}\ntype Query { ${roots.join(' ')} }`
  }

  private resolversOf(room: string): Resolvers {
    const typed = { __resolveType: (row: Row) => row.__typename }
    const resolvers: Resolvers = { Any: typed, Node: typed }
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
    const row1 = (at: number): Row => ({
      __typename: among[(number + at) % among.length] ?? 'Ant',
      id: IDS[(number + at) % 3] ?? '1',
    })
    if (!field.to.list) return number % 7 === 0 ? null : row1(0)
    return Array.from({ length: number % 4 }, (_, at) => (number % 5 === at ? null : row1(at)))
  }

  /** A row that knows all its fields, for the server that knows everything. */
  private known(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.known(one))
    if (typeof value !== 'object' || value === null) return value
    const row = value as Row
    const fields = (this.fields.get(row.__typename) ?? []).map((field) => [
      field.name,
      ({ x = 0 }: { readonly x?: number }) => this.known(this.value(row, field, x)),
    ])
    return { ...row, ...Object.fromEntries(fields) }
  }
}

function computed({ name }: Field, from: readonly unknown[]): string {
  if (from.includes(undefined)) throw new Error(`${name} is not told what it is computed from`)
  return `${name}[${from.map(String).join()}]`
}
