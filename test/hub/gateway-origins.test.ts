import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from '../support/gateway-client.ts'
import { startLibrary, type Library } from '../support/gateway-library.ts'

let library: Library
let gateway: Running

beforeAll(async () => {
  library = await startLibrary()
  gateway = await openGateway(library)
})

afterAll(async () => {
  await gateway.stop()
  await library.stop()
})

describe('a page of another origin', () => {
  const beforehand = {
    origin: 'https://portal.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  }
  const url = ({ url: at }: Running) => `${at}/graphql`

  it('may read nothing unless its origin is listed', async () => {
    const asked = await fetch(url(gateway), { method: 'OPTIONS', headers: beforehand })
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([405, null])
    const answer = await ask(gateway, '{ shelves }', { headers: { origin: 'https://portal.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('may ask and read where it is, and no other may', async () => {
    const open = await openGateway(library, {
      origins: ['https://portal.example'],
      forwardHeaders: ['x-district'],
    })
    const asked = await fetch(url(open), { method: 'OPTIONS', headers: beforehand })
    expect([asked.status, Object.fromEntries(asked.headers)]).toMatchObject([
      204,
      {
        'access-control-allow-origin': 'https://portal.example',
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': expect.stringMatching(/authorization.*content-type.*x-district/),
        vary: 'origin',
      },
    ])
    const read = async (origin: string) =>
      (await ask(open, '{ shelves }', { headers: { origin } })).headers.get('access-control-allow-origin')
    expect(await read('https://portal.example')).toBe('https://portal.example')
    expect(await read('https://portal.example.evil')).toBeNull()
    expect(await read('null')).toBeNull()
    const other = await fetch(url(open), {
      method: 'OPTIONS',
      headers: { ...beforehand, origin: 'https://evil' },
    })
    expect([other.status, other.headers.get('vary')]).toEqual([405, 'origin'])
    await open.stop()
  })
})
