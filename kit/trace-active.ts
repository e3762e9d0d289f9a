import { AsyncLocalStorage } from 'node:async_hooks'
import type { Span, SpanKind, Tracer } from './trace.ts'

interface Active {
  readonly tracer: Tracer
  readonly span: Span
}

/** The span that a piece of work belongs to. Nothing stands here unless a collector is named, and looking is free then. */
const active = new AsyncLocalStorage<Active>()

/** Does the work of a request inside a span of its own, below what the process that asked says of itself. */
export function traced<Result>(
  tracer: Tracer,
  name: string,
  parent: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  return tracer.isOn ? within({ tracer, span: tracer.start(name, 'server', parent) }, work) : work()
}

/** Does work inside a span below the one that is under way; without one it is done as it is. */
export function tracedBelow(name: string, kind: SpanKind, work: () => unknown): unknown {
  const above = active.getStore()
  if (!above) return work()
  const span = above.tracer.start(name, kind, above.span.traceparent)
  return within({ tracer: above.tracer, span }, async () => work())
}

/** Begins a span below the one that is under way; null when nothing is traced. */
export function startBelow(name: () => string, kind: SpanKind): Span | null {
  const above = active.getStore()
  return above ? above.tracer.start(name(), kind, above.span.traceparent) : null
}

async function within<Result>(inside: Active, work: () => Promise<Result>): Promise<Result> {
  let failed = true
  try {
    const result = await active.run(inside, work)
    failed = false
    return result
  } finally {
    inside.span.end({}, failed)
  }
}
