import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

describe('a process that runs a server', () => {
  const madeOldIn = (kind: 'server' | 'other'): number => {
    const child = path.join(import.meta.dirname, '../support/outlives-child.ts')
    const flags = ['--trace-pretenuring-statistics', '--max-semi-space-size=4']
    const told = execFileSync(process.execPath, [...flags, child, kind], { encoding: 'utf8' })
    return [...told.matchAll(/undecided => tenure/g)].length
  }

  it('never makes old from the start what once lasted for a while, as any other comes to do', () => {
    expect(madeOldIn('other')).toBeGreaterThan(0)
    expect(madeOldIn('server')).toBe(0)
  })
})
