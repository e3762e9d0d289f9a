/** A media type that a client accepts, with its parameters. */
interface MediaRange {
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
}

/** How an answer in parts is written: as clients of before 2023 read it, with paths, or by ids that are announced. */
export type PartsForm = 'deferSpec=20220824' | 'incrementalSpec=v0.2'

/** In which form the client takes an answer in parts, if in any. Without a parameter it is the one most clients read. */
export function partsFormIn(accept: string | undefined): PartsForm | undefined {
  for (const { type, parameters } of rangesIn(accept)) {
    if (type !== 'multipart/mixed') continue
    if (parameters.get('deferspec') === '20220824') return 'deferSpec=20220824'
    if (parameters.get('incrementalspec') === 'v0.2') return 'incrementalSpec=v0.2'
    if (![...parameters.keys()].some((name) => name.endsWith('spec'))) return 'deferSpec=20220824'
  }
  return undefined
}

/** Whether the client takes the events of a subscription as parts of one answer. */
export function acceptsSubscriptionParts(accept: string | undefined): boolean {
  return rangesIn(accept).some(
    ({ type, parameters }) => type === 'multipart/mixed' && parameters.get('subscriptionspec') === '1.0',
  )
}

/** Whether the client takes a plain answer in JSON. */
export function acceptsJson(accept: string | undefined): boolean {
  return accept === undefined || rangesIn(accept).some(({ type }) => JSON_RANGES.has(type))
}

const JSON_RANGES = new Set(['application/json', 'application/graphql-response+json', 'application/*', '*/*'])

function rangesIn(accept = ''): MediaRange[] {
  return accept.split(',').flatMap((range) => {
    const [type = '', ...given] = range.split(';').map((part) => part.trim())
    const parameters = new Map(
      given.map((parameter) => {
        const [name = '', value = ''] = parameter.split('=')
        return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const
      }),
    )
    return Number(parameters.get('q') ?? 1) === 0 ? [] : [{ type: type.toLowerCase(), parameters }]
  })
}
