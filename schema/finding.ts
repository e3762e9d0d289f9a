/** One thing that is wrong with the contract, as a sentence for the person who mends it. */
export type Finding = string

const SHOWN_LINES = 24

/** How a file differs from what the code prints now: the lines between the first and the last that differ. */
export function differingLines(file: string, written: string, printed: string): Finding[] {
  if (written === printed) return []
  const before = written.split('\n')
  const after = printed.split('\n')
  let start = 0
  while (start < before.length && before[start] === after[start]) start += 1
  let same = 0
  while (same < Math.min(before.length, after.length) - start && before.at(-1 - same) === after.at(-1 - same))
    same += 1
  const gone = before.slice(start, before.length - same).map((line) => `  - ${line}`)
  const come = after.slice(start, after.length - same).map((line) => `  + ${line}`)
  const place = `${file}:${start + 1} is not what the code prints; write it anew with: npm run schema`
  return [[place, ...shortened(gone), ...shortened(come)].join('\n')]
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= SHOWN_LINES) return lines
  return [...lines.slice(0, SHOWN_LINES), `    … and ${lines.length - SHOWN_LINES} more lines`]
}
