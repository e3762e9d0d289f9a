import { z } from 'zod'

/** A model server with the interface of OpenAI's `/v1/embeddings`. */
export interface EmbeddingSettings {
  readonly url: string
  readonly model: string
  readonly key: string | undefined
}

const answer = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
})

/** What the model makes of texts, in their order. Throws when the server does not answer in time or as agreed. */
export async function embed(
  { url, model, key }: EmbeddingSettings,
  texts: readonly string[],
  withinMs: number,
  signal?: AbortSignal,
): Promise<number[][]> {
  const time = AbortSignal.timeout(withinMs)
  const response = await fetch(`${url.replace(/\/+$/, '')}/v1/embeddings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ model, input: texts }),
    redirect: 'error',
    signal: signal ? AbortSignal.any([time, signal]) : time,
  })
  if (!response.ok) throw new Error(`the model server answered ${response.status}`)
  const { data } = answer.parse(await response.json())
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]))
  return texts.map((_, index) => {
    const vector = byIndex.get(index)
    if (!vector) throw new Error('the model server left out a text')
    return vector
  })
}
