import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Documents } from './documents.ts'
import { idOf } from './documents.ts'
import { Metrics } from './metrics.ts'
import { remembered } from './remembered.ts'
import type { SubgraphClient } from './subgraph-client.ts'
import type { Tracer } from './trace.ts'

/** What is measured and traced, for whoever runs the gateway. Never a variable, never a value. */
export interface Observation {
  readonly metrics: Metrics
  readonly tracer: Tracer
  /** What an operation goes by: its name when it is published, else a part of its hash. */
  labelOf(source: string): string
  answered(operation: string, kind: string, code: string, seconds: number): void
  refused(code: string): void
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
  const refusals = metrics.counter(
    'hub_gateway_refusals_total',
    'Requests refused before they were operations.',
  )
  const fetches = metrics.counter(
    'hub_gateway_subgraph_requests_total',
    'Requests to subgraphs, by first code.',
  )
  const took = metrics.histogram('hub_gateway_subgraph_seconds', 'Time that subgraphs take to answer.')
  for (const [name, [help, read]] of Object.entries(gauges)) metrics.gauge(name, help, read)
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
    labelOf: remembered(2_000, (source) => documents.nameOf(source) ?? idOf(source).slice(0, 12)),
    answered(operation, kind, code, time) {
      operations.add({ operation, kind, code })
      seconds.observe({ operation, kind }, time)
    },
    refused: (code) => refusals.add({ code }),
    watch: (client) => {
      const { name: subgraph } = client
      const around = async (
        ask: (traceparent: string | undefined) => ReturnType<SubgraphClient['send']>,
        parent: string | undefined,
      ): ReturnType<SubgraphClient['send']> => {
        const span = tracer.start(`subgraph ${subgraph}`, 'client', parent)
        const startedAt = performance.now()
        const answer = await ask(span.traceparent)
        const code = codeOf(answer.errors)
        took.observe({ subgraph }, (performance.now() - startedAt) / 1000)
        fetches.add({ subgraph, code })
        span.end({ 'hub.subgraph': subgraph, 'hub.code': code }, code !== 'OK')
        return answer
      }
      return {
        name: client.name,
        url: client.url,
        send: (body, isQuery, asking) =>
          around((traceparent) => client.send(body, isQuery, { ...asking, traceparent }), asking.traceparent),
        ask: (request, asking) =>
          around((traceparent) => client.ask(request, { ...asking, traceparent }), asking.traceparent),
      }
    },
    stop: () => delay.disable(),
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
