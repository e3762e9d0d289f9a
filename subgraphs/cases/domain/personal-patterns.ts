export interface Pattern {
  readonly find: RegExp
  readonly mask: string
  /** Looks at a hit again: true when it only looks like one. */
  readonly unless?: (hit: string) => boolean
}

/** What may stand between the digits of one number. */
const GAP = String.raw`[\s\-‐-―−_.·•()/*、]{0,3}`
/** A number as it is spoken of a house: digits, letters or Chinese numerals. */
const COUNT = '(?:[0-9]{1,4}|[A-Za-z]|[一二三四五六七八九十百零〇]{1,4})'
const ROOM =
  '(?:[A-Za-z]?[0-9]{3,4}(?:室|户|房间|房|号)?|[一二三四五六七八九十百零〇]{1,5}(?:室|户|房间|房)|[0-9一二三四五六七八九十]{1,3}[楼层][东西南北中][户侧]?)'
const BUILDING = `${COUNT}(?:号院|号楼|号|栋|幢|座|#楼?)`
const UNIT = `${COUNT}(?:单元|门洞?)`
const SPOKEN = '[0-9〇零一二三四五六七八九幺]'

const pattern = (body: string) => new RegExp(body, 'gu')
const number = (body: string) => pattern(String.raw`(?<!\d)(?:${body})(?!\d)`)

/** In this order: the longer number first, so that a short one is not found inside it. */
export const personalPatterns: readonly Pattern[] = [
  { find: pattern(String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}`), mask: '[邮箱]' },
  {
    find: pattern(
      String.raw`(?<=(?:微信|QQ|qq|Qq)(?:账号|帐号|号码|号|ID|id)?(?:是|为)?[::\s]{0,3})[A-Za-z\d][\w-]{4,19}`,
    ),
    mask: '[账号]',
  },
  // Resident identity: region, day of birth, serial, check character.
  {
    find: number(
      String.raw`[1-9](?:${GAP}\d){5}${GAP}(?:1${GAP}[89]|2${GAP}0)(?:${GAP}\d){2}${GAP}[01](?:${GAP}\d)${GAP}[0-3](?:${GAP}\d)(?:${GAP}\d){3}${GAP}[\dXx]`,
    ),
    mask: '[身份证号]',
  },
  { find: number(String.raw`\d{17}[Xx]`), mask: '[身份证号]' },
  { find: number(String.raw`\d{4}(${GAP})\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{16,19}`), mask: '[银行卡号]' },
  { find: number(String.raw`\d{6}${GAP}\d{6}${GAP}\d{3}`), mask: '[身份证号]' },
  { find: pattern(String.raw`(?<![A-Za-z\d])[A-Z][A-Z]?\d{8,9}(?!\d)`), mask: '[证件号]' },
  { find: number(String.raw`(?:(?:\+|00)?86${GAP})?1${GAP}[3-9](?:${GAP}\d){9}`), mask: '[电话]' },
  { find: number(String.raw`\d{4}${GAP}\d{4}${GAP}\d{4}${GAP}\d{4}(?:${GAP}\d{1,3})?`), mask: '[银行卡号]' },
  {
    find: number(
      String.raw`\(?(?:010|02\d|0[3-9]\d{2})\)?${GAP}\d{3,4}${GAP}\d{4}(?:\s?(?:转|分机|-)\s?\d{1,6})?`,
    ),
    mask: '[电话]',
  },
  {
    find: pattern(String.raw`(?<=(?:电话|座机|号码|致电|回电|拨打)[^\d\n\]]{0,6})\d{3,4}${GAP}\d{4}(?!\d)`),
    mask: '[电话]',
  },
  {
    find: number(String.raw`(?<!-)[2-8]\d{3}[\s\-‐-―]?\d{4}(?!\s*[元万亿])`),
    mask: '[电话]',
    unless: isDate,
  },
  { find: pattern(`(?<!${SPOKEN})${SPOKEN}{11}(?!${SPOKEN})`), mask: '[电话]', unless: isPlain },
  { find: pattern(`(?<!${SPOKEN})${SPOKEN}{15,19}(?!${SPOKEN})`), mask: '[证件号]', unless: isPlain },
  // A dwelling is hidden from its building on; a building or staircase alone is where a unit must go, and stays.
  {
    find: pattern(
      String.raw`(?<![\dA-Za-z])(?:${BUILDING}\s?){0,2}(?:${BUILDING}|${UNIT})\s?(?:${UNIT}\s?)?(?:东|西|中)?(?:户)?${ROOM}`,
    ),
    mask: '[住址]',
  },
  { find: pattern(String.raw`(?<![\dA-Za-z])[A-Za-z]?\d{3,4}室`), mask: '[住址]' },
  { find: number(String.raw`\d{1,3}[-‐-―#]\d{1,2}[-‐-―]\d{3,4}(?:室|户)?`), mask: '[住址]' },
]

/** Needed to handle a matter, but nothing for the public. */
export const publicPatterns: readonly Pattern[] = [
  {
    find: pattern(
      String.raw`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s.\-]?[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳]`,
    ),
    mask: '[车牌号]',
  },
  {
    find: pattern(
      String.raw`(?<=(?:我叫|我的名字(?:是|叫)|姓名\s?[::]?\s?))\p{Script=Han}{2,3}(?!\p{Script=Han}{0,2}(?:楼|路))`,
    ),
    mask: '[姓名]',
  },
]

/** `2026-1123`, `20261123` and `2024-2026` are days and years. */
function isDate(hit: string): boolean {
  const year = /^(?:19|20)\d{2}|(?:19|20)\d{2}$/.test(hit)
  return year && (/\D/.test(hit) || /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(hit))
}

/** Plain digits alone are judged by the patterns of numbers, not as spoken ones. */
function isPlain(hit: string): boolean {
  return /^\d+$/.test(hit)
}
