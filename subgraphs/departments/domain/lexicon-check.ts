import type { DepartmentRecord } from './department.ts'
import { refuse } from './errors.ts'
import { DISTRICT, type Example, type Matter } from './lexicon.ts'

/** Refuses a lexicon that points to a unit or a clause that is not there: every suggestion names a real clause. */
export function checkLexicon(matters: readonly Matter[], units: readonly DepartmentRecord[]): void {
  const catalogues = new Map(units.map((unit) => [unit.code, unit.responsibilities]))
  for (const { code: matter, departments } of matters)
    for (const { department, clause } of departments) {
      if (department === DISTRICT) continue
      const catalogue = catalogues.get(department)
      if (!catalogue) throw refuse('LEXICON_DEPARTMENT_UNKNOWN', { matter, department })
      if (clause !== null && !catalogue.includes(clause))
        throw refuse('LEXICON_CLAUSE_UNKNOWN', { matter, department, clause })
    }
}

/** Refuses examples that name a unit that is not there. */
export function checkExamples(examples: readonly Example[], units: readonly DepartmentRecord[]): void {
  const known = new Set([DISTRICT, ...units.map(({ code }) => code)])
  for (const { departments, told } of examples)
    for (const department of departments)
      if (!known.has(department)) throw refuse('LEXICON_DEPARTMENT_UNKNOWN', { matter: told, department })
}
