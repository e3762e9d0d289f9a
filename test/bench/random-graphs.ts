import { askGraph, type Compared } from '../support/gateway-random-asking.ts'
import { FEATURES, type Feature } from '../support/gateway-random-shape.ts'

/*
 * Asks a range of graphs made up at random, each through the gateway and of one server that knows everything, and tells
 * where the two differ: `npm run bench random-graphs FROM TO [FEATURES] [OPERATIONS] [DEPTH] [SUBGRAPHS]`. Features are
 * joined with commas; without any, all that do not change what an answer looks like.
 */
const [from = '1', to = `${Number(from) + 20}`, named = 'all', operations = '8', depth = '4', size = '4'] =
  process.argv.slice(2)
const usual = FEATURES.filter((feature) => feature !== 'defer' && feature !== 'failing')
const features = named === 'all' ? usual : named.split(',').map((name) => featureOf(name))
const asking = { features, operations: Number(operations), depth: Number(depth), size: Number(size) }

let compared = 0
let wrong = 0
const signs = new Map<Feature, number>(features.map((feature) => [feature, 0]))
const without: number[] = []
for (let seed = Number(from); seed < Number(to); seed++) {
  try {
    for await (const answer of askGraph(seed, asking)) tell(answer)
  } catch (error) {
    // Not every graph fits together: a field that is somewhere has to be had from everywhere.
    if (!String(error).includes('cannot be satisfied')) throw error
    without.push(seed)
  }
}
console.log(`${compared} answers compared, ${wrong} of them wrong`)
console.log([...signs].map(([feature, count]) => `${feature} ${count}`).join(', '))
if (without.length > 0) console.log(`does not compose: ${without.join(', ')}`)
process.exitCode = wrong > 0 ? 1 : 0

function tell({ seed, operation, query, variables, known, ours, signs: shown }: Compared): void {
  compared += 1
  for (const feature of shown) signs.set(feature, (signs.get(feature) ?? 0) + 1)
  if (known === ours) return
  wrong += 1
  console.log(`graph ${seed}, operation ${operation}\n${query}\n${JSON.stringify(variables)}`)
  console.log(`known: ${known.slice(0, 2_000)}\nours:  ${ours.slice(0, 2_000)}`)
}

function featureOf(name: string): Feature {
  const feature = FEATURES.find((one) => one === name)
  if (feature) return feature
  throw new Error(`No feature is called ${name}. There are ${FEATURES.join(', ')}.`)
}
