import type { Command } from 'commander'

/** `hub migrate`: brings the tables of every room up to date. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description(
      '升级数据库表 · bring the tables of every room up to date (forward only; what ran is not run again)',
    )
    .option('--json', '{"applied": […]}')
    .addHelpText(
      'after',
      '\nDATABASE_URL names the server; without it, the embedded database of HUB_DATA is started for the migration.\n\n例 · Examples:\n  hub migrate\n  DATABASE_URL=postgres://hub@127.0.0.1:5432/hub hub migrate --json',
    )
    .action(async ({ json }: { json?: boolean }) => {
      const { openHubDatabase } = await import('./database/hub-database.ts')
      const { migrate } = await import('@hub/migrations/migrate.ts')
      const database = await openHubDatabase(process.env)
      try {
        const say = (line: string): void => void (json || process.stdout.write(`${line}\n`))
        const applied = await migrate(database.url, { onApplied: (room, file) => say(`${room}: ${file}`) })
        if (json) process.stdout.write(`${JSON.stringify({ applied })}\n`)
        else if (applied.length === 0) say('已是最新 · up to date')
      } finally {
        await database.stop()
      }
    })
}
