import { ROOMS } from '@hub/migrations/rooms.ts'
import { watch } from 'node:fs'
import path from 'node:path'
import { PROJECT } from '../data-folder.ts'
import type { House } from './house.ts'

const QUIET_MS = 150

/** Restarts a subgraph when a file of its folder changes, the gateway for its own, and all of them for the kit's. */
export function watchSources(house: House, signal: AbortSignal): void {
  const touches: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(ROOMS.map((room) => [path.join('subgraphs', room), [room]])),
    gateway: ['gateway'],
    kit: [...ROOMS, 'gateway'],
  }
  for (const [folder, names] of Object.entries(touches)) {
    let timer: NodeJS.Timeout | undefined
    // Editors write a file in several steps: one restart once it is quiet.
    const restart = (): void => names.forEach((name) => void house.restart(name))
    watch(path.join(PROJECT, folder), { recursive: true, signal }, (_kind, file) => {
      if (!file?.endsWith('.ts')) return
      clearTimeout(timer)
      timer = setTimeout(restart, QUIET_MS)
    })
  }
}
