/** Where something lies in a bag, to take it out by. */
export interface Place<Item> {
  readonly item: Item
  at: number
}

/**
 * What is there for a moment, in no order. Not a Set: where much is put in and taken out, a Set leaves a chain of outgrown
 * tables, and once one of them is old, all that ever lay in those after it is kept until the whole heap is collected.
 */
export class Bag<Item> {
  private readonly places: Place<Item>[] = []

  get size(): number {
    return this.places.length
  }

  add(item: Item): Place<Item> {
    const place = { item, at: this.places.length }
    this.places.push(place)
    return place
  }

  /** Does nothing for what was taken out before. */
  remove(place: Place<Item>): void {
    if (this.places[place.at] !== place) return
    const last = this.places.pop()
    if (!last || last === place) return
    last.at = place.at
    this.places[place.at] = last
  }

  /** Calls with each of them, which may take any of them out. */
  forEach(visit: (item: Item, place: Place<Item>) => void): void {
    // From the end: what fills a gap was visited before.
    for (let at = this.places.length - 1; at >= 0; at--) {
      const place = this.places[at]
      if (place) visit(place.item, place)
    }
  }
}
