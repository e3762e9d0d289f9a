export interface Asked {
  readonly id: string
  readonly question: string
  readonly expected_title: string | null
  readonly also_acceptable?: readonly string[]
  /** `normal` and `hard` are covered by an article; anything else is not. */
  readonly difficulty: string
  /** What makes a question that nothing covers hard to tell, where its author says. */
  readonly noneKind?: string | null
}

export interface Outcome {
  /** Null when the way of searching never refuses. */
  readonly answerable: boolean | null
  readonly titles: readonly string[]
  readonly note: string
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

/** Asks all questions and prints one line per kind: top-1, top-3, MRR, and refusals right and wrong. */
export async function measure(
  half: string,
  way: string,
  questions: readonly Asked[],
  ask: (question: string) => Promise<Outcome>,
  showWrong: boolean,
): Promise<void> {
  const line: string[] = []
  for (const kind of ['normal', 'hard'] as const) {
    const asked = questions.filter(({ difficulty }) => difficulty === kind)
    const places: number[] = []
    let refused = 0
    for (const one of asked) {
      const { titles, answerable, note } = await ask(one.question)
      const right = new Set([one.expected_title, ...(one.also_acceptable ?? [])])
      const place = titles.findIndex((title) => right.has(title))
      places.push(place)
      if (answerable === false) refused++
      if (showWrong && (place !== 0 || answerable === false))
        console.log(
          `   ${one.id} ${kind} ${one.question} → ${titles.slice(0, 3).join(' | ')} (place ${place}, ${note}${answerable === false ? ', REFUSED' : ''})`,
        )
    }
    const top1 = places.filter((place) => place === 0).length
    const top3 = places.filter((place) => place >= 0 && place < 3).length
    const mrr =
      places.reduce((sum, place) => sum + (place < 0 ? 0 : 1 / (place + 1)), 0) / Math.max(1, asked.length)
    line.push(
      `${kind} (${asked.length}): top-1 ${percent(top1, asked.length)}, top-3 ${percent(top3, asked.length)}, MRR ${mrr.toFixed(3)}, wrongly refused ${refused}`,
    )
  }
  const uncovered = questions.filter(({ expected_title: title }) => title === null)
  const kinds = new Map<string, { asked: number; refused: number }>()
  for (const one of uncovered) {
    const { answerable, titles, note } = await ask(one.question)
    for (const kind of ['', one.noneKind ?? '']) {
      const so = kinds.get(kind) ?? { asked: 0, refused: 0 }
      so.asked++
      if (answerable === false) so.refused++
      kinds.set(kind, so)
      if (!one.noneKind) break
    }
    if (answerable !== false && showWrong)
      console.log(`   ${one.id} uncovered ${one.noneKind ?? ''} ${one.question} → ${titles[0]} (${note})`)
  }
  const all = kinds.get('') ?? { asked: 0, refused: 0 }
  const each = [...kinds]
    .filter(([kind]) => kind !== '')
    .map(([kind, so]) => `, ${kind} ${so.refused}/${so.asked}`)
  console.log(
    `${half} · ${way} · ${line.join(' · ')} · uncovered (${all.asked}): refused ${percent(all.refused, all.asked)}${each.join('')}`,
  )
}
