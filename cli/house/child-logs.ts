import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

const EVERY_MS = 300
const LARGEST = 20_000_000
const WARN = 40

/** The log file of a program; one that has grown large is set aside first. */
export function logFileOf(dataFolder: string, name: string): string {
  const file = path.join(dataFolder, 'log', `${name}.log`)
  if (existsSync(file) && statSync(file).size > LARGEST) renameSync(file, `${file}.1`)
  return file
}

/** Shows what the programs log from now on at warning level or above, and what is no log record at all. */
export function followLogs(
  programs: readonly { name: string; logFile: string }[],
  show: (line: string) => void,
): { stop(): void } {
  const tails = programs.map(({ name, logFile }) => ({ name, file: logFile, from: sizeOf(logFile) }))
  const look = (): void => {
    for (const tail of tails) {
      const { lines, next } = readLines(tail.file, tail.from)
      tail.from = next
      for (const line of lines) {
        const said = worthShowing(line)
        if (said) show(`[${tail.name}] ${said}`)
      }
    }
  }
  const timer = setInterval(look, EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      look()
    },
  }
}

/** The last thing a program said that a person should read. */
export function lastWords(file: string): string {
  const end = Math.max(0, sizeOf(file) - 20_000)
  const lines = readLines(file, end).lines.map(worthShowing).filter(Boolean)
  return lines.findLast((line) => /Error\b|FATAL/.test(line)) ?? lines.at(-1) ?? ''
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function readLines(file: string, from: number): { lines: string[]; next: number } {
  const size = sizeOf(file)
  if (size <= from) return { lines: [], next: size }
  const buffer = Buffer.alloc(Math.min(size - from, 1_000_000))
  const handle = openSync(file, 'r')
  const read = readSync(handle, buffer, 0, buffer.length, from)
  closeSync(handle)
  const end = buffer.subarray(0, read).lastIndexOf('\n') + 1
  return { lines: buffer.subarray(0, end).toString('utf8').split('\n').filter(Boolean), next: from + end }
}

function worthShowing(line: string): string {
  if (!line.startsWith('{')) return /Warning:|^\(Use `node|^\s+at |^Node\.js v/.test(line) ? '' : line
  try {
    const record: { level?: number; msg?: string; err?: { message?: string } } = JSON.parse(line)
    if ((record.level ?? 0) < WARN) return ''
    return [record.msg, record.err?.message].filter(Boolean).join(': ')
  } catch {
    return line
  }
}
