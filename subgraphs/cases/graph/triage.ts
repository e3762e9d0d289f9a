import { normalisePhone } from '../domain/phone.ts'
import { similarWords } from '../domain/similar-reading.ts'
import { rankSimilar, type SimilarFound } from '../domain/similar.ts'
import type { CaseRecord } from '../domain/state.ts'
import { assessUrgency, type UrgencyAssessment as Assessment } from '../domain/urgency.ts'
import { pageSize } from '@hub/kit/paging.ts'
import { anyone, builder } from './builder.ts'
import { Case } from './case-ref.ts'
import type { RoomContext } from './context.ts'
import { Urgency } from './enums.ts'

const UrgencyAssessment = builder.objectRef<Assessment>('UrgencyAssessment').implement({
  description:
    'Whether words point to danger for life or property (R56): a proposal, a person decides. 紧急程度研判',
  fields: (t) => ({
    urgency: t.expose('urgency', { type: Urgency, description: 'What is proposed. 建议紧急程度' }),
    reasons: t.exposeStringList('reasons', {
      description: 'The kind of danger and the words that say so, in Chinese. 判断依据',
    }),
  }),
})

interface Similar extends SimilarFound {
  readonly subject: CaseRecord
}

const SimilarCase = builder.objectRef<Similar>('SimilarCase').implement({
  description: 'A case that may tell of the same matter or event. 相似工单',
  fields: (t) => ({
    case: t.field({ type: Case, description: 'The case. 工单', resolve: ({ subject }) => subject }),
    score: t.exposeFloat('score', { description: 'How likely it is the same, 0.5 to 1. 相似度' }),
    sameCaller: t.exposeBoolean('sameCaller', {
      description: "Whether it is the same caller's: add to it; else link to a master. 是否同一来电人",
    }),
  }),
})

builder.queryFields((t) => ({
  assessUrgency: t.field({
    type: UrgencyAssessment,
    description:
      'Whether the words point to danger for life or property (R56): a proposal with its reasons, a person decides. 研判紧急程度',
    authScopes: { role: [...anyone] },
    args: {
      title: t.arg.string({ required: true, description: 'Title of the matter. 标题' }),
      content: t.arg.string({ required: true, description: 'What the caller says. 内容' }),
    },
    resolve: (_root, { title, content }) => assessUrgency(title, content),
  }),
  similarCases: t.field({
    type: [SimilarCase],
    description:
      "Cases like this one among those the viewer reaches: the same caller's (add to it) or the same event (link to a master). 查找相似工单",
    authScopes: { role: [...anyone] },
    args: {
      title: t.arg.string({ required: true, description: 'Title of the matter. 标题' }),
      content: t.arg.string({ required: true, description: 'What the caller says. 内容' }),
      district: t.arg.string({ description: 'District or county by name. 区县' }),
      first: t.arg.int({ defaultValue: 5, description: 'How many, 1 to 100. 条数' }),
      callerPhone: t.arg.string({
        description: "The caller's phone, to find their own cases; for the hotline only. 来电人电话",
      }),
      except: t.arg.string({
        description: 'Number of the case itself, when it is registered already. 排除的工单编号',
      }),
    },
    resolve: findSimilar,
  }),
}))

interface Asked {
  readonly title: string
  readonly content: string
  readonly district?: string | null | undefined
  readonly first?: number | null | undefined
  readonly callerPhone?: string | null | undefined
  readonly except?: string | null | undefined
}

async function findSimilar(
  _root: object,
  asked: Asked,
  { room, viewer, load, read, now }: RoomContext,
): Promise<Similar[]> {
  const { title, content, district = null, except = null } = asked
  const first = pageSize(asked.first, 5)
  const search = {
    words: similarWords(title, content),
    phoneIndexes: phonesOf(asked, viewer).map((phone) => room.cipher.fingerprint(phone)),
    at: now,
    except,
  }
  const candidates = await read.listSimilarCandidates(search)
  const subjects = await Promise.all(candidates.map(({ number }) => load.case.load(number)))
  const reached = new Map(
    subjects.filter((subject) => subject !== null).map((subject) => [subject.number, subject]),
  )
  const found = rankSimilar(
    { title, content, district, receivedAt: now },
    candidates.filter(({ number }) => reached.has(number)),
    first,
  )
  return found.flatMap((similar) => {
    const subject = reached.get(similar.number)
    return subject ? [{ ...similar, subject }] : []
  })
}

const NUMBERS = /\d[\d -]{5,}\d/g

/** Whose cases count as the same caller's: the hotline may name a phone, a portal stands for its citizen. */
function phonesOf({ callerPhone, content }: Asked, { role, citizen }: RoomContext['viewer']): string[] {
  if (citizen !== null) return [normalisePhone(citizen).phone]
  if (role !== 'OPERATOR' && role !== 'OFFICE') return []
  const said = [...content.normalize('NFKC').matchAll(NUMBERS)].map(([text]) => normalisePhone(text))
  const given = callerPhone ? [normalisePhone(callerPhone)] : []
  return [...given, ...said].filter(({ valid }) => valid).map(({ phone }) => phone)
}
