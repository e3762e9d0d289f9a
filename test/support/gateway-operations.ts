import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql'

/**
 * Makes operations that fit a schema: the same for the same seed, with aliases, fragments and conditions in between, and
 * where it is asked for with parts that come later.
 */
export function randomOperation(
  schema: GraphQLSchema,
  seed: number,
  { defers = false }: { defers?: boolean } = {},
): { query: string; variables: { yes: boolean; no: boolean } } {
  const random = generator(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const chance = (of: number): boolean => random() < of
  const queryType = schema.getQueryType()
  if (!queryType) throw new Error('the schema has no queries')
  // An alias per field and argument, so that two selections of one name never disagree.
  let aliases = 0

  const condition = (): string => {
    if (!chance(0.12)) return ''
    return pick([
      ' @include(if: $yes)',
      ' @include(if: $no)',
      ' @skip(if: $no)',
      ' @skip(if: $yes)',
      ' @skip(if: true)',
    ])
  }

  const later = (): string => {
    if (!defers || !chance(0.6)) return ''
    const label = chance(0.5) ? `label: "l${aliases++}"` : ''
    const when = pick(['', '', '', 'if: $yes', 'if: $no'])
    const given = [label, when].filter((argument) => argument !== '').join(', ')
    return given === '' ? ' @defer' : ` @defer(${given})`
  }

  const select = (type: GraphQLCompositeType, depth: number): string => {
    const parts: string[] = chance(0.2) ? ['__typename'] : []
    if (!isUnionType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
      )
      const count = 1 + Math.floor(random() * Math.min(4, fields.length))
      for (let more = 0; more < count; more++) {
        const field = pick(fields)
        const inner = getNamedType(field.type)
        const alias = chance(0.3) || field.args.length > 0 ? `a${aliases++}: ` : ''
        const nested = isCompositeType(inner) ? ` ${select(inner, depth - 1)}` : ''
        parts.push(`${alias}${field.name}${argumentsOf(field.args)}${alias ? condition() : ''}${nested}`)
      }
    }
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (chance(0.6))
          parts.push(`... on ${possible.name}${condition()}${later()} ${select(possible, depth - 1)}`)
      }
    } else if (chance(defers ? 0.4 : 0.15))
      parts.push(`... on ${type.name}${condition()}${later()} ${select(type, depth)}`)
    if (parts.length === 0) parts.push('__typename')
    return `{ ${parts.join(' ')} }`
  }

  const argumentsOf = (args: readonly GraphQLArgument[]): string => {
    const given = args.filter((argument) => isRequiredArgument(argument) || chance(0.4))
    return given.length > 0
      ? `(${given.map((argument) => `${argument.name}: ${value(argument)}`).join(', ')})`
      : ''
  }

  const value = ({ name, type }: GraphQLArgument): string => {
    switch (getNamedType(type).name) {
      case 'Int':
        return String(Math.floor(random() * 4))
      case 'ID':
        return JSON.stringify(pick(['1', '2', '3', 'm1', 'm2', 'none']))
      default:
        return JSON.stringify(name === 'in' ? pick(['CNY', 'USD']) : pick(['a@x', 'c@x', 'word']))
    }
  }

  const selection = select(queryType, 5)
  return {
    query: `query ($yes: Boolean!, $no: Boolean = false) { used: __typename @include(if: $yes) @skip(if: $no) ${selection.slice(1)}`,
    variables: { yes: true, no: chance(0.5) },
  }
}

/** A small generator of numbers from 0 to 1 that repeats itself for a seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
