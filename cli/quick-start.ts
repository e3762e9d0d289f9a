import '@hub/kit/quick-resolution.ts'
import { statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { compileCacheOf, dataFolderOf } from './data-folder.ts'

// What this hub has compiled once, its commands need not compile again: a third of their time is left. Nothing is
// written where no hub has begun, nor read what another user may have put there; Node itself heeds NODE_COMPILE_CACHE.
const folder = dataFolderOf(process.env)
const isOwn = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.()
if (isOwn && !process.env['NODE_COMPILE_CACHE']) enableCompileCache(compileCacheOf(folder))
