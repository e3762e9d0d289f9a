/** A part of an answer by its path; undefined where there is none. A number picks from a list. */
export function read(answer: unknown, ...path: readonly string[]): unknown {
  const start = isRecord(answer) && 'data' in answer ? answer['data'] : answer
  return path.reduce<unknown>((at, name) => {
    if (Array.isArray(at)) return at[Number(name)] as unknown
    return isRecord(at) ? at[name] : undefined
  }, start)
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
