import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Documents } from '../operation/documents.ts'
import { idOf } from '../operation/documents.ts'
import { Metrics, type Counter, type Histogram } from './metrics.ts'
import { countingSubscriptions, type SubscriptionCounts } from './counted-subscriptions.ts'
import { remembered } from '@hub/kit/remembered.ts'
import type { Asking, SubgraphAnswer, SubgraphClient } from '../subgraphs/client.ts'
import type { Tracer } from '@hub/kit/trace.ts'

/** Codes that are kept at hand; any other is looked up again. */
const CODES = 100

/** So many operations that are not published are told apart, each in a dozen lines; a stranger can send any number. */
const UNLISTED = 500

/** Gives the label back as it is, until too many others have been given. */
function fewLabels(most: number): (label: string) => string {
  const given = new Set<string>()
  return (label) => {
    if (given.size < most) given.add(label)
    return given.has(label) ? label : 'other'
  }
}

/** What is measured and traced, for whoever runs the gateway. Never a variable, never a value. */
export interface Observation {
  readonly metrics: Metrics
  readonly tracer: Tracer
  /** What an operation goes by: its name when it is published, else a part of its hash. */
  labelOf(source: string): string
  /** Counts and times the answers to one operation. */
  answersTo(operation: string, kind: string): (code: string, seconds: number) => void
  /** Counts the parts that come after the first of an answer to one operation. */
  partsOf(operation: string): () => void
  refused(code: string): void
  /** What is counted of the subscriptions to one field. */
  subscriptionsTo(field: string): SubscriptionCounts
  /** The same client, measured and traced. */
  watch(client: SubgraphClient): SubgraphClient
}

export interface Observed {
  readonly documents: Documents
  readonly tracer: Tracer
  /** Gauges by name and meaning. */
  readonly gauges: Readonly<Record<string, readonly [help: string, read: () => number]>>
}

/** Opens the measurements of one gateway. */
export function openObservation({ documents, tracer, gauges }: Observed): Observation & { stop(): void } {
  const metrics = new Metrics()
  const operations = metrics.counter(
    'hub_gateway_operations_total',
    'Operations answered, by their first code.',
  )
  const seconds = metrics.histogram('hub_gateway_operation_seconds', 'Time from an operation to its answer.')
  const parts = metrics.counter('hub_gateway_deferred_parts_total', 'Deferred parts of answers handed on.')
  const refusals = metrics.counter(
    'hub_gateway_refusals_total',
    'Requests refused before they were operations.',
  )
  const fetches = metrics.counter(
    'hub_gateway_subgraph_requests_total',
    'Requests to subgraphs, by first code.',
  )
  const times = metrics.histogram('hub_gateway_subgraph_seconds', 'Time that subgraphs take to answer.')
  for (const [name, [help, read]] of Object.entries(gauges)) metrics.gauge(name, help, read)
  const unlisted = fewLabels(UNLISTED)
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  metrics.gauge(
    'hub_gateway_event_loop_p99_seconds',
    'Delay of the event loop.',
    () => delay.percentile(99) / 1e9,
  )
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss())
  metrics.gauge('process_heap_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed)

  return {
    metrics,
    tracer,
    labelOf: remembered(2_000, (source) => documents.nameOf(source) ?? unlisted(idOf(source).slice(0, 12))),
    answersTo(operation, kind) {
      const took = seconds({ operation, kind })
      const counted = remembered(CODES, (code) => operations({ operation, kind, code }))
      return (code, time) => {
        counted(code)()
        took(time)
      }
    },
    partsOf: (operation) => parts({ operation }),
    subscriptionsTo: countingSubscriptions(metrics),
    refused: (code) => refusals({ code })(),
    watch: (client) => watched(client, tracer, fetches, times),
    stop: () => delay.disable(),
  }
}

/** The same client, measured and traced. */
function watched(client: SubgraphClient, tracer: Tracer, fetches: Counter, times: Histogram): SubgraphClient {
  const { name: subgraph, url } = client
  const took = times({ subgraph })
  const counted = remembered(CODES, (code) => fetches({ subgraph, code }))
  const around = async (
    ask: (asking: Asking) => Promise<SubgraphAnswer>,
    asking: Asking,
  ): Promise<SubgraphAnswer> => {
    const span = tracer.start(`subgraph ${subgraph}`, 'client', asking.traceparent)
    const { traceparent } = span
    const startedAt = performance.now()
    const answer = await ask(traceparent === asking.traceparent ? asking : { ...asking, traceparent })
    const code = codeOf(answer.errors)
    counted(code)()
    // What nobody waited for is no failure, and says nothing of how long the subgraph takes.
    const isGivenUp = code === 'CLIENT_LEFT'
    if (!isGivenUp) took((performance.now() - startedAt) / 1000)
    span.end({ 'hub.subgraph': subgraph, 'hub.code': code }, code !== 'OK' && !isGivenUp)
    return answer
  }
  return {
    name: subgraph,
    url,
    send: (body, isQuery, asking) => around((traced) => client.send(body, isQuery, traced), asking),
    ask: (request, asking) => around((traced) => client.ask(request, traced), asking),
  }
}

/** The first code among errors, or OK. */
export function codeOf(errors: readonly { readonly extensions?: unknown }[] | undefined): string {
  const [first] = errors ?? []
  if (!first) return 'OK'
  const { extensions } = first
  const code =
    typeof extensions === 'object' && extensions && 'code' in extensions ? extensions.code : undefined
  return typeof code === 'string' ? code : 'UNCODED'
}
