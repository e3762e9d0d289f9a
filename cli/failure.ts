/** Errors whose message is already the one sentence a person needs. */
const PLAIN = new Set(['SettingError', 'MigrationRefused', 'UsageError', 'StartFailed', 'Refusal'])

/** A call of a command that cannot be: one sentence that names the option, its value and the mend. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The hub could not be started; one sentence says which part and what it said last. */
export class StartFailed extends Error {
  override name = 'StartFailed'
}

/** Prints why a command failed — one sentence where a person can mend it, the stack where only a developer can; returns the exit code. */
export function explainFailure(error: unknown): number {
  if (!(error instanceof Error)) process.stderr.write(`${String(error)}\n`)
  else if (PLAIN.has(error.name) || PLAIN.has(error.constructor.name))
    process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`${error.stack ?? error.message}\n`)
  return 1
}
