import { openClock } from '@hub/kit/clock.ts'
import { dayOf, isDay } from '@hub/kit/day.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import type { ImportReport } from '@hub/knowledge/commands/import-files.ts'
import { exportForms } from '@hub/knowledge/domain/article-export.ts'
import type { Command } from 'commander'
import { UsageError } from './failure.ts'
import { openHubDatabase } from './database/hub-database.ts'

/** `hub knowledge import` and `hub knowledge export`. */
export function addKnowledgeCommand(program: Command): void {
  const knowledge = program
    .command('knowledge')
    .description('知识库的导入与导出 · import and export of the knowledge base')
    .addHelpText('after', '\nExamples:\n  hub knowledge import --help\n  hub knowledge export --help')
  addImport(knowledge)
  addExport(knowledge)
}

function addImport(knowledge: Command): void {
  knowledge
    .command('import')
    .description(
      '导入 md、html、csv、xlsx、docx、txt;法规按条拆分 · import files; a law is cut into its articles',
    )
    .argument('<files...>', '文件 · files')
    .option('--dry-run', '只列出将发生的变化 · only list what would change')
    .option('--in-force-from <day>', '未写明生效日期时自此日起 · first day in force where a file says none')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  hub knowledge import rules.xlsx --dry-run\n  hub knowledge import *.md',
    )
    .action(async (files: string[], options: { dryRun?: boolean; inForceFrom?: string; json?: boolean }) => {
      const { dryRun = false, inForceFrom, json } = options
      if (inForceFrom !== undefined && !isDay(inForceFrom))
        throw new UsageError(`--in-force-from ${inForceFrom}: not a day; write it like 2026-01-01`)
      const { importFiles } = await import('@hub/knowledge/commands/import-files.ts')
      const report = await withKnowledge((database) =>
        importFiles(database, openClock(process.env), files, {
          dryRun,
          inForceFrom,
          by: 'hub knowledge import',
        }),
      )
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : said(report, dryRun))
      if (report.unreadable.length > 0) process.exitCode = 1
    })
}

function addExport(knowledge: Command): void {
  knowledge
    .command('export')
    .description('导出现行有效的条目 · export the articles in force')
    .argument('<folder>', '目标文件夹 · folder to write into')
    .option('--format <form>', exportForms.join(' | '), 'md')
    .option('--on <day>', '以哪一天为准 · as of which day')
    .addHelpText(
      'after',
      '\nExamples:\n  hub knowledge export ./articles\n  hub knowledge export ./out --format csv',
    )
    .action(async (folder: string, { format, on }: { format: string; on?: string }) => {
      const form = exportForms.find((each) => each === format)
      if (!form) throw new UsageError(`--format ${format}: one of ${exportForms.join(', ')}`)
      const day = on ?? dayOf(openClock(process.env)())
      if (!isDay(day)) throw new UsageError(`--on ${day}: not a day; write it like 2026-01-01`)
      const { exportArticles } = await import('@hub/knowledge/commands/export-articles.ts')
      const { articles, files } = await withKnowledge((database) =>
        exportArticles(database, folder, form, day),
      )
      process.stdout.write(`已导出 ${articles} 条,${files} 个文件 · ${articles} articles in ${files} files\n`)
    })
}

async function withKnowledge<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const hub = await openHubDatabase(process.env)
  const database = openDatabase({ url: hub.url, room: 'knowledge', max: 2 })
  try {
    return await work(database)
  } finally {
    await database.close()
    await hub.stop()
  }
}

function said({ changes, unreadable, saved }: ImportReport, dryRun: boolean): string {
  const lines = changes.map(({ id, title, change }) => `${change.padEnd(9)} ${id} ${title}\n`)
  const faults = unreadable.map(({ place, field }) => `无法读取 · unreadable: ${place} (${field})\n`)
  const end = saved
    ? '已导入 · imported'
    : dryRun
      ? '未保存(试运行) · dry run, nothing saved'
      : '未保存 · nothing saved'
  return `${lines.join('')}${faults.join('')}${end}\n`
}
