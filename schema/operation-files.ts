import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { GraphQLError, Kind, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { Finding } from './finding.ts'

/** A document that clients send, as it stands in `schema/operations`. */
export interface OperationFile {
  readonly file: string
  readonly text: string
}

const FOLDER = path.join(import.meta.dirname, 'operations')

/** All documents of `schema/operations`, by name. */
export function readOperations(folder = FOLDER): OperationFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }))
}

/** What keeps a client's document from being sent as it stands. */
export function unfitOperations(files: readonly OperationFile[], graph: GraphQLSchema): Finding[] {
  return files.flatMap(({ file, text }) => {
    const place = `operations/${file}`
    if (!text.startsWith('# ')) return [`${place} does not begin with a comment that says who sends it`]
    const document = parsed(text)
    if (document instanceof GraphQLError) return [`${place} cannot be parsed: ${document.message}`]
    return [
      ...validate(graph, document).map(
        (error) => `${place}:${error.locations?.[0]?.line ?? 1} ${error.message}`,
      ),
      ...wrongName(place, file, document),
    ]
  })
}

function parsed(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

/** One operation to a file, named like it: `portal-page.graphql` holds `PortalPage`. */
function wrongName(place: string, file: string, document: DocumentNode): Finding[] {
  const names = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value ?? '(unnamed)'] : [],
  )
  const expected = file
    .replace('.graphql', '')
    .replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase())
  return names.join() === expected ? [] : [`${place} holds ${names.join(', ')}, not ${expected} alone`]
}
