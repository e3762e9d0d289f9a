import type { Layout } from './gateway-random-layout.ts'
import {
  STANDING,
  TYPES,
  type Dice,
  type Field,
  type Moved,
  type Need,
  type Provided,
} from './gateway-random-shape.ts'

const BOX = 'Box'

/** Strews the fields of a random graph over its subgraphs. */
export class FieldMaker {
  readonly fields = new Map<string, Field[]>()
  /** What is known of all types where one stands for them. */
  readonly standing: Field[] = []
  private readonly dice: Dice
  private readonly layout: Layout

  constructor(dice: Dice, layout: Layout) {
    this.dice = dice
    this.layout = layout
    const { features } = layout
    if (features.has('values')) this.fields.set(BOX, this.boxFields())
    for (const type of TYPES) this.fields.set(type, [])
    for (const type of TYPES) for (let at = 0; at < 7; at++) this.add(type, at)
    if (features.has('common'))
      for (const type of TYPES) this.fieldsOf(type).push(field('tag', type, this.someRooms()))
    if (features.has('standing')) for (let at = 0; at < 4; at++) this.standing.push(this.standingField(at))
    for (const type of TYPES) {
      if (features.has('nested')) for (const at of [20, 21]) this.addNested(type, at)
      if (features.has('unions')) this.addOfMembers(type, 30)
    }
    if (features.has('provides')) for (const type of TYPES) this.provide(type)
  }

  fieldsOf(type: string): Field[] {
    return this.fields.get(type) ?? []
  }

  private add(type: string, at: number): void {
    const { dice, layout } = this
    const fields = this.fieldsOf(type)
    const kind = dice.chance(0.25) ? 'computed' : dice.chance(0.5) ? 'reference' : 'scalar'
    const owners = this.someRooms()
    const [owner = ''] = owners
    const plain = fields.filter((one) => !one.to && !one.owners.includes(owner) && !one.moved)
    if (kind === 'computed' && plain.length > 0) {
      const from = [dice.pick(plain), dice.pick(plain)]
      const needs = [...new Set(from)].map((one) => ({ path: [one], x: one.argument ? at : 0 }))
      fields.push(field(`c${at}`, type, [owner], { needs }))
    } else if (kind === 'reference') {
      const extra = [layout.features.has('partial') ? 'Odd' : [], layout.features.has('values') ? BOX : []]
      const to = dice.pick([...TYPES, 'Any', 'Node', ...extra.flat()])
      const able = owners.filter((room) => layout.among(to, [room]).length > 0)
      const together = able.length > 0 && layout.among(to, able).length > 0 ? able : able.slice(0, 1)
      if (together.length > 0)
        fields.push(
          field(`r${at}${to}`, type, together, { to: { type: to, list: dice.chance(0.5) }, ...this.never() }),
        )
    } else fields.push(this.scalar(type, at, owners))
  }

  private scalar(type: string, at: number, owners: readonly string[]): Field {
    const { dice, layout } = this
    const [from = ''] = owners
    const argument = dice.chance(0.3)
    if (layout.features.has('moved') && dice.chance(0.35)) {
      const to = dice.pick(layout.rooms.filter((room) => room !== from))
      const isOn = dice.chance(0.67)
      const label = `percent(${isOn ? 100 : 0})`
      const moved: Moved = isOn && dice.chance(0.5) ? { from, to, isOn } : { from, to, isOn, label }
      return field(`s${at}`, type, [from, to], { argument, moved })
    }
    const isHidden = layout.features.has('hidden') && dice.chance(0.3)
    return field(`s${at}`, type, owners, { argument, isHidden, ...this.never() })
  }

  private standingField(at: number): Field {
    if (this.dice.chance(0.3))
      return field(`n${at}Node`, 'Node', [STANDING], {
        to: { type: 'Node', list: this.dice.chance(0.5) },
        ...this.never(),
      })
    return field(`n${at}`, 'Node', [STANDING], { argument: this.dice.chance(0.25), ...this.never() })
  }

  /** Whoever knows objects without a key knows all of them. */
  private boxFields(): Field[] {
    const { rooms } = this.layout
    return [
      field('label', BOX, rooms),
      field('holds', BOX, rooms, { to: { type: this.dice.pick(TYPES), list: this.dice.chance(0.5) } }),
    ]
  }

  /** A field that is computed from what a reference of another subgraph leads to. */
  private addNested(type: string, at: number): void {
    const { dice, layout } = this
    const own = this.fieldsOf(type)
    const room = dice.pick(layout.rooms)
    const references = own.filter(
      ({ to, owners }) => to && !owners.includes(room) && this.fields.has(to.type),
    )
    if (references.length === 0) return
    const reference = dice.pick(references)
    const targets = this.fieldsOf(reference.to?.type ?? '').filter(
      (one) =>
        !one.to &&
        (one.type === BOX || !one.owners.includes(room)) &&
        !one.moved &&
        one.needs.every(({ path }) => path.length === 1),
    )
    if (targets.length === 0) return
    const target = dice.pick(targets)
    const others = this.plain(type, room)
    const more: Need[] = others.length > 0 && dice.chance(0.4) ? [{ path: [dice.pick(others)], x: 0 }] : []
    const needs = [{ path: [reference, target], x: target.argument ? at : 0 }, ...more]
    own.push(field(`d${at}`, type, [room], { needs }))
  }

  /** A field that is computed from what a union's members each say. */
  private addOfMembers(type: string, at: number): void {
    const { dice, layout } = this
    const room = dice.pick(layout.rooms)
    const references = this.fieldsOf(type).filter(
      ({ to, owners }) => to?.type === 'Any' && !owners.includes(room),
    )
    if (references.length === 0) return
    const reference = dice.pick(references)
    const possible = layout.among('Any', reference.owners)
    const members = layout.membersOf(room).flatMap((on): Provided[] => {
      if (!possible.includes(on)) return []
      const plain = this.plain(on, room)
      return plain.length > 0 ? [{ on, field: dice.pick(plain) }] : []
    })
    if (members.length === 0) return
    this.fieldsOf(type).push(field(`u${at}`, type, [room], { needs: [{ path: [reference], x: 0, members }] }))
  }

  private provide(type: string): void {
    const { dice, layout } = this
    for (const { to, needs, owners, provides } of this.fieldsOf(type)) {
      if (!to || needs.length > 0) continue
      for (const room of owners) {
        const among = to.type === 'Any' ? layout.membersOf(room) : TYPES.filter((one) => one === to.type)
        const list = among.flatMap((on): Provided[] => {
          const plain = this.plain(on, room)
          return plain.length > 0 && dice.chance(0.5) ? [{ on, field: dice.pick(plain) }] : []
        })
        if (list.length > 0) provides.set(room, list)
      }
    }
  }

  /** Scalars that a subgraph has not, which depend on nothing. */
  private plain(type: string, room: string): Field[] {
    return this.fieldsOf(type).filter(
      ({ to, owners, needs, argument, moved }) =>
        !to && !owners.includes(room) && needs.length === 0 && !argument && !moved,
    )
  }

  private someRooms(): readonly string[] {
    const { dice, layout } = this
    const owner = dice.pick(layout.rooms)
    const second = dice.pick(layout.rooms)
    return second !== owner && dice.chance(0.25) ? [owner, second] : [owner]
  }

  private never(): Pick<Field, 'isNeverNull'> {
    return { isNeverNull: this.layout.features.has('failing') && this.dice.chance(0.25) }
  }
}

function field(name: string, type: string, owners: readonly string[], more: Partial<Field> = {}): Field {
  return { argument: false, needs: [], provides: new Map(), ...more, name, type, owners }
}
