import { normalisePhone } from '@hub/cases/domain/phone.ts'
import type { FieldCipher } from '@hub/kit/crypt.ts'
import type { Dice } from './dice.ts'

/** Somebody who calls, sometimes more than once. Name and phone are invented; what is written is sealed already. */
export interface Person {
  readonly name: string
  readonly phone: string | null
  readonly sealed: { readonly name: string; readonly phone: string; readonly phoneIndex: string }
}

/** A city of 9 million: each person calls three times in the register, on average. */
const CALLS_EACH = 3
const FAMILY: readonly [string, ...string[]] = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'] as [string]
const GIVEN: readonly [string, ...string[]] = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英'] as [
  string,
]

/** Callers for so many cases. A person's name and phone are sealed once, with the real cipher. */
export function callersFor(cases: number, cipher: FieldCipher, dice: Dice): () => Person {
  const people = new Map<number, Person>()
  const most = Math.ceil(cases / CALLS_EACH)
  return () => {
    const at = Math.floor(dice.next() * most)
    const known = people.get(at)
    if (known) return known
    const name = `${dice.pick(FAMILY)}${dice.pick(GIVEN)}${dice.chance(0.5) ? dice.pick(GIVEN) : ''}`
    // 1990000…: a range that is given to nobody.
    const { phone } = normalisePhone(`1990${String(at).padStart(7, '0')}`)
    const sealed = {
      name: cipher.seal(name),
      phone: cipher.seal(phone),
      phoneIndex: cipher.fingerprint(phone),
    }
    const person = { name, phone, sealed }
    people.set(at, person)
    return person
  }
}
