/** One thing that is wrong with the contract, as a sentence for the person who mends it. */
export type Finding = string

const SHOWN_LINES = 40

/** How a file differs from what the code prints now: the lines that went and came, each stretch with its place. */
export function differingLines(file: string, written: string, printed: string): Finding[] {
  if (written === printed) return []
  const changes = changedLines(written.split('\n'), printed.split('\n'))
  const shown = changes.slice(0, SHOWN_LINES)
  const rest = changes.length > shown.length ? [`  … and ${changes.length - shown.length} more lines`] : []
  const head = `${file} is not what the code prints; write it anew with: npm run schema`
  return [[head, ...shown, ...rest].join('\n')]
}

/** The shortest way from one text to the other, line by line, by the lengths of common rests. */
function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (row: number, column: number): number => common[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  const changes: string[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    if (before[row] === after[column] && row < before.length) {
      row += 1
      column += 1
    } else if (
      column === after.length ||
      (row < before.length && at(row + 1, column) >= at(row, column + 1))
    ) {
      changes.push(`  ${row + 1} - ${before[row]}`)
      row += 1
    } else {
      changes.push(`  ${row + 1} + ${after[column]}`)
      column += 1
    }
  }
  return changes
}
