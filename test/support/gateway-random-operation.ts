import {
  doTypesOverlap,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql'
import { Dice } from './gateway-random-shape.ts'

export interface Asked {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

interface Wishes {
  readonly defers?: boolean
  readonly isMutation?: boolean
  readonly depth?: number
}

/** More selections than this make an operation no better. */
const MOST = 150
/** Longer ones are left to those who measure. */
const LONGEST = 3_000
/** Names under which clients may ask for a field, that subgraphs have for others. */
const TAKEN = ['id', 'sku', 'org', 's0', 's1', 'c1', 'r2Any', '__x', 'code']
const CONDITIONS = [
  ' @include(if: $yes)',
  ' @include(if: $no)',
  ' @skip(if: $no)',
  ' @skip(if: $yes)',
  ' @skip(if: $no) @include(if: $yes)',
  ' @include(if: $maybe)',
  ' @skip(if: $maybe)',
]

/** Makes an operation that fits the schema of a random graph: the same for the same seed. */
export function operationFor(schema: GraphQLSchema, seed: number, wishes: Wishes = {}): Asked {
  for (let another = 0; ; another++) {
    const asked = new Writer(schema, new Dice((seed ^ 0x5bd1e995) + another * 7_919), wishes).operation()
    if (asked.query.length > LONGEST) continue
    if (validate(schema, parse(withoutDefer(asked.query))).length === 0) return asked
  }
}

/** The operation for a server that answers at once. */
export function withoutDefer(query: string): string {
  return query.replaceAll(/ @defer(\([^)]*\))?/g, '')
}

class Writer {
  private readonly schema: GraphQLSchema
  private readonly dice: Dice
  private readonly wishes: Wishes
  private readonly composites: readonly GraphQLCompositeType[]
  private readonly fragments: string[] = []
  private names = 0
  private selections = 0

  constructor(schema: GraphQLSchema, dice: Dice, wishes: Wishes) {
    this.schema = schema
    this.dice = dice
    this.wishes = wishes
    const roots = new Set([schema.getQueryType()?.name, schema.getMutationType()?.name])
    this.composites = Object.values(schema.getTypeMap())
      .filter(isCompositeType)
      .filter(({ name }) => !name.startsWith('__') && !roots.has(name))
  }

  operation(): Asked {
    const { dice, wishes } = this
    const kind = wishes.isMutation ? 'mutation' : 'query'
    const root = wishes.isMutation ? this.schema.getMutationType() : this.schema.getQueryType()
    if (!root) throw new Error(`the schema has no ${kind}`)
    const body = wishes.isMutation
      ? this.mutation(Object.values(root.getFields()))
      : this.select(root, this.depth)
    const text = [body.slice(1), ...this.fragments].join('\n')
    const isCounted = text.includes('$n')
    const declared = [
      '$yes: Boolean!',
      '$no: Boolean = false',
      '$maybe: Boolean!',
      ...(isCounted ? ['$n: Int'] : []),
    ]
    const used = 'used: __typename @include(if: $yes) @skip(if: $no) other: __typename @skip(if: $maybe)'
    const variables = { yes: true, no: dice.chance(0.5), maybe: dice.chance(0.5) }
    return {
      query: `${kind} (${declared.join(', ')}) { ${used} ${text}`,
      variables: isCounted ? { ...variables, n: dice.below(4) } : variables,
    }
  }

  private get depth(): number {
    return this.wishes.depth ?? 4
  }

  private mutation(fields: readonly GraphQLField<unknown, unknown>[]): string {
    const some = fields
      .filter(() => this.dice.chance(0.6))
      .map((field) => {
        const type = getNamedType(field.type)
        return `m${this.names++}: ${field.name} ${isCompositeType(type) ? this.select(type, this.depth - 1) : ''}`
      })
    return `{ ${some.join(' ')} done: __typename }`
  }

  private select(type: GraphQLCompositeType, depth: number): string {
    if (++this.selections > MOST) return '{ __typename }'
    const { dice } = this
    const parts: string[] = dice.chance(0.15) ? ['__typename'] : []
    if (!isUnionType(type)) parts.push(...this.fields(Object.values(type.getFields()), depth))
    if (depth > -3) {
      for (const other of this.composites) {
        if (
          other === type ||
          !doTypesOverlap(this.schema, other, type) ||
          !dice.chance(this.likely(type, other))
        )
          continue
        parts.push(this.fragment(other, depth - 1))
      }
      if (dice.chance(this.wishes.defers ? 0.3 : 0.1))
        parts.push(`...${this.condition(0.3)}${this.later()} ${this.select(type, depth - 1)}`)
    }
    return `{ ${(parts.length > 0 ? parts : ['__typename']).join(' ')} }`
  }

  private fields(all: readonly GraphQLField<unknown, unknown>[], depth: number): string[] {
    const { dice } = this
    const possible = all.filter(({ type }) => depth > 0 || !isCompositeType(getNamedType(type)))
    if (possible.length === 0) return []
    const count = 1 + dice.below(Math.min(4, possible.length))
    return Array.from({ length: count }, () => {
      const { name, args, type } = dice.pick(possible)
      const inner = getNamedType(type)
      const own = dice.chance(0.25) || args.length > 0 ? `a${this.names++}: ` : ''
      const alias = dice.chance(0.025) ? `${dice.pick(TAKEN)}: ` : own
      const given = args.length > 0 && dice.chance(0.7) ? `(x: ${dice.pick(['0', '1', '2', '$n'])})` : ''
      const below = isCompositeType(inner) ? ` ${this.select(inner, depth - 1)}` : ''
      return `${alias}${name}${given}${this.condition(0.12)}${below}`
    })
  }

  /** How likely objects of a type are asked as another one. */
  private likely(type: GraphQLCompositeType, other: GraphQLCompositeType): number {
    if (!isAbstractType(type)) return 0.08
    return isObjectType(other) ? 0.5 : 0.3
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    const { dice } = this
    if (!this.wishes.defers && dice.chance(0.15)) {
      const name = `F${this.names++}`
      this.fragments.push(`fragment ${name} on ${type.name} ${this.select(type, depth)}`)
      return `...${name}${this.condition(0.12)}`
    }
    return `... on ${type.name}${this.condition(0.12)}${this.later()} ${this.select(type, depth)}`
  }

  private condition(likely: number): string {
    return this.dice.chance(likely) ? this.dice.pick(CONDITIONS) : ''
  }

  private later(): string {
    if (!this.wishes.defers || !this.dice.chance(0.4)) return ''
    const label = ` @defer(label: "l${this.names++}")`
    return this.dice.pick([' @defer', label, ' @defer(if: $yes)', ' @defer(if: $maybe)'])
  }
}
