import { bigint, boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { DepartmentLevel, DepartmentType } from '../domain/department.ts'
import type { MatterKind, TermRole } from '../domain/lexicon.ts'
import type { FollowedCase } from '../domain/outcome.ts'

export const department = pgTable('department', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  shortName: text('short_name'),
  type: text('type').$type<DepartmentType>().notNull(),
  level: text('level').$type<DepartmentLevel>(),
  parent: text('parent'),
  acceptsDispatch: boolean('accepts_dispatch').notNull(),
  position: integer('position').notNull(),
})

export const alias = pgTable('alias', {
  department: text('department').notNull(),
  alias: text('alias').notNull(),
})

export const responsibility = pgTable('responsibility', {
  department: text('department').notNull(),
  clause: integer('clause').notNull(),
  text: text('text').notNull(),
})

export const matter = pgTable('matter', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<MatterKind>().notNull(),
  position: integer('position').notNull(),
})

export const matterDepartment = pgTable('matter_department', {
  matter: text('matter').notNull(),
  position: integer('position').notNull(),
  department: text('department').notNull(),
  clause: text('clause_text'),
  handles: boolean('handles').notNull(),
})

export const matterTerm = pgTable('matter_term', {
  matter: text('matter').notNull(),
  role: text('role').$type<TermRole>().notNull(),
  term: text('term').notNull(),
})

export const place = pgTable('place', {
  name: text('name').notNull(),
  district: text('district').notNull(),
})

export const example = pgTable('example', {
  position: integer('position').primaryKey(),
  emergency: boolean('emergency').notNull(),
  departments: text('departments').array().notNull(),
  told: text('told').notNull(),
})

export const lexiconVersion = pgTable('lexicon_version', {
  single: boolean('single').primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull(),
})

export const followedCase = pgTable('followed_case', {
  caseNumber: text('case_number').primaryKey(),
  district: text('district').notNull(),
  lead: text('lead'),
  assignment: text('assignment'),
  outcome: text('outcome').$type<FollowedCase['outcome']>().notNull(),
  takenBy: text('taken_by'),
})

export const routingOutcome = pgTable('routing_outcome', {
  district: text('district').notNull(),
  department: text('department').notNull(),
  takenBy: text('taken_by').notNull(),
  cases: integer('cases').notNull(),
})
