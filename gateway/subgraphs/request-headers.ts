import { CALLER_HEADER, requestDigest, signCaller, type Caller } from '@hub/kit/caller.ts'
import type { Asker } from '../identity/caller-scope.ts'
import type { Asking } from './client.ts'

/** The headers of a request to a subgraph, none of them from outside but what the operator lets through. */
export function headersFor(
  method: string,
  path: string,
  body: string,
  { caller, traceparent, beside }: Pick<Asking, 'caller' | 'traceparent' | 'beside'>,
  callerKey: string | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {
    ...caller.forwarded,
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-language': caller.locale,
    'x-request-id': caller.requestId,
  }
  if (traceparent) headers['traceparent'] = traceparent
  if (beside) Object.assign(headers, beside)
  if (callerKey)
    headers[CALLER_HEADER] = signCaller(asSigned(caller), requestDigest(method, path, body), callerKey)
  return headers
}

/** What is handed on as it came is no word of ours. */
function asSigned(caller: Asker): Caller {
  if (!caller.forwarded) return caller
  const { forwarded: _, ...signed } = caller
  return signed
}
