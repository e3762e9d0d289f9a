import type { Layout } from './gateway-random-layout.ts'
import { STANDING, TYPES, type Field, type Need } from './gateway-random-shape.ts'

/** The fields of a random graph, by type; those of the interface that stands for all under its name. */
export type Fields = ReadonlyMap<string, readonly Field[]>

/** Writes the types of a random graph: as each subgraph has them, and as one server that knows everything has them. */
export class TypeWriter {
  private readonly layout: Layout
  private readonly fields: Fields
  private readonly seed: number
  private readonly provided: ReadonlySet<Field>

  constructor(seed: number, layout: Layout, fields: Fields) {
    this.layout = layout
    this.fields = fields
    this.seed = seed
    const all = [...fields.values()].flat()
    this.provided = new Set(
      all.flatMap(({ provides }) => [...provides.values()].flatMap((list) => list.map(({ field }) => field))),
    )
  }

  ofRoom(room: string): string {
    const { layout } = this
    const roots = this.roots([room])
    if (room === STANDING) {
      const fields = this.fieldsOf('Node').map((field) => plain(field))
      return `type Node @key(fields: "id") @interfaceObject { id: ID! ${fields.join(' ')} }\n${roots}`
    }
    const nodes = layout.nodesOf(room)
    const partial = layout.partialOf(room)
    const external = this.externalIn(room)
    const types = TYPES.map((type) => {
      const keys = layout.keysOf(room, type)
      const own = this.fieldsOf(type).filter(({ owners }) => owners.includes(room))
      const fields = [...own.map((field) => this.withDirectives(field, room)), ...(external.get(type) ?? [])]
      const keyed = keys.map((key) => `@key(fields: "${key}")`).join(' ')
      const of = implementing([nodes.includes(type) ? 'Node' : [], partial.includes(type) ? 'Odd' : []])
      return `type ${type}${of} ${keyed} { ${keyFields(keys.join(' '))} ${fields.join(' ')} }`
    })
    const knowsAll = TYPES.every((type) => layout.keysOf(room, type).includes('id'))
    const key = layout.features.has('standing') && knowsAll ? '@key(fields: "id") ' : ''
    const tag = this.hasTag(room) ? 'tag: String' : ''
    return [
      ...types,
      ...(nodes.length > 0 ? [`interface Node ${key}{ id: ID! ${tag} }`] : []),
      ...(partial.length > 0 ? ['interface Odd { id: ID! }'] : []),
      `union Any = ${layout.membersOf(room).join(' | ')}`,
      ...this.keyless(TYPES.map((type) => layout.keysOf(room, type).join(' ')).join(' '), '@shareable '),
      roots,
    ].join('\n')
  }

  whole(): string {
    const { layout } = this
    const { all, rooms } = layout
    const standing = this.fieldsOf('Node').map((field) => plain(field))
    const isNode = new Set(rooms.flatMap((room) => layout.nodesOf(room)))
    const isPartial = new Set(rooms.flatMap((room) => layout.partialOf(room)))
    const types = TYPES.map((type) => {
      const of = implementing([isNode.has(type) ? 'Node' : [], isPartial.has(type) ? 'Odd' : []])
      const own = this.fieldsOf(type).filter(({ isHidden }) => !isHidden)
      const fields = [...own.map((field) => plain(field)), ...standing]
      return `type ${type}${of} { ${keyFields(`id ${layout.allKeys(type)}`)} ${fields.join(' ')} }`
    })
    const any = TYPES.filter((type) => rooms.some((room) => layout.membersOf(room).includes(type)))
    const tag = rooms.some((room) => this.hasTag(room)) ? 'tag: String' : ''
    return [
      ...types,
      `interface Node { id: ID! ${tag} ${standing.join(' ')} }`,
      ...(isPartial.size > 0 ? ['interface Odd { id: ID! }'] : []),
      `union Any = ${any.join(' | ')}`,
      ...this.keyless(TYPES.map((type) => layout.allKeys(type)).join(' '), ''),
      this.roots(all),
    ].join('\n')
  }

