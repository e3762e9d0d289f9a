import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { callerTypes, channels, matterTypes, urgencies } from '../domain/values.ts'

const sampleCase = z.object({
  id: z.string(),
  title: z.string(),
  content: z.string(),
  channel: z.enum(channels),
  matterType: z.enum(matterTypes),
  callerType: z.enum(callerTypes),
  callerName: z.string().nullable(),
  phone: z.string().nullable(),
  district: z.string().nullable(),
  receivedAt: z.coerce.date(),
  expectedDepartments: z.array(z.string()),
  alsoAcceptable: z.array(z.string()),
  expectedLead: z.string().nullable(),
  expectedHandling: z.enum(['TRANSFER', 'DIRECT_ANSWER', 'JOINT', 'EMERGENCY', 'REPORT_TO_LEADER']),
  urgency: z.enum(urgencies),
  kbTitle: z.string().nullable(),
  confidential: z.boolean(),
  tags: z.array(z.string()),
})

export type SampleCase = z.output<typeof sampleCase>

/** The invented cases, oldest first. */
export function readSample(): SampleCase[] {
  const text = readFileSync(new URL('cases.json', import.meta.url), 'utf8')
  return z
    .array(sampleCase)
    .parse(JSON.parse(text))
    .toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime())
}
