import DataLoader from 'dataloader'

type Read<Row> = (keys: readonly string[]) => Promise<readonly Row[]>

/** One row for each key, or null. */
export function one<Row>(read: Read<Row>, keyOf: (row: Row) => string): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await read(keys)).map((row) => [keyOf(row), row]))
    return keys.map((key) => rows.get(key) ?? null)
  })
}

/** A list for each key, in the order in which the rows were read. */
export function many<Row>(read: Read<Row>, keyOf: (row: Row) => string): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const rows = Map.groupBy(await read(keys), keyOf)
    return keys.map((key) => rows.get(key) ?? [])
  })
}
