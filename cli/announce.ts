import type { House } from './house/house.ts'
import { issueToken, ROLES, type TokenRequest } from './issue-token.ts'

// One example of each role, from the sample data of Jinan.
const EXAMPLES: Readonly<Partial<Record<string, Partial<TokenRequest>>>> = {
  DEPARTMENT: { department: 'JN-SWJ' },
  PORTAL: { district: '历下区' },
}

const MEANING: Readonly<Record<(typeof ROLES)[number], string>> = {
  OPERATOR: '话务员',
  OFFICE: '值班室',
  DEPARTMENT: '承办单位 JN-SWJ',
  LEADER: '领导',
  PORTAL: '门户 历下区',
  OVERSIGHT: '监督',
  ADMIN: '管理员',
}

/** One line of JSON for programs: address, process numbers, a token per role. */
export async function readyLine(house: House): Promise<string> {
  const { url, dataFolder } = house
  return JSON.stringify({
    ready: true,
    url,
    endpoint: `${url}/graphql`,
    dataFolder,
    pids: house.pids(),
    tokens: await tokensOf(house),
  })
}

/** What a person needs next: the address, a token per role, a query and a subscription to paste, how to stop. */
export async function announce(house: House, seconds: number, env: NodeJS.ProcessEnv): Promise<string> {
  const tokens = await tokensOf(house)
  return `
枢纽就绪 · the hub is ready after ${seconds.toFixed(1)} s

  ${house.url}/graphql

${tokenLines(tokens)}
查询 · a query
${curl(house.url, tokens.OFFICE, QUERY)}

订阅 · a subscription
  ${settingsOf(house, env)}npm run -s hub -- watch --department JN-SWJ
  或 · or
${curl(house.url, tokens.DEPARTMENT, SUBSCRIPTION, 'text/event-stream')}

日志 · logs: ${house.dataFolder}/log
停止 · stop: Ctrl-C
`
}

const QUERY =
  '{ cases(first: 3) { edges { node { number title status assignments { department { name } dueOn overdue } } } } }'
const SUBSCRIPTION =
  'subscription { assignmentEvents(department: "JN-SWJ") { cursor kind at assignment { case { title } dueOn overdue } } }'

function tokenLines(tokens: Tokens): string {
  if (tokens.OFFICE === '')
    return '令牌由本市统一登录签发 · tokens come from your own sign-in (JWKS_URL or JWKS_FILE)\n'
  const lines = ROLES.map((role) => `  ${role} ${MEANING[role]}\n  ${tokens[role]}\n`)
  return `令牌（12 小时） · tokens, for 12 hours\n${lines.join('')}`
}

function curl(url: string, token: string, query: string, accept?: string): string {
  const headers = [
    ...(accept === undefined ? [] : [`-H 'accept: ${accept}'`]),
    "-H 'content-type: application/json'",
    `-H 'authorization: Bearer ${token || '…'}'`,
  ]
  return `  curl -sN ${url}/graphql ${headers.join(' ')} \\\n    -d '${JSON.stringify({ query })}'`
}

// A command in another terminal has to find this hub: what is not the default must be said there again.
function settingsOf(house: House, env: NodeJS.ProcessEnv): string {
  const { port } = new URL(house.url)
  return `${port === '4000' ? '' : `PORT=${port} `}${env['HUB_DATA'] ? `HUB_DATA=${house.dataFolder} ` : ''}`
}

type Tokens = Record<(typeof ROLES)[number], string>

const NONE: Tokens = {
  OPERATOR: '',
  OFFICE: '',
  DEPARTMENT: '',
  LEADER: '',
  PORTAL: '',
  OVERSIGHT: '',
  ADMIN: '',
}

async function tokensOf(house: House): Promise<Tokens> {
  if (!house.signsTokens) return NONE
  const entries = ROLES.map(async (role) => {
    return [role, await issueToken({ role, ...EXAMPLES[role] }, house.keys.tokenKey)] as const
  })
  return { ...NONE, ...Object.fromEntries(await Promise.all(entries)) }
}
