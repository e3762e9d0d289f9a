import type { Caller } from '@hub/kit/caller.ts'
import { callerOf } from './supervision-caller.ts'
import { openSupervisionGraph, partOf, type Answer } from './supervision-graph.ts'

export const office = callerOf('OFFICE')
export const leader = callerOf('LEADER')
export const citizen: Caller = { ...callerOf('PORTAL'), attributes: { citizen: '13805311234' } }

export interface Figure {
  readonly code: string
  readonly numerator: number | null
  readonly denominator: number | null
}
export interface Drafted {
  readonly id: string
  readonly documentNumber: string | null
  readonly figures: {
    readonly rows: readonly { readonly name: string; readonly figures: readonly Figure[] }[]
  }
}

/** What the tests read of a report. */
export const FIELDS =
  'id status documentNumber figures { rows { subject name figures { code numerator denominator excluded value } } }'
export const DRAFT = `mutation ($input: DraftReportInput!) { draftReport(input: $input) { ${FIELDS} } }`

/** A circular over the cases of the graph. */
export const draft = {
  kind: 'CIRCULAR',
  title: '十一月通报',
  from: '2026-11-01',
  to: '2026-11-22',
  text: '总体平稳。',
}

/** A change of a report that takes its id alone. */
export const step = (name: string): string => `mutation ($id: ID!) { ${name}(report: $id) { ${FIELDS} } }`

/** One figure of one row. */
export function figureOf(report: Drafted, name: string, code: string): Figure | undefined {
  return report.figures.rows.find((row) => row.name === name)?.figures.find((figure) => figure.code === code)
}

/** The graph of supervision, with the steps of a report's life. */
export async function openReports() {
  const graph = await openSupervisionGraph()

  function allowed({ data, codes }: Answer, field: string): object {
    if (codes.length > 0) throw new Error(`refused: ${codes.join()}`)
    return partOf(data, field)
  }

  async function drafted(change: object = {}): Promise<Drafted> {
    return allowed(
      await graph.ask(office, DRAFT, { input: { ...draft, ...change } }),
      'draftReport',
    ) as Drafted
  }

  async function did(name: string, id: string, caller: Caller = office): Promise<Drafted> {
    return allowed(await graph.ask(caller, step(name), { id }), name) as Drafted
  }

  async function issued(change: object = {}): Promise<Drafted> {
    const { id } = await drafted(change)
    await did('approveReport', id, leader)
    return did('issueReport', id)
  }

  async function listed(caller: Caller): Promise<string[]> {
    const found = allowed(await graph.ask(caller, '{ reports(first: 100) { nodes { id } } }'), 'reports')
    return (found as { nodes: { id: string }[] }).nodes.map(({ id }) => id)
  }

  return { ...graph, drafted, did, issued, listed }
}
