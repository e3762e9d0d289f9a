import { countReveals, findBrokenReveals, type BrokenLink } from '@hub/cases/store/reveals.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import type { Command } from 'commander'
import { openHubDatabase } from './database/hub-database.ts'

export interface AuditFinding {
  readonly reveals: number
  readonly broken: readonly BrokenLink[]
}

/** `hub audit verify`: whether the record of who saw callers' data is whole. */
export function addAuditCommand(program: Command): void {
  const examples = '\n例 · Examples:\n  hub audit verify\n  hub audit verify --json'
  const audit = program
    .command('audit')
    .description('审计记录 · the record of who saw callers’ data')
    .addHelpText('after', examples)
  audit
    .command('verify')
    .description('校验查看记录的哈希链 · verify the hash chains of the record')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async ({ json }: { json?: boolean }) => {
      const database = await openHubDatabase(process.env)
      try {
        const finding = await verifyReveals(database.url)
        process.stdout.write(json ? `${JSON.stringify(finding)}\n` : said(finding))
        if (finding.broken.length > 0) process.exitCode = 1
      } finally {
        await database.stop()
      }
    })
}

/** Looks at every link of every chain. */
export async function verifyReveals(databaseUrl: string): Promise<AuditFinding> {
  const database = openDatabase({ url: databaseUrl, room: 'cases', max: 1 })
  try {
    const broken = await findBrokenReveals(database.orm)
    return { reveals: await countReveals(database.orm), broken }
  } finally {
    await database.close()
  }
}

function said({ reveals, broken }: AuditFinding): string {
  if (broken.length === 0) return `查看记录完整,共 ${reveals} 条 · the record is whole: ${reveals} reveals\n`
  const lines = broken.map(({ chain, place, problem }) => `  ${chain} #${place} ${problem}\n`)
  return `查看记录被改动 · the record was tampered with:\n${lines.join('')}`
}
