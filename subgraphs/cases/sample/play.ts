import type { Caller } from '@hub/kit/caller.ts'
import { dayOf, plusDays } from '@hub/kit/day.ts'
import {
  replyToAssignment,
  requestExtension,
  decideExtension,
  requestReturn,
  decideReturn,
  reviewReply,
  signForAssignment,
} from '../commands/assignment-commands.ts'
import {
  answerDirectly,
  closeCase,
  dispatchCase,
  recordCallback,
  recordFeedback,
} from '../commands/case-commands.ts'
import { registerCase } from '../commands/register-case.ts'
import type { Room } from '../commands/room.ts'
import type { AssignmentRecord } from '../domain/state.ts'
import { inOfficeHours, type Story } from './story.ts'

/** One thing that happens to a case at an instant. */
export interface Step {
  readonly at: Date
  readonly run: (room: Room) => Promise<void>
}

const DAY = 86_400_000

/** Who acts in the sample; the subjects say that they are invented. */
function as(role: string, department?: string): Caller {
  const subject = `sample:${(department ?? role).toLowerCase()}`
  const attributes: Record<string, string> = department ? { department } : {}
  return {
    subject,
    role,
    attributes,
    scopes: [],
    locale: 'zh-CN',
    expiresAt: 4_102_444_800,
    requestId: 'sample',
  }
}

/** The steps of a case in order. `articleOf` finds an article by its title. */
export function stepsOf(story: Story, articleOf: (title: string) => string | null): Step[] {
  const play = new Play(story, articleOf)
  const steps = [{ at: story.registered, run: (room: Room) => play.register(room) }]
  return [
    ...steps,
    ...(story.sample.expectedHandling === 'DIRECT_ANSWER' ? play.answered() : play.transferred()),
  ]
}

class Play {
  private number = ''
  private lead = ''
  private coHandlers: string[] = []
  private readonly story: Story
  private readonly articleOf: (title: string) => string | null

  constructor(story: Story, articleOf: (title: string) => string | null) {
    this.story = story
    this.articleOf = articleOf
  }

  async register(room: Room): Promise<void> {
    const { id: _id, phone, receivedAt: _receivedAt, ...sample } = this.story.sample
    const receivedAt = new Date(this.story.registered.getTime() - 180_000)
    const input = { ...sample, callerPhone: phone, receivedAt, anonymous: sample.tags.includes('ANONYMOUS') }
    this.number = (await registerCase(room, as('OPERATOR'), input)).case.number
  }

  answered(): Step[] {
    const answeredAt = new Date(this.story.registered.getTime() + 4 * 60_000)
    return [
      { at: answeredAt, run: (room) => this.answer(room) },
      { at: inOfficeHours(answeredAt.getTime() + DAY), run: (room) => this.close(room) },
    ]
  }

  private async answer(room: Room): Promise<void> {
    const article = this.articleOf(this.story.sample.kbTitle ?? '')
    const text = article
      ? `您好,就您反映的问题,现行规定见《${this.story.sample.kbTitle}》,已当场向您说明。`
      : '您好,此事不属于本市热线受理范围,已告知您正确的反映途径。'
    const reason = article ? null : '不属于受理范围,已告知途径'
    await answerDirectly(room, as('OPERATOR'), {
      number: this.number,
      text,
      articles: article ? [article] : [],
      reason,
    })
  }

  transferred(): Step[] {
    const { course, dispatched, signed, replied } = this.story
    const after = (days: number): Date => inOfficeHours(replied.getTime() + days * DAY)
    const steps: Step[] = [
      { at: dispatched, run: (room) => this.dispatch(room, this.story.sample.expectedDepartments) },
      { at: signed, run: (room) => this.sign(room) },
      { at: replied, run: (room) => this.reply(room, this.coHandlers) },
      { at: after(0.4), run: (room) => this.reply(room, [this.lead]) },
      ...this.reviewed(after),
      { at: after(10.2), run: (room) => this.feedback(room) },
      { at: after(11.4), run: (room) => this.callback(room) },
      { at: after(13.5), run: (room) => this.close(room) },
    ]
    if (course === 'EXTENDED') steps.push(...this.extended(dispatched))
    if (course === 'RETURNED')
      steps.push({ at: inOfficeHours(signed.getTime() + DAY / 8), run: (room) => this.sendBack(room) })
    return steps.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  }

  private reviewed(after: (days: number) => Date): Step[] {
    const accept: Step = { at: after(9), run: (room) => this.review(room) }
    if (this.story.course !== 'REDONE') return [{ ...accept, at: after(1.5) }]
    return [
      { at: after(1.5), run: (room) => this.orderRedo(room) },
      { at: after(6), run: (room) => this.reply(room, [this.lead]) },
      accept,
    ]
  }

