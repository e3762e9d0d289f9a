import type { Command } from 'commander'
import { loadSample } from './load-sample.ts'
import { migrate } from '@hub/migrations/migrate.ts'
import { openDataFolder } from './data-folder.ts'
import { openHubDatabase } from './hub-database.ts'
import { openKeys } from './keys.ts'

/** `hub load`: the sample data, into the hub's database. */
export function addLoadCommand(program: Command): void {
  program
    .command('load')
    .description('载入示例数据(虚构,只载入一次) · load the invented sample data, once')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  hub load\n  DATABASE_URL=postgres://hub@db:5432/hub hub load --json',
    )
    .action(async ({ json }: { json?: boolean }) => {
      const database = await openHubDatabase(process.env)
      try {
        await migrate(database.url)
        const { dataKey } = await openKeys(openDataFolder(process.env))
        const env = { ...process.env, HUB_DATA_KEY: process.env['HUB_DATA_KEY'] ?? dataKey }
        const onProgress = (line: string): void => void (json || process.stderr.write(`${line}\n`))
        const result = await loadSample({ databaseUrl: database.url, env, onProgress })
        const said = result.loaded
          ? '示例数据已载入 · the sample data are loaded'
          : '无需载入 · nothing to load'
        process.stdout.write(`${json ? JSON.stringify(result) : said}\n`)
      } finally {
        await database.stop()
      }
    })
}
