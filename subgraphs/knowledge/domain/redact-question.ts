const MASK = '▢'

/** What may identify a person in a question; wider than needed, since only the matter counts here. */
const PERSONAL: readonly RegExp[] = [
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
  /(?:[0-9〇零一二三四五六七八九幺][\s\-‐-―−_.·•()/*]{0,3}){7,}[0-9Xx]?/gu,
  /[A-Za-z]{0,3}\d{5,}[A-Za-z]?/gu,
  /(?:微信|QQ)号?(?:是|为)?[::\s]{0,3}[A-Za-z\d][\w-]{4,}/giu,
  /[0-9A-Za-z一二三四五六七八九十百零〇]{1,4}(?:号院|号楼|栋|幢|单元|号|室|户)(?=[0-9A-Za-z一二三四五六七八九十]|$|[\s,。?!的楼单])/gu,
  /(?<=(?:栋|幢|楼|单元|▢)\s?)\d{3,4}(?:室|户|房)?/gu,
  /(?<=(?:我叫|姓名是|名字叫|本人叫|他叫|她叫))\p{Script=Han}{2,4}/gu,
  /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Za-z][·•\s]?[A-Za-z0-9]{5,6}/gu,
]

/** A question as editors may see it: the matter, nothing that identifies a person. */
export function redactQuestion(raw: string): string {
  const text = raw.normalize('NFKC').replace(/\p{Cf}/gu, '')
  return PERSONAL.reduce((so, pattern) => so.replace(pattern, MASK), text)
    .replace(/\s+/gu, ' ')
    .trim()
}
