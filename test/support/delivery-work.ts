import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, HubClient } from './hub.ts'

/** The units that cases are dispatched to, all at once. */
export const UNITS = ['JN-SWJ', 'JN-CGJ', 'JN-JTJ', 'JN-ZJJ', 'JN-HBJ']

/** Writers that do not give up: the same request again until it is acknowledged. */
export class Work {
  /** Assignment → unit. */
  readonly acknowledged = new Map<string, string>()
  private readonly hub: HubClient
  private readonly operator: string
  private readonly office: string

  constructor(hub: HubClient, operator: string, office: string) {
    this.hub = hub
    this.operator = operator
    this.office = office
  }

  /** Registers a case, dispatches it to all of some units, and gives its number. */
  async one(units: readonly string[] = UNITS): Promise<string> {
    const input = {
      title: '路灯不亮',
      content: `路灯不亮 ${randomUUID()}`,
      channel: 'PHONE',
      matterType: 'HELP',
      callerType: 'NATURAL_PERSON',
      idempotencyKey: randomUUID(),
    }
    const { registerCase } = await this.insist(
      this.operator,
      'mutation($input: RegisterCaseInput!) { registerCase(input: $input) { number } }',
      input,
    )
    const { number } = registerCase as { number: string }
    const { dispatchCase } = await this.insist(
      this.office,
      'mutation($input: DispatchCaseInput!) { dispatchCase(input: $input) { number assignments { id department { code } } } }',
      { number, departments: units, lead: units[0], mode: 'WRITTEN' },
    )
    const { assignments } = dispatchCase as { assignments: { id: string; department: { code: string } }[] }
    for (const { id, department } of assignments) this.acknowledged.set(id, department.code)
    return number
  }

  private async insist(token: string, query: string, input: unknown): Promise<Record<string, unknown>> {
    for (;;) {
      const answer = await this.hub.graphql(token, query, { input }).catch(() => null)
      if (answer?.data && answer.errors.length === 0) return answer.data
      if (answer && !passes(answer)) throw new Error(`refused: ${JSON.stringify(answer.errors)}`)
      await sleep(50)
    }
  }
}

/** Dispatches a new case to one unit, however long the hub takes to answer, and gives its number. */
export async function dispatchTo(hub: HubClient, unit: string): Promise<string> {
  return new Work(hub, await hub.token('OPERATOR'), await hub.token('OFFICE')).one([unit])
}

const PASSING = new Set(['INTERNAL', 'SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'INTERNAL_SERVER_ERROR'])

function passes({ errors }: Answer): boolean {
  return errors.every(({ extensions }) => PASSING.has(extensions?.code ?? ''))
}
