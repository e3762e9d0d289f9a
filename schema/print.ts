import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { printContract } from './printed.ts'

const { files } = await printContract()
for (const [name, text] of files) writeFileSync(path.join(import.meta.dirname, name), text)
process.stdout.write(`schema/: ${[...files.keys()].join(', ')}\n`)
