import { refuse } from '../domain/errors.ts'
import type { Context } from './context.ts'

/** The departments that a list is about: the one asked for with the units under it, within what the caller may see; null: all. */
export async function departmentsAsked(
  { listSubtree, scope }: Context,
  asked: string | null | undefined,
): Promise<readonly string[] | null> {
  const visible = await scope()
  if (!asked) return visible ? [...visible] : null
  if (visible && !visible.has(asked)) throw refuse('DEPARTMENT_NOT_YOURS', { department: asked })
  return listSubtree(asked)
}
