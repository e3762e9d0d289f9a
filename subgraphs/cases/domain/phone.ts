export interface Phone {
  readonly phone: string
  /** False: it could not be read as a number, and stands as it was given. A call is never lost over it. */
  readonly valid: boolean
}

const HOME_AREA = '0531'
const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^(010|02\d|0[3-9]\d{2})([1-9]\d{6,7}|0{7,8})(?:[x转](\d{1,6}))?$/
const LOCAL = /^([2-8]\d{7})(?:[x转](\d{1,6}))?$/
const SERVICE = /^(400|800)\d{7}$/
const ABROAD = /^\+\d{7,15}$/

/** One way of writing for each number: full-width digits, spaces, dashes, +86 and missing area codes are read alike. */
export function normalisePhone(given: string): Phone {
  const digits = given
    .normalize('NFKC')
    .replace(/(分机|转|ext\.?|#)/gi, 'x')
    .replace(/[\s\-‐-―−()./·]/gu, '')
    .replace(/^(\+86|0086|86(?=1[3-9]\d{9}$))/, '')
  const phone = standard(digits)
  return phone ? { phone, valid: true } : { phone: given.trim(), valid: false }
}

function standard(digits: string): string | null {
  if (MOBILE.test(digits) || SERVICE.test(digits) || ABROAD.test(digits)) return digits
  const landline = LANDLINE.exec(digits) ?? LANDLINE.exec(`0${digits}`)
  if (landline) return joined(landline[1], landline[2], landline[3])
  const local = LOCAL.exec(digits)
  return local ? joined(HOME_AREA, local[1], local[2]) : null
}

function joined(area: string | undefined, number: string | undefined, extension: string | undefined): string {
  return `${area}-${number}${extension ? `-${extension}` : ''}`
}
