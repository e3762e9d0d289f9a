import { readFile } from 'node:fs/promises'
import { readLexiconFile } from '@hub/knowledge/domain/lexicon-file.ts'
import type { LexiconKind } from '@hub/knowledge/domain/lexicon.ts'

/*
 * Articles as a city's knowledge base holds them, written from sentence patterns and the words of the lexicon: each is
 * about a matter of its own, common words stand in many, most words in few.
 */
const PLACES = '历下 市中 槐荫 天桥 历城 长清 章丘 济阳 莱芜 钢城 平阴 商河 高新 南部山区'.split(' ')
const OFFICES =
  '住建部门 人社部门 医保部门 公安机关 城管部门 市场监管部门 卫健部门 教育部门 民政部门 交通部门 水务部门 自然资源部门 生态环境部门 文旅部门 农业农村部门 应急部门 税务部门 街道办事处 政务大厅'.split(
    ' ',
  )
const ACTS =
  '办理 申请 登记 备案 审批 投诉 举报 管理 补贴 检查 变更 注销 查询 收费 退费 验收 公示 救助 奖励 处罚 维修 认定 鉴定 预约 延期'.split(
    ' ',
  )
const FORMS = '指南 办法 实施细则 规定 流程 须知 标准 通知 服务规范 常见问题'.split(' ')
const PATTERNS = [
  '{subject}由{place}{office}负责{act},{word}可通过{word}或者{word}提出。',
  '符合{word}条件的{word}应当在{number}个工作日内到{office}{act},并提交{word}、{word}和{word}。',
  '因{word}造成{word}的,{office}责令改正;涉及{word}的,处{number}元以下罚款。',
  '{subject}的{act}期限为{number}日,遇{word}、{word}等情形可以延长。',
  '对{word}有异议的,可以向{office}反映,{office}核实{word}后答复{word}。',
  '{place}范围内的{subject},同时存在{word}问题的,按照{word}有关规定{act}。',
  '{word}与{word}之间的纠纷先行协商,协商不成的由{office}调解,也可以就{word}提起诉讼。',
  '享受{subject}{act}待遇的{word},每年{number}月核对{word}信息,{word}变化的及时告知。',
  '严禁以{word}名义收取{word},发现{word}的可拨打热线举报。',
]
const KEYWORDS = 5
const FILES: readonly (readonly [string, LexiconKind])[] = [
  ['expansions', 'EXPANSION'],
  ['synonyms', 'SYNONYM'],
  ['subjects', 'SUBJECT'],
  ['words', 'WORD'],
]

export interface GeneratedArticle {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly category: string
  readonly keywords: readonly string[]
  readonly inForceFrom: string
}

/** Makes articles by number, the same in every run. */
export async function openGenerator(): Promise<(number: number) => GeneratedArticle> {
  const words = await vocabulary()
  return (number) => {
    const below = randomFrom(number)
    const pick = (from: readonly string[]): string => from[below(from.length)] ?? ''
    /** Common words often, most words seldom. */
    const word = (): string => words[Math.floor(words.length ** (below(1_000_000) / 1_000_000))] ?? ''
    const [subject, second] = [pick(words), word()]
    const [place, office, act] = [pick(PLACES), pick(OFFICES), pick(ACTS)]
    const said: string[] = []
    const fill: Record<string, () => string> = {
      subject: () => subject,
      place: () => place,
      office: () => office,
      act: () => act,
      number: () => String(below(60) + 1),
      word: () => {
        said.push(word())
        return said.at(-1) ?? ''
      },
    }
    const sentences = Array.from({ length: 4 + below(3) }, () =>
      pick(PATTERNS).replace(/\{(\w+)\}/g, (_, slot: string) => fill[slot]?.() ?? ''),
    )
    return {
      id: `G-${number}`,
      title: `${place}区${subject}${second}${act}${pick(FORMS)}`,
      body: sentences.join(''),
      category: office.replace(/部门|机关|办事处|大厅/, ''),
      keywords: [subject, second, ...said].slice(0, KEYWORDS),
      inForceFrom: '2025-01-01',
    }
  }
}

async function vocabulary(): Promise<string[]> {
  const lists = await Promise.all(
    FILES.map(async ([file, kind]) => {
      const url = new URL(`../../subgraphs/knowledge/lexicon/${file}.txt`, import.meta.url)
      return readLexiconFile(file, kind, await readFile(url, 'utf8'))
    }),
  )
  const words = new Set(lists.flat().flatMap(({ phrase, terms }) => [...terms, ...phrase.split('+')]))
  const below = randomFrom(0)
  return [...words]
    .filter((word) => /^\p{Script=Han}{2,6}$/u.test(word))
    .map((word) => ({ word, at: below(1_000_000_000) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ word }) => word)
}

function randomFrom(seed: number): (limit: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}
