import type { Dice } from './dice.ts'

/** A place of the city: its district, and an estate or road that nobody will find on a map. */
export interface Place {
  readonly district: string
  /** The unit that is answerable for the district. */
  readonly unit: string
  readonly name: string
}

/** Districts and how many in a hundred calls come from each. */
const DISTRICTS: readonly (readonly [readonly [name: string, unit: string], number])[] = [
  [['历下区', 'JN-D-LX'], 14],
  [['市中区', 'JN-D-SZ'], 12],
  [['槐荫区', 'JN-D-HY'], 10],
  [['天桥区', 'JN-D-TQ'], 10],
  [['历城区', 'JN-D-LC'], 17],
  [['长清区', 'JN-D-CQ'], 7],
  [['章丘区', 'JN-D-ZQ'], 9],
  [['济阳区', 'JN-D-JY'], 5],
  [['莱芜区', 'JN-D-LW'], 7],
  [['钢城区', 'JN-D-GC'], 3],
  [['平阴县', 'JN-D-PY'], 3],
  [['商河县', 'JN-D-SH'], 3],
]

const FIRST: readonly [string, ...string[]] = [
  ...'枫云栖锦泉澜翠碧澄岚皓沁瑞彤芷兰竹梅松柏荷菱杏榆槐桐桂棠樱芙',
] as [string]
const SECOND: readonly [string, ...string[]] = [
  ...'汇栖绣悦庭畔轩阁屿谷溪渡台坊苇蘅芳霖霁晖曦辰昕宸钰璟琅瑾瑶',
] as [string]
const KINDS: readonly [string, ...string[]] = [
  '佳苑',
  '花园',
  '小区',
  '家园',
  '新村',
  '嘉园',
  '公寓',
  '街',
  '路',
  '山庄',
]

/** A place of the city, the larger districts more often. */
export function placeOf(dice: Dice): Place {
  const [district, unit] = dice.weigh(DISTRICTS)
  return { district, unit, name: `${dice.pick(FIRST)}${dice.pick(SECOND)}${dice.pick(KINDS)}` }
}
