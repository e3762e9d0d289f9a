import { normalisePhone } from '../domain/phone.ts'
import type { Viewer } from '../domain/visibility.ts'
import type { Reach } from '../store/reach.ts'
import type { Room } from './room.ts'

/** Which cases a viewer reaches at all, for the database; domain/visibility.ts says the same of one case. */
export async function reachOf(viewer: Viewer, { tree, cipher }: Room): Promise<Reach> {
  const { role, department, district, citizen } = viewer
  switch (role) {
    case 'OPERATOR':
    case 'OFFICE':
    case 'LEADER':
    case 'OVERSIGHT':
    case 'ADMIN':
      return { kind: 'ALL' }
    case 'DEPARTMENT':
      if (department === null) return { kind: 'NONE' }
      return {
        kind: 'UNITS',
        codes: await tree.within(department),
        barredBy: await tree.barringOf(department),
      }
    case 'PORTAL':
      if (citizen !== null)
        return { kind: 'CITIZEN', phoneIndex: cipher.fingerprint(normalisePhone(citizen).phone) }
      return district === null ? { kind: 'NONE' } : { kind: 'DISTRICT', district }
    default:
      return { kind: 'NONE' }
  }
}
