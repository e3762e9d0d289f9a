/** Bounds of a histogram of durations, in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** A name that a stranger can choose must not grow the memory: further ones are counted together. */
const MOST_SERIES = 2_000

type Labels = Readonly<Record<string, string | number>>

interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly lines: () => string[]
}

/** Gives for labels what counts one more; kept, it spares writing them out each time. */
export type Counter = (labels: Labels) => () => void

/** Gives for labels what moves a gauge. */
export type Level = (labels: Labels) => (by: 1 | -1) => void

/** Gives for labels what takes a duration. */
export type Histogram = (labels: Labels) => (seconds: number) => void

/** Counts, gauges and histograms, written the way Prometheus reads them. Holds no value of any request. */
export class Metrics {
  private readonly families: Family[] = []

  counter(name: string, help: string): Counter {
    const counts = new Map<string, { count: number }>()
    const lines = (): string[] => [...counts].map(([key, { count }]) => `${name}${key} ${count}`)
    this.families.push({ name, help, type: 'counter', lines })
    return (labels) => {
      const key = seriesIn(counts, labels)
      const one = counts.get(key) ?? { count: 0 }
      counts.set(key, one)
      return () => void (one.count += 1)
    }
  }

  /** A gauge for labels, which is moved up and down. */
  level(name: string, help: string): Level {
    const levels = new Map<string, { at: number }>()
    const lines = (): string[] => [...levels].map(([key, { at }]) => `${name}${key} ${at}`)
    this.families.push({ name, help, type: 'gauge', lines })
    return (labels) => {
      const key = seriesIn(levels, labels)
      const one = levels.get(key) ?? { at: 0 }
      levels.set(key, one)
      return (by) => void (one.at += by)
    }
  }

  /** A gauge is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    this.families.push({ name, help, type: 'gauge', lines: () => [`${name} ${read()}`] })
  }

  histogram(name: string, help: string): Histogram {
    const series = new Map<string, Durations>()
    const lines = (): string[] => [...series].flatMap(([key, one]) => histogramLines(name, key, one))
    this.families.push({ name, help, type: 'histogram', lines })
    return (labels) => {
      const key = seriesIn(series, labels)
      const one = series.get(key) ?? { counts: Array.from({ length: SECONDS.length + 1 }, () => 0), sum: 0 }
      series.set(key, one)
      return (seconds) => take(one, seconds)
    }
  }

  /** Everything in the text format of Prometheus. */
  text(): string {
    const parts = this.families.map(({ name, help, type, lines }) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()].join('\n'),
    )
    return `${parts.join('\n')}\n`
  }
}

interface Durations {
  readonly counts: number[]
  sum: number
}

function take(one: Durations, seconds: number): void {
  let at = 0
  while (at < SECONDS.length && seconds > (SECONDS[at] ?? Infinity)) at++
  one.counts[at] = (one.counts[at] ?? 0) + 1
  one.sum += seconds
}

function histogramLines(name: string, key: string, { counts, sum }: Durations): string[] {
  let total = 0
  const buckets = counts.map((count, at) => {
    total += count
    return `${name}_bucket${withLabel(key, 'le', String(SECONDS[at] ?? '+Inf'))} ${total}`
  })
  return [...buckets, `${name}_sum${key} ${sum}`, `${name}_count${key} ${total}`]
}

function seriesIn(known: ReadonlyMap<string, unknown>, labels: Labels): string {
  const key = written(labels)
  if (known.size < MOST_SERIES || known.has(key)) return key
  return written(Object.fromEntries(Object.keys(labels).map((name) => [name, 'other'])))
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function withLabel(key: string, name: string, value: string): string {
  const pair = `${name}="${value}"`
  return key === '' ? `{${pair}}` : `${key.slice(0, -1)},${pair}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
