import { buildSchema, type GraphQLSchema } from 'graphql'
import type { Resolvers } from './gateway-conformance.ts'
import { FieldMaker } from './gateway-random-fields.ts'
import { Layout, typeNameOf } from './gateway-random-layout.ts'
import {
  Dice,
  idOf,
  orgOf,
  skuOf,
  STANDING,
  TYPES,
  typeOf,
  type Features,
  type Field,
  type Row,
} from './gateway-random-shape.ts'
import { TypeWriter, type Fields } from './gateway-random-types.ts'
import { computed, toldIn, Values } from './gateway-random-values.ts'

interface Given {
  readonly x?: number
}

type Told = Readonly<Record<string, unknown>>

/**
 * A graph made up from a number: fields strewn over subgraphs and computed from each other, with unions that differ, and
 * with whatever features are asked for.
 */
export class RandomGraph {
  readonly layout: Layout
  readonly fields: Fields
  private readonly seed: number
  private readonly values: Values
  private readonly types: TypeWriter

  constructor(seed: number, features: Features, size = 4) {
    const dice = new Dice(seed)
    this.seed = seed
    this.layout = new Layout(dice, features, size)
    const made = new FieldMaker(dice, this.layout)
    this.fields = new Map([...made.fields, ['Node', made.standing]])
    this.values = new Values(seed, this.layout, [...this.fields.values()].flat())
    this.types = new TypeWriter(seed, this.layout, this.fields)
  }

  /** The subgraphs, each as types and resolvers. */
  rooms(): Record<string, readonly [string, Resolvers]> {
    return Object.fromEntries(
      this.layout.all.map((room) => [room, [this.types.ofRoom(room), this.resolversOf(room)]]),
    )
  }

  /** The same as one server that knows everything. */
  whole(): { readonly schema: GraphQLSchema; readonly root: unknown } {
    const schema = buildSchema(this.types.whole())
    const roots = this.layout.all.flatMap((room) => {
      const all = this.layout.rootsOf(room, this.seed)
      const done = all.slice(0, 1).map(({ rows }) => ({ name: `${room}Do`, rows }))
      return [...all, ...done].map(({ name, rows }) => [name, () => this.known(rows)])
    })
    return { schema, root: Object.fromEntries(roots) }
  }

  private fieldsOf(type: string): readonly Field[] {
    return this.fields.get(type) ?? []
  }

  private resolversOf(room: string): Resolvers {
    const roots = this.layout.rootsOf(room, this.seed)
    const done = this.layout.features.has('mutation') ? { [`${room}Do`]: () => roots[0]?.rows } : undefined
    const queries = Object.fromEntries(roots.map(({ name, rows }) => [name, () => rows]))
    const resolvers: Resolvers = { Query: queries, ...(done && { Mutation: done }) }
    if (room === STANDING) {
      const fields = this.resolversOfFields(this.fieldsOf('Node'), room)
      return { ...resolvers, Node: { __resolveReference: (row: Told) => ({ id: row['id'] }), ...fields } }
    }
    const typed = { __resolveType: (row: Row) => row.__typename }
    const found = (row: Told) => ({ ...row, __typename: typeOf(idOf(row)) })
    if (this.layout.nodesOf(room).length > 0) resolvers['Node'] = { ...typed, __resolveReference: found }
    if (this.layout.partialOf(room).length > 0) resolvers['Odd'] = typed
    resolvers['Any'] = typed
    if (this.fields.has('Box')) resolvers['Box'] = this.resolversOfFields(this.fieldsOf('Box'), room)
    for (const type of TYPES) {
      const own = this.fieldsOf(type).filter(({ owners }) => owners.includes(room))
      resolvers[type] = {
        __resolveReference: (row: Told) => ({ ...row, __typename: type, id: idOf(row) }),
        id: idOf,
        sku: (row: Told) => skuOf(idOf(row)),
        org: (row: Told) => orgOf(idOf(row)),
        ...this.resolversOfFields(own, room),
      }
    }
    return resolvers
  }

  private resolversOfFields(fields: readonly Field[], room: string): Resolvers[string] {
    const resolve =
      (field: Field) =>
      (row: Told, { x = 0 }: Given) => {
        const { moved, needs } = field
        if (moved && room === (moved.isOn ? moved.from : moved.to)) return `moved away: ${field.name}`
        if (needs.length > 0)
          return computed(
            field,
            needs.map((need) => toldIn(row, need)),
          )
        const id = idOf(row)
        const value = this.values.of({ ...row, id, __typename: typeNameOf(row, id) }, field, x)
        return this.withProvided(value, field, room)
      }
    return Object.fromEntries(fields.map((field) => [field.name, resolve(field)]))
  }

  /** Objects as a subgraph hands them out, with what it provides of them. */
  private withProvided(value: unknown, field: Field, room: string): unknown {
    if (Array.isArray(value)) return value.map((one) => this.withProvided(one, field, room))
    if (!isRow(value)) return value
    const said = (field.provides.get(room) ?? [])
      .filter(({ on }) => on === value.__typename)
      .map(({ field: provided }) => [provided.name, this.values.of(value, provided, 0)])
    return { ...value, ...Object.fromEntries(said) }
  }

  /** A row that knows all its fields, for the server that knows everything. */
  private known(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.known(one))
    if (!isRow(value)) return value
    const isKeyed = value.__typename !== 'Box'
    const own = [...this.fieldsOf(value.__typename), ...(isKeyed ? this.fieldsOf('Node') : [])]
    const fields = own.map((field) => [
      field.name,
      ({ x = 0 }: Given) => this.known(this.values.of(value, field, x)),
    ])
    return { ...value, sku: skuOf(value.id), org: orgOf(value.id), ...Object.fromEntries(fields) }
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null
}
