import { randomBytes } from 'node:crypto'
import type { Logger } from './log.ts'

/** A piece of work in a trace that goes through several processes (W3C Trace Context). */
export interface Span {
  /** What the next process is told; nothing, when there is no trace. */
  readonly traceparent: string | undefined
  end(attributes?: SpanAttributes, failed?: boolean): void
}

export type SpanAttributes = Readonly<Record<string, string | number>>

/** An answer to another process, a question to one, or work of the process itself. */
export type SpanKind = 'server' | 'client' | 'internal'

export interface Tracer {
  /** Whether anything is recorded at all. */
  readonly isOn: boolean
  start(name: string, kind: SpanKind, parent: string | undefined): Span
  /** Begins a trace of its own that points at what caused it, recorded if that is: what goes on for days is no one trace. */
  startApart(name: string, kind: SpanKind, cause: string | undefined): Span
  stop(): Promise<void>
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
}

/** A span that is over, as it is sent to a collector. */
export interface EndedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  /** What caused it, in another trace. */
  readonly link: SpanLink | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly startedAt: number
  readonly endedAt: number
  readonly attributes: SpanAttributes
  readonly failed: boolean
}

export interface TraceSettings {
  readonly endpoint: string
  readonly service: string
}

/** Where in which trace a span begins. */
interface Place {
  readonly traceId: string
  readonly parentSpanId: string | undefined
  readonly flags: string
  readonly link: SpanLink | undefined
}

const SAMPLED = '01'

const newTraceId = (): string => randomBytes(16).toString('hex')

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/

const pass: Tracer['start'] = (_name, _kind, parent) => ({
  traceparent: parent !== undefined && TRACEPARENT.test(parent) ? parent : undefined,
  end() {},
})

/** Without a collector nothing is recorded or sent: what came in is passed on, if it is a trace at all. */
const passing: Tracer = {
  isOn: false,
  start: pass,
  startApart: pass,
  stop: () => Promise.resolve(),
}

/** Records spans for a collector, when one is named; only then is the exporter even loaded. */
export async function openTracer(settings: TraceSettings | undefined, log: Logger): Promise<Tracer> {
  if (!settings) return passing
  const { startExport } = await import('./trace-export.ts')
  const exporting = startExport(settings, log)
  const begin = (name: string, kind: SpanKind, { traceId, parentSpanId, flags, link }: Place): Span => {
    const spanId = randomBytes(8).toString('hex')
    const startedAt = performance.timeOrigin + performance.now()
    const isSampled = (Number.parseInt(flags, 16) & 1) === 1
    return {
      traceparent: `00-${traceId}-${spanId}-${flags}`,
      end(attributes = {}, failed = false) {
        if (!isSampled) return
        const endedAt = performance.timeOrigin + performance.now()
        const placed = { traceId, spanId, parentSpanId, link }
        exporting.add({ ...placed, name, kind, startedAt, endedAt, attributes, failed })
      },
    }
  }
  return {
    isOn: true,
    start(name, kind, parent) {
      const [, traceId = newTraceId(), parentSpanId, flags = SAMPLED] = TRACEPARENT.exec(parent ?? '') ?? []
      return begin(name, kind, { traceId, parentSpanId, flags, link: undefined })
    },
    startApart(name, kind, cause) {
      const [, traceId, spanId, flags = SAMPLED] = TRACEPARENT.exec(cause ?? '') ?? []
      const link = traceId !== undefined && spanId !== undefined ? { traceId, spanId } : undefined
      return begin(name, kind, { traceId: newTraceId(), parentSpanId: undefined, flags, link })
    },
    stop: () => exporting.stop(),
  }
}
