import type { GraphQLFormattedError } from 'graphql'
import { setTimeout as sleep } from 'node:timers/promises'
import type { House } from '../house/house.ts'
import { issueToken, type TokenRequest } from '../issue-token.ts'
import { watchAssignments, type WatchedEvent } from '../watch/stream.ts'

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** Where the story is played: it speaks to the hub through the gateway alone, says each step and keeps count. */
export class Stage {
  readonly house: House
  private readonly say: (line: string) => void
  private step = 0
  private readonly wrong: string[] = []
  private readonly tokens = new Map<string, Promise<string>>()

  constructor(house: House, say: (line: string) => void) {
    this.house = house
    this.say = say
  }

  get failures(): readonly string[] {
    return this.wrong
  }

  tell(line: string): void {
    this.say(`\n${line}`)
  }

  /** Says whether a step answered as the charter has it. */
  check(what: string, holds: boolean, seen: unknown): void {
    this.step += 1
    this.say(`  ${holds ? '✓' : '✗'} ${String(this.step).padStart(2)} ${what}`)
    if (holds) return
    this.wrong.push(what)
    this.say(`       ${JSON.stringify(seen)}`)
  }

  /** One operation as one role. */
  async ask(
    who: TokenRequest,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.token(who)}` },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer
  }

  /** What must be refused, and with which code. */
  async refused(what: string, code: string, asked: Promise<Answer>): Promise<void> {
    const answer = await asked
    const [error] = answer.errors ?? []
    this.check(`${what} → ${code}:${error?.message ?? ''}`, error?.extensions?.['code'] === code, answer)
  }

  /** Asks again until it holds; what another room does follows within moments, not at once. */
  async until(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      const answer = await ask()
      if (holds(answer) || tries >= 100) return answer
      await sleep(200)
    }
  }

  /** Waits for something that a live subscriber is to see. */
  async untilSeen<Seen>(look: () => Seen | undefined): Promise<Seen | undefined> {
    for (let tries = 0; tries < 100; tries += 1) {
      const seen = look()
      if (seen !== undefined) return seen
      await sleep(100)
    }
    return undefined
  }

  /** A department's desk that stays at its stream: there once the hub has said where the stream stands. */
  async follow(department: string, signal: AbortSignal): Promise<readonly WatchedEvent[]> {
    const events: WatchedEvent[] = []
    const there = Promise.withResolvers<void>()
    const watching = watchAssignments({
      url: `${this.house.url}/graphql`,
      department,
      subtree: false,
      after: null,
      token: () => this.token({ role: 'DEPARTMENT', department }),
      onEvent: (event) => {
        there.resolve()
        if (event.kind !== 'HEARTBEAT') events.push(event)
      },
      onBreak: () => {},
      signal,
    })
    watching.catch((error: unknown) => this.check(`desk of ${department}`, false, String(error)))
    await Promise.race([there.promise, watching])
    return events
  }

  private token(who: TokenRequest): Promise<string> {
    const key = JSON.stringify(who)
    const known = this.tokens.get(key) ?? issueToken(who, this.house.keys.tokenKey)
    this.tokens.set(key, known)
    return known
  }
}
