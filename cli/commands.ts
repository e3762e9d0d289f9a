import type { Command } from 'commander'

interface CommandEntry {
  /** Also the file that holds it: `cli/<name>.ts`. */
  name: string
  summary: string
  load: () => Promise<(program: Command) => void>
}

/** Every command of `hub`, in the order of the help; its file is loaded only when it is called. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: '启动整个枢纽 · start the whole hub',
    load: async () => (await import('./start.ts')).addStartCommand,
  },
  {
    name: 'token',
    summary: '签发本地令牌 · print a token for the local hub',
    load: async () => (await import('./token.ts')).addTokenCommand,
  },
  {
    name: 'watch',
    summary: '跟踪部门的承办任务 · follow the assignments of a department',
    load: async () => (await import('./watch.ts')).addWatchCommand,
  },
  {
    name: 'demo',
    summary: '演示一通来电的全过程 · the story of one call, from ring to closing',
    load: async () => (await import('./demo.ts')).addDemoCommand,
  },
  {
    name: 'load',
    summary: '载入示例数据 · load the sample data',
    load: async () => (await import('./load.ts')).addLoadCommand,
  },
  {
    name: 'migrate',
    summary: '升级数据库表 · bring the tables up to date',
    load: async () => (await import('./migrate.ts')).addMigrateCommand,
  },
  {
    name: 'restored',
    summary: '恢复备份后执行一次 · to be run once after a restore from a backup',
    load: async () => (await import('./restored.ts')).addRestoredCommand,
  },
  {
    name: 'duty-log',
    summary: '打印值班记录 · print the duty log of a day and a shift',
    load: async () => (await import('./duty-log.ts')).addDutyLogCommand,
  },
  {
    name: 'calendar',
    summary: '导入放假安排 · import a holiday notice and compute deadlines anew',
    load: async () => (await import('./calendar.ts')).addCalendarCommand,
  },
  {
    name: 'policy',
    summary: '办理时限政策 · limits and marks of a city, in force from a day',
    load: async () => (await import('./policy.ts')).addPolicyCommand,
  },
  {
    name: 'audit',
    summary: '校验来电人信息查看记录 · verify the record of who saw callers’ data',
    load: async () => (await import('./audit.ts')).addAuditCommand,
  },
  {
    name: 'knowledge',
    summary: '导入导出知识库 · import and export the knowledge base',
    load: async () => (await import('./knowledge.ts')).addKnowledgeCommand,
  },
  {
    name: 'schema',
    summary: '打印图的合约 · print the contract of the graph',
    load: async () => (await import('./schema.ts')).addSchemaCommand,
  },
  {
    name: 'gateway',
    summary: '单独运行网关 · run the gateway alone',
    load: async () => (await import('./gateway.ts')).addGatewayCommand,
  },
]
