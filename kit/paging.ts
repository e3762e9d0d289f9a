import { refuse } from './errors.ts'

/** One page of a keyset list: the nodes with their cursors, and whether more follow. */
export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/** Cuts what a store read (one row more than asked for) into a page. */
export function pageOf<Node>(
  rows: readonly Node[],
  first: number,
  after: string | null | undefined,
  cursorOf: (node: Node) => string,
): Page<Node> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node), node }))
  return { edges, hasNextPage: rows.length > first, hasPreviousPage: Boolean(after) }
}

const MAX_PAGE = 100

/** How many a client may ask for at once: 1 to 100, else BAD_INPUT. */
export function pageSize(first: number | null | undefined, otherwise: number): number {
  const size = first ?? otherwise
  if (size < 1 || size > MAX_PAGE) throw refuse('BAD_INPUT', { field: 'first', problem: `1–${MAX_PAGE}` })
  return size
}

/** Cursors are opaque to clients: the sort key of a row as base64url of JSON. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Reads a cursor back; one that this list did not give out is CURSOR_INVALID. */
export function decodeCursor(cursor: string, length: number): readonly (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => ['string', 'number'].includes(typeof part))
    )
      return key
  } catch {
    // not ours: refused below
  }
  throw refuse('CURSOR_INVALID')
}
