/** Vectors of unit length by number, and which of them are nearest to one: every one is looked at. */
export class NearestVectors {
  private readonly vectors = new Map<number, Float32Array>()

  get size(): number {
    return this.vectors.size
  }

  add(no: number, vector: readonly number[]): void {
    this.vectors.set(no, unit(vector))
  }

  /** The numbers of the nearest, nearest first; vectors of another length are of another model and do not count. */
  nearest(vector: readonly number[], most: number): number[] {
    const sought = unit(vector)
    const found: { no: number; near: number }[] = []
    for (const [no, other] of this.vectors)
      if (other.length === sought.length) found.push({ no, near: dot(sought, other) })
    return found
      .toSorted((one, other) => other.near - one.near || one.no - other.no)
      .slice(0, most)
      .map(({ no }) => no)
  }
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (each) => (length === 0 ? 0 : each / length))
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0)
  return sum
}
