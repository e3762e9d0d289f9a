import type { Database } from '@hub/kit/postgres.ts'
import { compileLexicon, type Lexicon } from '../domain/lexicon.ts'
import { listLexicon, readLexiconState } from './lexicon.ts'
import { teachWords } from './words.ts'

const LOOK_AGAIN_MS = 5_000

/** Keeps the word lists ready in memory and loads them again after an editor has changed them. */
export class LexiconReader {
  private readonly database: Database
  private version = -1
  private lookedAt = 0
  private lexicon: Promise<Lexicon> | undefined

  constructor(database: Database) {
    this.database = database
  }

  /** The lists as of a few seconds ago at most. */
  async current(): Promise<Lexicon> {
    if (this.lexicon && performance.now() - this.lookedAt < LOOK_AGAIN_MS) return this.lexicon
    this.lookedAt = performance.now()
    const { version } = await readLexiconState(this.database.orm)
    if (!this.lexicon || version !== this.version) {
      this.version = version
      this.lexicon = this.load()
    }
    return this.lexicon
  }

  private async load(): Promise<Lexicon> {
    const lexicon = compileLexicon(await listLexicon(this.database.orm))
    teachWords(lexicon.words)
    return lexicon
  }
}
