import { describe, expect, it } from 'vitest'
import { idOf } from '@hub/gateway/operation/documents.ts'
import { openGateway } from '../support/gateway-client.ts'
import { startGates } from '../support/gateway-gates.ts'
import { followParts } from '../support/gateway-parts.ts'

describe('an answer in parts', () => {
  it('is counted when its last part has come or its client has left, and each part too', async () => {
    const own = await startGates()
    const door = await openGateway(own)
    const query = '{ room { name ... @defer { left } ... @defer { right } } }'
    const operation = `operation="${idOf(query).slice(0, 12)}"`
    const counted = async () => {
      const lines = (await (await fetch(`${door.url}/metrics`)).text()).split('\n')
      const valueOf = (series: string) => lines.find((line) => line.startsWith(series))?.split(' ')[1] ?? '0'
      return [
        valueOf(`hub_gateway_operations_total{${operation},kind="query",code="OK"}`),
        valueOf(`hub_gateway_operation_seconds_count{${operation},kind="query"}`),
        valueOf(`hub_gateway_deferred_parts_total{${operation}}`),
      ]
    }
    const [parts, left] = [await followParts(door, query), await followParts(door, query)]
    await Promise.all([parts.next(), left.next()])
    own.open('right')
    await Promise.all([parts.next(), left.next()])
    await expect.poll(counted).toEqual(['0', '0', '2'])
    left.leave()
    await expect.poll(counted).toEqual(['1', '1', '2'])
    own.open('left')
    await parts.next()
    await expect.poll(counted).toEqual(['2', '2', '3'])
    await door.stop()
    await own.stop()
  })
})
