import type { Db } from '@hub/kit/postgres.ts'
import { asc } from 'drizzle-orm'
import type { CityPolicy } from '../domain/city-policy.ts'
import { followedPolicy } from './tables.ts'

/** Saves a version; one that stands already is never rewritten. */
export async function savePolicy(db: Db, policy: CityPolicy): Promise<void> {
  await db.insert(followedPolicy).values(policy).onConflictDoNothing()
}

/** All versions that were announced, each city's oldest first. */
export function listPolicies(db: Db): Promise<CityPolicy[]> {
  return db.select().from(followedPolicy).orderBy(asc(followedPolicy.city), asc(followedPolicy.effectiveFrom))
}
