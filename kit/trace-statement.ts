import { startBelow } from './trace-active.ts'

/** How a statement begins, and the table it is about: what stands in the text, never a value. */
const STATEMENT = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?<verb>[a-z]+)/i
const TABLE = /\b(?:from|into|update)\s+(?<table>"?[a-z_][\w]*"?(?:\."?[a-z_][\w]*"?)?)/i

/** What a statement goes by in a trace: `select cases.assignment`. */
export function nameOfStatement(text: string): string {
  const verb = STATEMENT.exec(text)?.groups?.['verb']?.toLowerCase() ?? 'statement'
  const table = TABLE.exec(text)?.groups?.['table']?.replaceAll('"', '')
  return table === undefined ? verb : `${verb} ${table}`
}

/** Lets the span of a statement last as long as its answer takes; nothing at all where nothing is traced. */
export function timed<Query extends PromiseLike<unknown>>(text: string, query: Query): Query {
  const span = startBelow(() => nameOfStatement(text), 'client')
  if (!span) return query
  const attributes = { 'db.system.name': 'postgresql' }
  // The statement is sent a moment after this: what is still said of it, like the form of its rows, is heard.
  query.then(
    () => span.end(attributes),
    () => span.end(attributes, true),
  )
  return query
}
