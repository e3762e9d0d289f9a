import { SettingError } from '@hub/kit/env.ts'

const LONGEST = 300

/** Why a supergraph cannot be served, as one line: some reasons go on for pages, or quote the whole file. */
export function reasonOf(error: unknown): string {
  const told = error instanceof Error ? error.message : String(error)
  const [line = ''] = told.trim().split('\n')
  const mend = /must be a core schema|federation 0\.x|extracting subgraphs/i.test(line)
    ? 'it is no supergraph of Federation 2; compose the subgraphs with Federation 2'
    : undefined
  const reason = mend ?? line
  return reason.length > LONGEST ? `${reason.slice(0, LONGEST)}…` : reason
}

/** What a gateway says that cannot begin for want of a supergraph. */
export function cannotBeServed(from: string, error: unknown): SettingError {
  if (error instanceof SettingError) return error
  return new SettingError(`SUPERGRAPH: "${from}" cannot be served: ${reasonOf(error).replace(/\.$/, '')}.`)
}
