import { z } from 'zod'
import { address, readSettings } from './env.ts'
import type { TraceSettings } from './trace.ts'

const shape = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
})

/** Where a process sends its traces, if anywhere. */
export function traceSettings(env: NodeJS.ProcessEnv, program: string): TraceSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: service } = readSettings(shape, env)
  return endpoint === undefined ? undefined : { endpoint, service: service ?? `hub12345-${program}` }
}
