import type { Logger } from '@hub/kit/log.ts'
import { masked } from '../answer-errors.ts'
import type { Asking, SubgraphAnswer } from '../subgraphs/client.ts'
import type { Run } from './run.ts'

export interface Beginning {
  readonly asking: Asking
  readonly variables: Readonly<Record<string, unknown>>
  readonly given?: SubgraphAnswer | undefined
}

/** An execution of which nothing has been asked yet. */
export function beginRun({ asking, variables, given }: Beginning, log: Logger): Run {
  const { locale, requestId } = asking.caller
  return {
    asking,
    variables,
    given,
    data: {},
    errors: [],
    shared: new Map(),
    gatherings: new Map(),
    fault: (service, reason) => {
      const { message, extensions } = masked(new Error(`${service}: ${reason}`), requestId, locale, log)
      return { message, extensions: { ...extensions, service } }
    },
  }
}