  private fieldsOf(type: string): readonly Field[] {
    return this.fields.get(type) ?? []
  }

  private roots(rooms: readonly string[]): string {
    const roots = rooms.map((room) => this.layout.rootsOf(room, this.seed))
    const queries = roots.flat().map(({ name, type }) => `${name}: ${type}`)
    const mutations = rooms.map((room, at) => `${room}Do: ${roots[at]?.[0]?.type ?? ''}`)
    const mutation = this.layout.features.has('mutation') ? `type Mutation { ${mutations.join(' ')} }` : ''
    return `type Query { ${queries.join(' ')} } ${mutation}`
  }

  private keyless(keys: string, shareable: string): string[] {
    const box = this.fieldsOf('Box').map((field) => plain(field))
    const org = `type Org ${shareable}{ code: ID! part: Part } type Part ${shareable}{ no: ID! }`
    return [
      ...(box.length > 0 ? [`type Box ${shareable}{ ${box.join(' ')} }`] : []),
      ...(keys.includes('org') ? [org] : []),
    ]
  }

  /** Whether a subgraph has the interface's own field of all its types. */
  private hasTag(room: string): boolean {
    const nodes = this.layout.nodesOf(room)
    const has = (type: string) =>
      this.fieldsOf(type).some(({ name, owners }) => name === 'tag' && owners.includes(room))
    return nodes.length > 0 && nodes.every(has)
  }

  /** By type the fields of others that a subgraph computes its own from, or provides. */
  private externalIn(room: string): ReadonlyMap<string, ReadonlySet<string>> {
    const external = new Map<string, Set<string>>(TYPES.map((type) => [type, new Set()]))
    for (const { owners, needs, provides } of TYPES.flatMap((type) => this.fieldsOf(type))) {
      if (!owners.includes(room)) continue
      const used = [
        ...needs.flatMap(({ path, members = [] }) => [...path, ...members.map(({ field }) => field)]),
        ...(provides.get(room) ?? []).map(({ field }) => field),
      ]
      for (const field of used)
        if (!field.owners.includes(room)) external.get(field.type)?.add(`${plain(field)} @external`)
    }
    return external
  }

  private withDirectives(field: Field, room: string): string {
    const { moved, owners, needs, provides, to } = field
    const label = moved?.label === undefined ? '' : `, label: "${moved.label}"`
    const provided = (provides.get(room) ?? []).map(({ on, field: { name } }) =>
      to?.type === on ? name : `... on ${on} { ${name} }`,
    )
    return [
      plain(field),
      needs.length > 0 ? `@requires(fields: "${needs.map((need) => needed(need)).join(' ')}")` : '',
      provided.length > 0 ? `@provides(fields: "${provided.join(' ')}")` : '',
      !moved && (owners.length > 1 || this.provided.has(field)) ? '@shareable' : '',
      moved?.to === room ? `@override(from: "${moved.from}"${label})` : '',
      field.isHidden ? '@inaccessible' : '',
    ].join(' ')
  }
}

/** A field without its directives. */
function plain({ name, to, argument, isNeverNull }: Field): string {
  const type = to ? (to.list ? `[${to.type}]` : to.type) : 'String'
  return `${name}${argument ? '(x: Int = 0)' : ''}: ${type}${isNeverNull ? '!' : ''}`
}

function needed({ path, x, members = [] }: Need): string {
  const inner = members.map(({ on, field }) => `... on ${on} { ${field.name} }`).join(' ')
  return path.reduceRight((below, { name, argument }) => {
    const asked = argument && below === '' ? `${name}(x: ${x})` : name
    return below === '' ? asked : `${asked} { ${below} }`
  }, inner)
}

function keyFields(keys: string): string {
  const fields = [
    /\bid\b/.test(keys) ? 'id: ID!' : '',
    /sku/.test(keys) ? 'sku: ID!' : '',
    /org/.test(keys) ? 'org: Org!' : '',
  ]
  return fields.join(' ')
}

function implementing(interfaces: readonly (string | never[])[]): string {
  const names = interfaces.flat()
  return names.length > 0 ? ` implements ${names.join(' & ')}` : ''
}
