/** What looks like a long number and is none of a person: numbers of cases and documents, days, sums. */
const OFFICIAL =
  /[A-Z]{2}-\d{8}-\d{6}|〔\d{4}〕\d+号|(?:19|20)\d{2}[-./年]?(?:0?[1-9]|1[0-2])[-./月]?(?:0?[1-9]|[12]\d|3[01])日?(?!\d)|\d+(?:\.\d+)?(?=\s*[元万亿件人次户%])/gu

/** A shape that identifies a person, with the words that the refusal says. */
interface Shape {
  readonly what: string
  readonly whatZh: string
  readonly find: RegExp
}

const SHAPES: readonly Shape[] = [
  { what: 'mail address', whatZh: '邮箱', find: /[\w.+-]+@[\w-]+\.[\w.-]+/u },
  { what: 'ID number', whatZh: '身份证号', find: /\d{17}[\dXx]|\d{15}/u },
  { what: 'telephone or card number', whatZh: '号码', find: /\d(?:[\s\-‐-―−_.·()/]{0,3}\d){6,}/u },
  { what: 'telephone or card number', whatZh: '号码', find: /[〇零一二三四五六七八九幺]{8,}/u },
  {
    what: 'name of a person',
    whatZh: '姓名',
    find: /(?<![各位名多少的、\s])\p{Script=Han}(?:女士|先生|大爷|大妈|阿姨)|(?:我叫|姓名\s?[::]\s?)\p{Script=Han}{2,3}/u,
  },
  {
    what: 'dwelling',
    whatZh: '住址',
    find: /\d{1,4}\s?(?:号楼|栋|幢|单元)\s?\S{0,6}?\d{2,4}\s?(?:室|户|号)?|\d{3,4}\s?室/u,
  },
  {
    what: 'vehicle plate',
    whatZh: '车牌号',
    find: /[\u4e00-\u9fa5][A-HJ-NP-Z][·\s.-]?[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])/u,
  },
]

/**
 * What in a text looks like a person's number, name, address or plate; null when nothing does. This room keeps no person's
 * data, so that whatever it shows, to a unit, to oversight or to the public, is anonymous from the start (R85).
 */
export function personalIn(text: string): { what: string; whatZh: string } | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(OFFICIAL, ' ※ ')
  const found = SHAPES.find(({ find }) => find.test(plain))
  return found ? { what: found.what, whatZh: found.whatZh } : null
}
