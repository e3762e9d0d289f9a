import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { DEPARTMENT_LEVELS, DEPARTMENT_TYPES, type DepartmentRecord } from '../domain/department.ts'
import { readExamples, readMatters, readPlaces } from '../domain/lexicon-file.ts'
import type { RoutingKnowledge } from '../domain/suggest.ts'

const departmentsFile = z.array(
  z.object({
    code: z.string().min(1),
    name: z.string().min(1),
    shortName: z.string().nullish(),
    type: z.enum(DEPARTMENT_TYPES),
    parent: z.string().nullable(),
    level: z.enum(DEPARTMENT_LEVELS).nullish(),
    aliases: z.array(z.string()).default([]),
    responsibilities: z.array(z.string()).default([]),
    acceptsDispatch: z.boolean(),
  }),
)

const beside = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** The sample tree, lexicon and places, as files. */
export function loadSample(): RoutingKnowledge {
  const units = departmentsFile
    .parse(JSON.parse(beside('departments.json')))
    .map((unit, position): DepartmentRecord =>
      Object.assign(unit, { shortName: unit.shortName ?? null, level: unit.level ?? null, position }),
    )
  return {
    units,
    matters: readMatters('matters.tsv', beside('matters.tsv')),
    places: readPlaces('places.tsv', beside('places.tsv')),
    examples: readExamples('examples.tsv', beside('examples.tsv')),
  }
}
