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
