/** A question that nothing answered, and how often it was asked. */
export interface SearchMiss {
  readonly question: string
  readonly asked: number
  readonly firstAsked: Date
  readonly lastAsked: Date
}
