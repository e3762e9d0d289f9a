import type { RandomGraph } from './gateway-random-graph.ts'
import { TYPES, type Feature, type Field } from './gateway-random-shape.ts'

/** A question to a random graph, with what is known to be the answer. */
interface Answered {
  readonly query: string
  readonly known: string
  readonly parts: number
}

type Sign = (answered: Answered, graph: RandomGraph) => boolean

/** By what one sees that a feature came to bear on an answer: values tell of which field of what they are. */
const SIGNS: Readonly<Record<Feature, Sign>> = {
  standing: ({ known }) => /Node[ABC]\d\.n\d/.test(known),
  keys: (_, { layout }) =>
    TYPES.some((type) => layout.rooms.some((room) => !layout.keysOf(room, type).includes('id'))),
  nested: ({ known }) => /\bd2\d\[/.test(known),
  provides: ({ query, known }, graph) =>
    fieldsOf(graph).some(
      ({ name, provides }) =>
        new RegExp(`\\b${name} \\{`).test(query) &&
        [...provides.values()].flat().some(({ field }) => isSaid(field, known)),
    ),
  moved: ({ known }, graph) => fieldsOf(graph).some((field) => field.moved && isSaid(field, known)),
  partial: ({ query }) => /Odds?\b/.test(query),
  common: ({ known }) => known.includes('.tag"'),
  values: ({ known }) => /Box[ABC]\d\.label/.test(known),
  unions: ({ known }) => /\bu3\d\[[^\]]*told/.test(known),
  hidden: ({ known }, graph) => fieldsOf(graph).some((field) => field.isHidden && isSaid(field, known)),
  mutation: ({ query }) => query.startsWith('mutation'),
  defer: ({ parts }) => parts > 0,
  failing: ({ known }) => known.endsWith('"failed":true}'),
}

/** The features that came to bear on an answer. */
export function signsIn(answered: Answered, graph: RandomGraph): readonly Feature[] {
  const { features } = graph.layout
  return [...features].filter((feature) => SIGNS[feature](answered, graph))
}

function fieldsOf(graph: RandomGraph): readonly Field[] {
  return [...graph.fields.values()].flat()
}

function isSaid({ type, name }: Field, text: string): boolean {
  return new RegExp(`${type}[ABC]\\d\\.${name}\\b`).test(text)
}