  private async dispatch(room: Room, departments: readonly string[]): Promise<void> {
    const { sample } = this.story
    const lead = sample.expectedLead ?? departments[0] ?? null
    const mode = sample.expectedHandling === 'EMERGENCY' ? 'PHONE' : 'WRITTEN'
    const state = await dispatchCase(room, as('OFFICE'), { number: this.number, departments, lead, mode })
    const live = state.assignments.filter(({ status }) => status !== 'RETURNED')
    this.lead = idOf(live.find(({ role }) => role === 'LEAD'))
    this.coHandlers = live.filter(({ role }) => role === 'CO_HANDLER').map(idOf)
    this.departments = new Map(live.map(({ id, department }) => [id, department]))
  }

  private departments = new Map<string, string>()

  private unit(assignment: string): Caller {
    return as('DEPARTMENT', this.departments.get(assignment))
  }

  private async sign(room: Room): Promise<void> {
    for (const assignment of [this.lead, ...this.coHandlers])
      await signForAssignment(room, this.unit(assignment), { assignment })
  }

  private async reply(room: Room, assignments: readonly string[]): Promise<void> {
    for (const assignment of assignments)
      await replyToAssignment(room, this.unit(assignment), {
        assignment,
        disposition: 'CONFORMING',
        text: '已派人到现场核实,情况基本属实,已督促整改并将持续跟进。',
        publicText: '您反映的问题已核实并处理,感谢您的监督。',
        legalBasis: ['《济南市12345市民服务热线条例》'],
        contactedCaller: this.story.sample.phone !== null,
      })
  }

  private extended(dispatched: Date): Step[] {
    const asked = inOfficeHours(dispatched.getTime() + 4 * DAY)
    const until = plusDays(dayOf(dispatched), 25)
    const assignment = (): { assignment: string } => ({ assignment: this.lead })
    const reason = '需多方会商并现场施工,短期内难以办结。'
    return [
      {
        at: asked,
        run: async (room) =>
          void (await requestExtension(room, this.unit(this.lead), { ...assignment(), until, reason })),
      },
      {
        at: inOfficeHours(asked.getTime() + DAY / 4),
        run: async (room) =>
          void (await decideExtension(room, as('OFFICE'), {
            ...assignment(),
            grant: true,
            reason: '情况属实,同意延期。',
          })),
      },
    ]
  }

  private async sendBack(room: Room): Promise<void> {
    const assignment = this.lead
    const suggested = this.story.sample.alsoAcceptable[0] ?? 'JN-HOTLINE'
    await requestReturn(room, this.unit(assignment), {
      assignment,
      reason: '非本单位职责。',
      basis: '市级部门职责清单',
      suggested,
    })
    await decideReturn(room, as('OFFICE'), { assignment, accept: true, reason: '经核对职责清单,同意退单。' })
    await this.dispatch(room, [suggested])
    await this.sign(room)
  }

  private async review(room: Room): Promise<void> {
    for (const assignment of [...this.coHandlers, this.lead])
      await reviewReply(room, as('OFFICE'), { assignment, accept: true })
  }

  private async orderRedo(room: Room): Promise<void> {
    for (const assignment of this.coHandlers)
      await reviewReply(room, as('OFFICE'), { assignment, accept: true })
    const redoBy = plusDays(dayOf(room.clock()), 10)
    const requirements = '回复未说明处理结果,请补充现场处置情况、完成时限及责任人。'
    await reviewReply(room, as('OFFICE'), { assignment: this.lead, accept: false, requirements, redoBy })
  }

  private async feedback(room: Room): Promise<void> {
    const reachable = this.story.sample.phone !== null && !this.story.sample.tags.includes('ANONYMOUS')
    const outcome = reachable
      ? { mode: 'PHONE' as const, text: '已电话告知办理结果。' }
      : { mode: 'IMPOSSIBLE' as const, impossibleBecause: '来电人未留联系方式。' }
    await recordFeedback(room, as('OFFICE'), { number: this.number, by: 'OFFICE', ...outcome })
  }

  private async callback(room: Room): Promise<void> {
    const { satisfied, sample } = this.story
    const contacted = sample.phone !== null && !sample.tags.includes('ANONYMOUS')
    const said = {
      solved: satisfied,
      satisfaction: satisfied ? ('SATISFIED' as const) : ('DISSATISFIED' as const),
    }
    await recordCallback(room, as('OFFICE'), { number: this.number, contacted, ...(contacted ? said : {}) })
  }

  private async close(room: Room): Promise<void> {
    await closeCase(room, as('OFFICE'), { number: this.number })
  }
}

function idOf(assignment: AssignmentRecord | undefined): string {
  if (!assignment) throw new Error('a dispatched case without a lead')
  return assignment.id
}
