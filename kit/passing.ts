/** After so many new entries, and four times what is there, the tables left behind are let go. */
const ENTRIES = 64
const TIMES = 4

/** A Map of what is there for a moment: begun anew now and then, as its outgrown tables keep what lay in later ones (see `Bag`). */
export class Passing<Key, Value> {
  private map = new Map<Key, Value>()
  private entered = 0

  get(key: Key): Value | undefined {
    return this.map.get(key)
  }

  set(key: Key, value: Value): void {
    this.entered += 1
    if (this.entered > ENTRIES + TIMES * this.map.size) {
      this.map = new Map(this.map)
      this.entered = 0
    }
    this.map.set(key, value)
  }

  delete(key: Key): void {
    this.map.delete(key)
  }

  clear(): void {
    this.map.clear()
  }
}
