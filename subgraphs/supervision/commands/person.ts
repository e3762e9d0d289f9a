import { openCipher } from '@hub/kit/crypt.ts'

/**
 * Makes the fingerprint that a person is known by in one survey. It needs the site's key, differs from survey to
 * survey, and is all that is kept: who answered cannot be told from the answers.
 */
export function personOf(key: string): (survey: string, phone: string) => string {
  const cipher = openCipher(key)
  return (survey, phone) => cipher.fingerprint(`survey ${survey} ${standard(phone)}`)
}

/** One way of writing for a number that a portal hands on: full width, gaps and the country code are read alike. */
function standard(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/[^\d+]/g, '')
    .replace(/^(\+86|0086|86(?=1\d{10}$))/, '')
}
