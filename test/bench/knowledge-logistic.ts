export interface Example {
  readonly features: Readonly<Record<string, number>>
  readonly answerable: boolean
  readonly weight: number
}

export interface Logistic {
  readonly bias: number
  readonly weights: Readonly<Record<string, number>>
}

const STEPS = 30
/** How strongly weights are drawn to nothing, each against how much its feature varies. */
const SHRINK = 5

/** Logistic regression by Newton's method; answered and unanswered questions count the same in sum. */
export function fitLogistic(rows: readonly Example[], names: readonly string[]): Logistic {
  const spread = names.map((name) => deviation(rows.map(({ features }) => features[name] ?? 0)))
  const totals = [false, true].map((kind) =>
    rows.filter(({ answerable }) => answerable === kind).reduce((sum, { weight }) => sum + weight, 0),
  )
  const inputs = rows.map(({ features }) => [
    ...names.map((name, at) => (features[name] ?? 0) / (spread[at] ?? 1)),
    1,
  ])
  const size = names.length + 1
  const found = Array.from({ length: size }, () => 0)
  for (let step = 0; step < STEPS; step++) {
    const slope = Array.from({ length: size }, (_, at) =>
      at < names.length ? -SHRINK * (found[at] ?? 0) : 0,
    )
    const curve = Array.from({ length: size }, (_, at) =>
      Array.from({ length: size }, (_unused, other) =>
        at === other ? (at < names.length ? SHRINK : 1e-6) : 0,
      ),
    )
    for (const [index, { answerable, weight }] of rows.entries()) {
      const input = inputs[index] ?? []
      const sum = input.reduce((so, value, at) => so + value * (found[at] ?? 0), 0)
      const likely = 1 / (1 + Math.exp(-sum))
      const worth = (weight * 0.5 * rows.length) / (totals[answerable ? 1 : 0] || 1)
      const error = worth * ((answerable ? 1 : 0) - likely)
      const bend = worth * likely * (1 - likely)
      for (const [at, value] of input.entries()) {
        slope[at] = (slope[at] ?? 0) + error * value
        const line = curve[at] as number[]
        for (const [other, second] of input.entries())
          line[other] = (line[other] ?? 0) + bend * value * second
      }
    }
    const move = solve(curve, slope)
    for (const [at, by] of move.entries()) found[at] = (found[at] ?? 0) + by
    if (Math.max(...move.map(Math.abs)) < 1e-5) break
  }
  const rounded = (value: number): number => Math.round(value * 1000) / 1000
  const own = names.map((name, at) => [name, rounded((found[at] ?? 0) / (spread[at] ?? 1))] as const)
  return { bias: rounded(found.at(-1) ?? 0), weights: Object.fromEntries(own) }
}

export function likelihoodOf(
  { bias, weights }: Logistic,
  features: Readonly<Record<string, number>>,
): number {
  const sum = Object.entries(weights).reduce(
    (so, [name, weight]) => so + weight * (features[name] ?? 0),
    bias,
  )
  return 1 / (1 + Math.exp(-sum))
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1
}

/** Gauss with the greatest pivot. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0])
  for (let at = 0; at < rows.length; at++) {
    const below = rows.slice(at).map((row) => Math.abs(row[at] ?? 0))
    const pivot = at + below.indexOf(Math.max(...below))
    const [one, other] = [rows[at], rows[pivot]]
    if (!one || !other) continue
    rows[at] = other
    rows[pivot] = one
    const lead = other[at] || 1e-12
    for (const [index, row] of rows.entries()) {
      if (index === at) continue
      const by = (row[at] ?? 0) / lead
      if (by !== 0)
        for (let place = at; place < row.length; place++)
          row[place] = (row[place] ?? 0) - by * (other[place] ?? 0)
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] || 1e-12))
}
