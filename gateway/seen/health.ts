import type { Graph } from '../supergraph/graph.ts'
import { LateAnswer, type SubgraphPools } from '../subgraphs/pool.ts'

const ANSWER_WITHIN_MS = 1_000

/** Why the gateway cannot serve the whole graph at the moment: nothing, when it can. */
export async function findObstacles(graph: Graph, pools: SubgraphPools): Promise<string[]> {
  const found = await Promise.all(
    [...graph.subgraphs.values()].map(({ name, url }) => findObstacle(name, url, pools)),
  )
  return found.filter((obstacle) => obstacle !== null)
}

/** A subgraph that knows no /health/ready but answers something is reachable, and that is all we can ask of it. */
async function findObstacle(name: string, url: URL, pools: SubgraphPools): Promise<string | null> {
  try {
    const { status, text } = await pools.at(url).get('/health/ready', {
      deadline: Date.now() + ANSWER_WITHIN_MS,
    })
    return status < 500 ? null : `${name}: ${reasonIn(text) ?? `answers ${status}`}`
  } catch (error) {
    return error instanceof LateAnswer ? `${name}: does not answer` : `${name}: cannot be reached`
  }
}

function reasonIn(text: string): string | null {
  try {
    const { reasons } = JSON.parse(text) as { reasons?: unknown }
    return Array.isArray(reasons) && reasons.length > 0 ? reasons.join('; ') : null
  } catch {
    return null
  }
}
