import { readdirSync } from 'node:fs'
import path from 'node:path'

/** `npm run bench NAME [arguments]`: one of the measurements beside this file; without a name, which there are. */
const folder = import.meta.dirname
const files = readdirSync(folder).map((file) => path.basename(file, '.ts'))
// Parts of a measurement are named after it: `knowledge-measure`.
const names = files.filter(
  (name) => name !== 'run' && !files.some((other) => other !== name && name.startsWith(`${other}-`)),
)

const [name, ...rest] = process.argv.slice(2)
if (name !== undefined && names.includes(name)) {
  const file = path.join(folder, `${name}.ts`)
  process.argv = [process.execPath, file, ...rest]
  await import(file)
} else {
  if (name !== undefined) console.error(`No measurement is called ${name}.`)
  console.log(`npm run bench NAME, where NAME is one of\n${names.map((each) => `  ${each}`).join('\n')}`)
  process.exitCode = name === undefined ? 0 : 1
}
