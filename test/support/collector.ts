import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly name: string
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
  readonly status: { readonly code: number }
  /** Which process it comes from. */
  readonly service: string
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly { readonly value: { readonly stringValue: string } }[]
    }
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
}

/** A collector that keeps what is sent to it. */
export async function startCollector() {
  const spans: OtlpSpan[] = []
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
    request.on('end', () => {
      bodies.push(body)
      const sent = JSON.parse(body) as Sent
      for (const { resource, scopeSpans } of sent.resourceSpans) {
        const service = resource.attributes[0]?.value.stringValue ?? ''
        for (const { spans: some } of scopeSpans) spans.push(...some.map((span) => ({ ...span, service })))
      }
      response.end('{}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { spans, bodies, endpoint: `http://127.0.0.1:${port}`, stop: () => server.close() }
}
