import { refuse } from './errors.ts'

/**
 * A place in one stream (`single`) or in several at once (`vector`: a district and the units under it). It is
 * opaque to clients; it names the epoch of the log, so that a restored database recognises a cursor it never gave.
 */
export interface Cursor {
  readonly form: CursorForm
  readonly epoch: string
  /** Stream → number of the last event received from it. */
  readonly places: ReadonlyMap<string, number>
}

export type CursorForm = 'single' | 'vector'

const LONGEST = 64 * 1024
const SHAPE = /^(single|vector) ([0-9a-z]{8})((?: [^\s,=]{1,120}=\d{1,15})*)$/

/** A cursor as a client holds it. */
export function encodeCursor({ form, epoch, places }: Cursor): string {
  const parts = [...places].map(([stream, seq]) => ` ${stream}=${seq}`)
  return Buffer.from(`${form} ${epoch}${parts.toSorted().join('')}`).toString('base64url')
}

/** Reads a cursor strictly: what this code would not have written itself is CURSOR_INVALID. */
export function decodeCursor(text: string): Cursor {
  if (text.length > LONGEST) throw refuse('CURSOR_INVALID')
  const match = SHAPE.exec(Buffer.from(text, 'base64url').toString('utf8'))
  const [, form, epoch, places] = match ?? []
  if ((form !== 'single' && form !== 'vector') || !epoch || places === undefined)
    throw refuse('CURSOR_INVALID')
  const cursor: Cursor = { form, epoch, places: placesIn(places) }
  if (form === 'single' && cursor.places.size !== 1) throw refuse('CURSOR_INVALID')
  if (encodeCursor(cursor) !== text) throw refuse('CURSOR_INVALID')
  return cursor
}

function placesIn(text: string): Map<string, number> {
  const pairs = text.split(' ').filter(Boolean)
  return new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), Number(pair.slice(pair.indexOf('=') + 1))]),
  )
}

/** The cursor of a place in one stream. */
export function singleCursor(stream: string, epoch: string, seq: number): string {
  return encodeCursor({ form: 'single', epoch, places: new Map([[stream, seq]]) })
}
