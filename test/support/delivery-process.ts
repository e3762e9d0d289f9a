import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { UNITS } from './delivery-work.ts'

export interface Effect {
  readonly eventId: string
  readonly assignment: string | null
}

export interface ConsumerOptions {
  readonly endpoint: string
  readonly token: string
  /** Where it keeps effects and cursors. */
  readonly file: string
  readonly broken: boolean
}

/** The consumer's process and the store that it leaves behind. */
export class Consumer {
  private readonly options: ConsumerOptions
  private child: ChildProcess

  constructor(options: ConsumerOptions) {
    this.options = options
    this.child = this.start()
  }

  /** Every unit is followed: each has its first place. */
  async joined(): Promise<void> {
    while (this.read('select department from place').length < UNITS.length) await sleep(50)
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGKILL')
    await gone
    this.child = this.start()
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGKILL')
    await gone
  }

  /** The effects of a unit once they are as many as expected, or no more come. */
  async settled(unit: string, expected: number): Promise<Effect[]> {
    const end = performance.now() + (this.options.broken ? 300 : 30_000)
    for (;;) {
      const rows = this.read(
        'select event_id, assignment from effect where department = ? order by place',
        unit,
      )
      if (rows.length >= expected || performance.now() > end) {
        return rows.map((row) => ({
          eventId: String(row['event_id']),
          assignment: row['assignment'] === null ? null : String(row['assignment']),
        }))
      }
      await sleep(100)
    }
  }

  private read(statement: string, ...values: string[]) {
    if (!existsSync(this.options.file)) return []
    const store = new DatabaseSync(this.options.file, { timeout: 5000 })
    try {
      return store.prepare(statement).all(...values)
    } catch {
      return []
    } finally {
      store.close()
    }
  }

  private start(): ChildProcess {
    const { broken, endpoint, file, token } = this.options
    return fork(new URL('delivery-consumer.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {
        ...process.env,
        URL: endpoint,
        TOKEN: token,
        DEPARTMENTS: UNITS.join(','),
        FILE: file,
        ...(broken ? { BROKEN: '1' } : {}),
      },
    })
  }
}
