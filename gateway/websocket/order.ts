import { Passing } from '@hub/kit/passing.ts'

type Hear = (text: string) => Promise<void>

/**
 * Lets what a client says under a name it has just given up wait until the operation of before is gone: graphql-ws takes
 * the two for one, and would never let the first one go.
 */
export function inOrder(hear: Hear): Hear {
  const running = new Passing<string, Promise<void>>()
  const leaving = new Passing<string, Promise<void>>()

  const listen: Hear = (text) => {
    const { type, id } = spoken(text)
    if (id === undefined) return hear(text)
    const before = leaving.get(id)
    if (before) return before.then(() => listen(text))
    const heard = hear(text)
    const current = running.get(id)
    if (type === 'subscribe' && !current) {
      const ended = heard.catch(() => {}).then(() => running.delete(id))
      running.set(id, ended)
    } else if (type === 'complete' && current) {
      leaving.set(
        id,
        current.then(() => leaving.delete(id)),
      )
    }
    return heard
  }
  return listen
}

/** What a message begins or ends; nothing for any other. */
function spoken(text: string): { readonly type?: string; readonly id?: string } {
  if (!text.includes('"subscribe"') && !text.includes('"complete"')) return {}
  try {
    const { type, id } = Object(JSON.parse(text)) as { readonly type?: unknown; readonly id?: unknown }
    if ((type === 'subscribe' || type === 'complete') && typeof id === 'string') return { type, id }
  } catch {
    // The protocol refuses it.
  }
  return {}
}
