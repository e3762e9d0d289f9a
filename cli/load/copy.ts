import type postgres from 'postgres'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

type Value = string | number | boolean | Date | null | readonly unknown[] | object

/** Rows on their way into one table, by COPY: in one transaction, which commits when it is ended. */
export interface TableCopy {
  add(record: object): void
  /** Hands over what was added, and waits while the server is behind. */
  flush(): Promise<void>
  end(): Promise<number>
}

interface Target {
  readonly table: string
  /** As properties of a record; the columns are called the same, with underscores. */
  readonly fields: readonly string[]
  /** Fields whose lists are JSON; others are arrays of texts. */
  readonly json?: readonly string[]
}

/** Opens a COPY into a table, on a connection of its own. */
export async function openCopy(sql: postgres.Sql, { table, fields, json = [] }: Target): Promise<TableCopy> {
  const columns = fields.map((field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  const into: Writable = await sql.unsafe(`copy "${table}" (${columns.join()}) from stdin`).writable()
  const failed = once(into, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  const asJson = fields.map((field) => json.includes(field))
  let waiting = ''
  let rows = 0
  const flush = async (): Promise<void> => {
    if (waiting === '') return
    const hasRoom = into.write(waiting)
    waiting = ''
    if (!hasRoom) await Promise.race([once(into, 'drain'), failed])
  }
  return {
    add(record) {
      let line = ''
      const values: Readonly<Record<string, Value | undefined>> = { ...record }
      for (const [at, field] of fields.entries())
        line += `${at === 0 ? '' : '\t'}${asText(values[field] ?? null, asJson[at] === true)}`
      waiting += `${line}\n`
      rows += 1
    },
    flush,
    async end() {
      await flush()
      const done = once(into, 'finish')
      into.end()
      await Promise.race([done, failed])
      return rows
    },
  }
}

const SPECIAL = /[\\\t\n\r]/g
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function asText(value: Value, asJson: boolean): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value !== 'object') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (asJson || !Array.isArray(value)) return escaped(JSON.stringify(value))
  return escaped(`{${value.map((item) => `"${String(item).replace(/["\\]/g, String.raw`\$&`)}"`).join()}}`)
}

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPED[character] ?? character)
}
