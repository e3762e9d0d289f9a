import type { Day } from '@hub/kit/day.ts'
import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import { serialOf } from '../domain/case-number.ts'
import { doneLine, printDutyLog, shiftBounds, type PrintedEntry, type Shift } from '../domain/duty-log.ts'
import type { CaseRecord } from '../domain/state.ts'
import { builder, PageInfo } from './builder.ts'
import { Caller, callerFor } from './caller.ts'
import { Case } from './case-ref.ts'
import type { RoomContext } from './context.ts'
import { meaning } from './enums.ts'

interface Log {
  readonly day: Day
  readonly shift: Shift
}

interface Entry extends Log {
  readonly subject: CaseRecord
}

const ShiftType = builder.enumType('Shift', {
  description: 'The part of a day that a duty log covers (R38). 班次',
  values: meaning<Shift>({
    DAY: '08:00 to 20:00. 白班',
    NIGHT: '20:00 to 08:00 of the next day. 夜班',
    ALL: 'The calendar day. 全日',
  }),
})

const DutyLogEntry = builder.objectRef<Entry>('DutyLogEntry').implement({
  description: 'One call or letter of the duty log (R38–R43). 值班记录条目',
  fields: (t) => ({
    serial: t.int({
      description: 'Its serial in the register of its day. 序号',
      resolve: ({ subject }) => serialOf(subject.number),
    }),
    case: t.field({ type: Case, description: 'The case. 工单', resolve: ({ subject }) => subject }),
    caller: t.field({
      type: Caller,
      nullable: true,
      description:
        'Who called, with unit and phone; the reporter of a confidential report is not in the log. Every reading is recorded. 来电人',
      resolve: callerOf,
    }),
    done: t.stringList({
      description: 'What was done, oldest first: time, step and unit. 办理情况',
      resolve: doneOf,
    }),
  }),
})

const DutyLogEntryConnection = connectionOf(builder, 'DutyLogEntry', DutyLogEntry, PageInfo)

const DutyLog = builder.objectRef<Log>('DutyLog').implement({
  description: 'The duty log 值班记录本 of a shift (R38–R44). 值班记录',
  fields: (t) => ({
    day: t.expose('day', {
      type: 'Date',
      description: 'The day; a night belongs to the one it begins on. 日期',
    }),
    shift: t.expose('shift', { type: ShiftType, description: 'The shift. 班次' }),
    from: t.field({
      type: 'DateTime',
      description: 'From when. 起始时间',
      resolve: ({ day, shift }) => shiftBounds(day, shift).from,
    }),
    until: t.field({
      type: 'DateTime',
      description: 'Until when, exclusive. 截止时间',
      resolve: ({ day, shift }) => shiftBounds(day, shift).before,
    }),
    entries: t.field({
      type: DutyLogEntryConnection,
      description: 'What was registered, in the order of the register. 记录条目',
      args: {
        first: t.arg.int({ defaultValue: 50, description: 'How many, 1 to 100. 条数' }),
        after: t.arg.string({ description: 'Cursor of the last edge of the page before. 游标' }),
      },
      resolve: async (log, { first, after }, { read }) => {
        const size = pageSize(first, 50)
        const [number] = after ? decodeCursor(after, 1) : [null]
        const place = number === null ? null : String(number)
        const rows = await read.listRegistered(shiftBounds(log.day, log.shift), size + 1, place)
        const entries = rows.map((subject) => ({ ...log, subject }))
        return pageOf(entries, size, after, ({ subject }) => encodeCursor([subject.number]))
      },
    }),
    markdown: t.string({
      description: 'The whole log as a Markdown table, to be printed. 打印文本',
      resolve: printed,
    }),
  }),
})

builder.queryField('dutyLog', (t) =>
  t.field({
    type: DutyLog,
    description: 'The duty log of a day and a shift, for the hotline (R38). 值班记录',
    authScopes: { role: ['OPERATOR', 'OFFICE'] },
    args: {
      day: t.arg({ type: 'Date', required: true, description: 'The day. 日期' }),
      shift: t.arg({ type: ShiftType, required: true, defaultValue: 'ALL', description: 'The shift. 班次' }),
    },
    resolve: (_root, log) => log,
  }),
)

/** What is read for the log is written down as that; it states no reason of its own for a confidential report (R5). */
function callerOf({ subject, day, shift }: Entry, _args: object, context: RoomContext) {
  return callerFor(subject, null, context, `${context.viewer.role}: duty log of ${day} ${shift}`)
}

async function doneOf({ subject }: Entry, _args: object, { load, room }: RoomContext): Promise<string[]> {
  const [timeline, departments] = await Promise.all([load.timeline.load(subject.number), room.tree.current()])
  return timeline.map(({ kind, at, data }) => {
    const { department } = data
    return doneLine({ kind, at, department: typeof department === 'string' ? department : null }, departments)
  })
}

/** More than a city has in a day. */
const WHOLE = 20_000

async function printed(log: Log, args: object, context: RoomContext): Promise<string> {
  const subjects = await context.read.listRegistered(shiftBounds(log.day, log.shift), WHOLE, null)
  const entries = await Promise.all(
    subjects.map((subject) => printedEntry({ ...log, subject }, args, context)),
  )
  return printDutyLog(log.day, log.shift, entries)
}

async function printedEntry(entry: Entry, args: object, context: RoomContext): Promise<PrintedEntry> {
  const { number, title, content, receivedAt, anonymous, confidential, registeredBy: by } = entry.subject
  const [shown, done] = await Promise.all([callerOf(entry, args, context), doneOf(entry, args, context)])
  const withheld = anonymous ? '匿名' : shown === null && confidential ? '保密' : ''
  return {
    serial: serialOf(number),
    number,
    receivedAt,
    name: shown?.record.name ?? withheld,
    organisation: shown?.record.organisation ?? '',
    phone: shown?.record.phone ?? '',
    title,
    content,
    done,
    by,
  }
}
