import type * as values from '../domain/values.ts'
import { builder } from './builder.ts'
import { meaning } from './enums.ts'

export const ReferralKind = builder.enumType('ReferralKind', {
  description: 'How a caller is sent on (R46–R48). 指引方式',
  values: meaning<values.ReferralKind>({
    REFER: 'The caller is told to go to the unit. 告知来电人直接反映',
    RELAY_BY_PHONE: 'The office phones the unit. 电话转告',
  }),
})

export const RefusalReason = builder.enumType('RefusalReason', {
  description: 'Why a matter is refused (R4, R93–R95). 不予受理类别',
  values: meaning<values.RefusalReason>({
    COURT: 'Before a court, or for one. 诉讼',
    ARBITRATION: 'For arbitration. 仲裁',
    DISCIPLINE_INSPECTION: 'For discipline inspection. 纪检监察',
    RECONSIDERATION: 'For administrative reconsideration. 行政复议',
    OTHER_CITY: 'Of another city. 外地事项',
    NOT_PUBLIC_SERVICE: 'Not a matter of public service. 非公共服务事项',
  }),
})

export const PaperKind = builder.enumType('PaperKind', {
  description: 'What kind of paper is kept with a case (R88, R90). 材料类别',
  values: meaning<values.PaperKind>({
    MEETING: 'Minutes or papers of a meeting (R88). 会议材料',
    LETTER: 'A letter or another document. 来往函件',
    RECORD: 'A record of the site or of a call. 现场或通话记录',
    OTHER: 'Whatever else is worth keeping (R90). 其他',
  }),
})

export const RequestStatus = builder.enumType('RequestStatus', {
  description: 'What became of a request for more time or of a return (R60). 审批状态',
  values: meaning<values.RequestStatus>({
    REQUESTED: 'The office has not decided yet. 待审批',
    GRANTED: 'Granted. 已同意',
    REFUSED: 'Not granted. 未同意',
  }),
})

export const NoticeReason = builder.enumType('NoticeReason', {
  description: 'What a caller is to be told of (R51, R60). 告知事由',
  values: meaning<values.NoticeReason>({
    DISPATCHED: 'It went to units. 已转办',
    EXTENDED: 'More time was granted. 已延期',
    REFUSED: 'It is refused; the right route. 不予受理',
    REFERRED: 'It was sent on. 已指引',
    MERGED: 'It was joined to a master. 已并单',
  }),
})
