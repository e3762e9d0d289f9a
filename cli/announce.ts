import type { House } from './house.ts'
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
export async function announce(house: House, seconds: number): Promise<string> {
  const tokens = await tokensOf(house)
  const graphql = `${house.url}/graphql`
  const roles = ROLES.map((role) => `  ${role} ${MEANING[role]}\n  ${tokens[role]}`)
  const query =
    '{ cases(first: 3) { edges { node { number title status assignments { department { name } dueOn overdue } } } } }'
  const body = JSON.stringify({ query })
  const follow =
    'subscription { assignmentEvents(department: \\"JN-SWJ\\") { cursor kind at assignment { case { title } dueOn overdue } } }'
  return `
枢纽就绪 · the hub is ready after ${seconds.toFixed(1)} s

  ${graphql}
  浏览器打开 · open in a browser: ${house.url}

令牌（12 小时） · tokens, for 12 hours
${roles.join('\n')}

查询 · a query
  curl -s ${graphql} -H 'content-type: application/json' \\
    -H 'authorization: Bearer ${tokens.OFFICE}' \\
    -d '${body}'

订阅 · a subscription
  npm run -s hub -- watch --department JN-SWJ
  或 · or, with any server-sent-events client:
  curl -sN ${graphql} -H 'content-type: application/json' -H 'accept: text/event-stream' \\
    -H 'authorization: Bearer ${tokens.DEPARTMENT}' \\
    -d '{"query":"${follow}"}'

日志 · logs: ${house.dataFolder}/log
停止 · stop: Ctrl-C
`
}

async function tokensOf(house: House): Promise<Record<(typeof ROLES)[number], string>> {
  const entries = ROLES.map(async (role) => {
    return [role, await issueToken({ role, ...EXAMPLES[role] }, house.keys.tokenKey)] as const
  })
  const tokens = Object.fromEntries(await Promise.all(entries))
  return {
    OPERATOR: '',
    OFFICE: '',
    DEPARTMENT: '',
    LEADER: '',
    PORTAL: '',
    OVERSIGHT: '',
    ADMIN: '',
    ...tokens,
  }
}
