import type { Layout } from './gateway-random-layout.ts'
import { rowOf, TYPES, type Field, type Need, type Row } from './gateway-random-shape.ts'

/** What the fields of a random graph say: the same, whoever is asked. */
export class Values {
  private readonly seed: number
  private readonly layout: Layout
  /** What others are computed from, or is provided: it never fails, so that one failure is not another's. */
  private readonly spared: ReadonlySet<Field>

  constructor(seed: number, layout: Layout, fields: readonly Field[]) {
    this.seed = seed
    this.layout = layout
    this.spared = new Set(
      fields.flatMap(({ needs, provides }) => [
        ...needs.flatMap(({ path, members = [] }) => [...path, ...members.map(({ field }) => field)]),
        ...[...provides.values()].flatMap((all) => all.map(({ field }) => field)),
      ]),
    )
  }

  /** The value of a field of an object. */
  of(row: Row, field: Field, x: number): unknown {
    const type = field.type === 'Node' ? 'Node' : row.__typename
    const text = `${type}${row.id}${field.name}`
    const number = [...text].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), this.seed) >>> 0
    if (field.needs.length > 0)
      return computed(
        field,
        field.needs.map((need) => this.told(row, need, need.path)),
      )
    if (this.layout.features.has('failing') && !this.spared.has(field) && !field.moved && number % 7 === 1)
      throw new Error(`${field.name} failed`)
    const isNull = !field.isNeverNull && number % 9 === 0
    if (!field.to) return isNull ? null : `${type}${row.id}.${field.name}${field.argument ? `(${x})` : ''}`
    const among = this.layout.among(field.to.type, field.owners)
    const one = (at: number) => rowOf(among[(number + at) % among.length] ?? TYPES[0], (number + at) % 3)
    if (!field.to.list) return isNull ? null : one(0)
    return Array.from({ length: number % 4 }, (_, at) => (number % 5 === at ? null : one(at)))
  }

  /** What a computed field is told by whoever knows it. */
  private told(row: Row, need: Need, path: readonly Field[]): unknown {
    const [first, ...rest] = path
    if (!first) return toldOfMember(row, need, (field) => this.of(row, field, 0))
    const value = this.of(row, first, rest.length > 0 ? 0 : need.x)
    if (!first.to) return value
    return throughout(value, (inner) => this.told(inner, need, rest))
  }
}

/** What a subgraph was told of an object that it computes a field of. */
export function toldIn(row: Readonly<Record<string, unknown>>, need: Need, path = need.path): unknown {
  const [first, ...rest] = path
  if (!first) return toldOfMember(row as Row, need, (field) => row[field.name])
  const value = row[first.name]
  if (!first.to) return value
  return throughout(value, (inner) => toldIn(inner, need, rest))
}

/** A field of what is there; what it was not told is nothing it could compute from. */
export function computed({ name }: Field, told: readonly unknown[]): string {
  return `${name}[${told.map((value) => JSON.stringify(value, refusingUndefined)).join()}]`
}

function refusingUndefined(_name: string, value: unknown): unknown {
  if (value === undefined) throw new Error('a computed field is not told what it is computed from')
  return value
}

function toldOfMember(row: Row, { members = [] }: Need, ask: (field: Field) => unknown): unknown {
  const member = members.find(({ on }) => on === row.__typename)
  return member ? ask(member.field) : 'other'
}

/** Tells null from an object of which null is told. */
function throughout(value: unknown, tell: (row: Row) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => throughout(one, tell))
  if (value === null || value === undefined) return value
  return { told: tell(value as Row) }
}
