import type { Command } from 'commander'

/** `hub restored`: to be called once after the database was restored from a backup. */
export function addRestoredCommand(program: Command): void {
  program
    .command('restored')
    .description('从备份恢复数据库后执行一次 · to be run once after the database was restored from a backup')
    .option('--json', '{"epochs": {…}}')
    .addHelpText(
      'after',
      `
此前发出的游标一律失效(CURSOR_AHEAD),各单位系统须先查询列表,再从 streamCursor 继续。
Every cursor given out before is answered CURSOR_AHEAD: the departments' systems take their list and go on from its streamCursor.

例 · Example:
  pg_restore … && hub restored`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const { openHubDatabase } = await import('./database/hub-database.ts')
      const { renewEpochs } = await import('./database/renew-epochs.ts')
      const database = await openHubDatabase(process.env)
      try {
        const epochs = await renewEpochs(database.url)
        const said = '此前的游标已失效 · cursors given out before no longer hold'
        process.stdout.write(`${json ? JSON.stringify({ epochs }) : said}\n`)
      } finally {
        await database.stop()
      }
    })
}
