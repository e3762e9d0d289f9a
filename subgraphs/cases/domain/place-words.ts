/** The places a text names: a fine one is a building, an estate, a road; a coarse one a subdistrict, a town. */
export interface PlaceWords {
  readonly fine: ReadonlySet<string>
  readonly coarse: ReadonlySet<string>
}

const FINE =
  /(\p{Script=Han}{2,8}?)(小区|山庄|花园|花苑|家园|嘉园|公寓|大厦|广场|商场|市场|小学|中学|大学|幼儿园|医院|公园|新村|宿舍|家属院|老楼院|楼院|工业园|产业园|化工园区|片区|社区|大街|大道|胡同|村|路|街|巷|苑|府|湾|庭|郡|桥|湖|河|山)(?!道|镇|乡|费|灯|面|口处|边的|况|子|上的|人|线路)/gu
const COARSE = /(\p{Script=Han}{2,4}?)(街道|镇|乡)(?!办事处工作|居|村民|亲)/gu

/** Words that stand before a place and are no part of its name. */
const LEADING =
  /^.*(?:我们|我是|我家|我在|住在|位于|反映|来电|举报|投诉|咨询|附近|旁边|家住|请问|关于|建议|路过|街道|镇|乡|区|县|市|的|在|是|到|从|去|来|了|和|与|及|有|把|被|对|向|这|那|该|某)/u
const NO_NAME =
  /^(?:整个|新建|老旧|一个|两个|几个|各个|全|本|我|这|那|该|某|每|安置|住宅|个|老|修|马|公|道|走|过|铁|高速|问|半|让|绕|迷|线|电|网|出)*$/u

/** Finds the places in a plain text; each is kept as its last two characters and its kind, so that wording matters less. */
export function placeWords(text: string): PlaceWords {
  return { fine: named(text, FINE), coarse: named(text, COARSE) }
}

function named(text: string, pattern: RegExp): ReadonlySet<string> {
  const places = new Set<string>()
  for (const [, before = '', kind = ''] of text.matchAll(pattern)) {
    const name = before.replace(LEADING, '')
    if (name.length < 2 || NO_NAME.test(name)) continue
    places.add(name.slice(-2) + kind)
  }
  return places
}
