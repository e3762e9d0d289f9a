import { Kind, type DirectiveNode } from 'graphql'

/** Whether a directive lets a fragment come later. */
export function isDefer({ name }: DirectiveNode): boolean {
  return name.value === 'defer'
}

/** The label of a fragment that comes later. */
export function deferLabel({
  directives = [],
}: {
  readonly directives?: readonly DirectiveNode[] | undefined
}): string | undefined {
  const label = directives.find(isDefer)?.arguments?.find(({ name }) => name.value === 'label')?.value
  return label?.kind === Kind.STRING ? label.value : undefined
}
