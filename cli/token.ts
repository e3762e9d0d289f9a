import type { Command } from 'commander'
import { openDataFolder } from './data-folder.ts'
import { issueToken, ROLES, type TokenRequest } from './issue-token.ts'
import { openKeys } from './keys.ts'

/** `hub token`: prints a signed token for the local hub, and nothing else. */
export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('签发本地令牌 · print a token for the local hub, signed with the key in HUB_DATA')
    .requiredOption('--role <role>', `角色 · ${ROLES.join(', ')}`)
    .option('--department <code>', '承办单位 · the unit a DEPARTMENT speaks for')
    .option('--district <name>', '区县 · the district of a PORTAL, as in the data: 历下区')
    .option('--caller <phone>', '来电人 · the phone of the citizen a PORTAL acts for')
    .option('--subject <name>', '使用者 · who it is, for the audit log (default: from role and unit)')
    .option('--expires <time>', '有效期 · 90s, 30m, 12h, 7d', '12h')
    .option('--json', '{"token": …}')
    .addHelpText(
      'after',
      '\n例 · Examples:\n  hub token --role OPERATOR\n  hub token --role DEPARTMENT --department JN-SWJ\n  hub token --role PORTAL --district 历下区 --expires 1h\n  TOKEN=$(npm run -s hub -- token --role OFFICE)',
    )
    .action(async (options: TokenRequest & { json?: boolean }) => {
      const keys = await openKeys(openDataFolder(process.env))
      const token = await issueToken(options, keys.tokenKey)
      process.stdout.write(`${options.json ? JSON.stringify({ token }) : token}\n`)
    })
}
