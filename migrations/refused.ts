/** A migration that cannot go on for a reason a person can mend; the message is one sentence that says how. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused'
}
