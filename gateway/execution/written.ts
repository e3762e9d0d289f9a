import type { GraphQLFormattedError } from 'graphql'

/** Answer data that is JSON already. It passes through Apollo Server as it is, and is read only where it has to be. */
export class Written {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}

/** An answer, its data written or not. */
export interface Result {
  readonly errors?: readonly GraphQLFormattedError[] | undefined
  readonly data?: object | null | undefined
  readonly extensions?: object | undefined
}

/** Apollo Server's `stringifyResult`, which leaves alone what is written. */
export function writeResult(result: Result): string {
  return `${writeAnswer(result)}\n`
}

/** An answer as it goes out, over whatever it goes. */
export function writeAnswer({ errors, data, extensions }: Result): string {
  const parts: string[] = []
  if (errors) parts.push(`"errors":${JSON.stringify(errors)}`)
  if (data instanceof Written) parts.push(`"data":${data.text}`)
  else if (data !== undefined) parts.push(`"data":${JSON.stringify(data)}`)
  if (extensions) parts.push(`"extensions":${JSON.stringify(extensions)}`)
  return `{${parts.join(',')}}`
}
