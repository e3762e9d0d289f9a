import { Kind, parse, valueFromASTUntyped, type ConstDirectiveNode } from 'graphql'

/**
 * What `@apollo/gateway` refuses because it would not carry it out, and this gateway does: who may ask (operation-guards.ts),
 * values from further up (execution/context-fetch.ts). What a cache may keep asks nothing of a gateway that keeps nothing.
 */
const CARRIED_OUT = /\/(?:authenticated|requiresScopes|policy|context|cost|cacheTag)\/v0\.\d+$/

/** The supergraph without the word that these features are needed; everything else stands as it was. */
export function withCarriedOut(sdl: string): string {
  if (!/\bfor\s*:\s*(?:SECURITY|EXECUTION)\b/.test(sdl)) return sdl
  let kept = ''
  let from = 0
  for (const { start, end } of needs(sdl)) {
    kept += sdl.slice(from, start)
    from = end
  }
  return kept + sdl.slice(from)
}

function needs(sdl: string): { readonly start: number; readonly end: number }[] {
  return parse(sdl).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) return []
    return (definition.directives ?? []).flatMap((link) => {
      const need = link.arguments?.find(({ name }) => name.value === 'for')
      return need?.loc && CARRIED_OUT.test(urlOf(link)) ? [need.loc] : []
    })
  })
}

function urlOf({ name, arguments: given = [] }: ConstDirectiveNode): string {
  const url = given.find((argument) => name.value === 'link' && argument.name.value === 'url')
  return url ? String(valueFromASTUntyped(url.value)) : ''
}
