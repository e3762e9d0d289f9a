import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import type { Graph } from '../supergraph/graph.ts'
import { costOf, type Cost, type Variables } from './cost.ts'
import { guardsOf, mayPass } from './guards.ts'
import { RateOfCallers } from './rate.ts'
import type { Limits } from './limit-settings.ts'
import type { Guard } from '../supergraph/rules.ts'

export interface Applicant {
  readonly graph: Graph
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Variables
  readonly caller: Caller
}

/** Why an operation that fits the schema is not carried out for this caller now, or null. */
export type Admit = (applicant: Applicant) => Refusal | null

interface Demand {
  readonly graph: Graph
  readonly cost: Cost
  readonly guards: readonly Guard[]
}

/** What every operation passes before it is planned: who may have it, what it costs at most, how much this caller had. */
export function admission(limits: Limits): Admit {
  const demands = new WeakMap<OperationDefinitionNode, Demand>()
  const rates = new RateOfCallers(limits.rate)

  const demandOf = ({ graph, document, operation }: Applicant): Demand => {
    const known = demands.get(operation)
    if (known?.graph === graph) return known
    const { schema, supergraphSchema, rules } = graph
    const fragments = fragmentsIn(document)
    const cost = costOf({ schema, rules, fragments, operation, longestList: limits.list })
    const made = { graph, cost, guards: guardsOf({ supergraphSchema, rules, fragments, operation }) }
    demands.set(operation, made)
    return made
  }

  return (applicant) => {
    const { caller, variables } = applicant
    const { cost, guards } = demandOf(applicant)
    if (!mayPass(caller, guards)) return refuse('FORBIDDEN')
    const objects = cost(variables)
    if (objects > limits.cost) return refuse('OPERATION_TOO_COSTLY')
    const seconds = rates.take(caller.subject, objects)
    return seconds > 0 ? refuse('RATE_EXCEEDED', { seconds }) : null
  }
}

function fragmentsIn(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  )
}
