import type { Logger } from './log.ts'
import type { EndedSpan, TraceSettings } from './trace.ts'

const EVERY_MS = 1_000
/** What a collector that is away does not take is let go. */
const KEPT_AT_MOST = 4_096

/** Sends ended spans to a collector, once a second, as OTLP over HTTP with JSON. */
export function startExport(
  { endpoint, service }: TraceSettings,
  log: Logger,
): { add(span: EndedSpan): void; stop(): Promise<void> } {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  let waiting: EndedSpan[] = []
  let failing = false

  const send = async (): Promise<void> => {
    if (waiting.length === 0) return
    const spans = waiting
    waiting = []
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asOtlp(spans, service)),
        signal: AbortSignal.timeout(2_000),
      })
      await answer.body?.cancel()
      failing = false
    } catch {
      if (!failing) log.warn({ spans: spans.length }, 'the collector of traces does not answer')
      failing = true
    }
  }

  const timer = setInterval(() => void send(), EVERY_MS)
  timer.unref()
  return {
    add(span) {
      if (waiting.length < KEPT_AT_MOST) waiting.push(span)
    },
    async stop() {
      clearInterval(timer)
      await send()
    },
  }
}

const KIND = { internal: 1, server: 2, client: 3 }

function asOtlp(spans: readonly EndedSpan[], service: string): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': service }) },
        scopeSpans: [{ scope: { name: '@hub/kit' }, spans: spans.map(spanOf) }],
      },
    ],
  }
}

function spanOf(span: EndedSpan): object {
  const { traceId, spanId, parentSpanId, link, name, kind, startedAt, endedAt, attributes, failed } = span
  return {
    traceId,
    spanId,
    ...(parentSpanId && { parentSpanId }),
    ...(link && { links: [link] }),
    name,
    kind: KIND[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf(attributes),
    status: { code: failed ? 2 : 1 },
  }
}

/** A number of nanoseconds since 1970 is more than a double holds exactly. */
function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds * 1_000)) * 1_000n)
}

function attributesOf(attributes: EndedSpan['attributes']): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value },
  }))
}
