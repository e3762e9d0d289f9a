import { refusalsOf, type Catalogue } from '@hub/kit/errors.ts'
import { orderCatalogue } from './errors-orders.ts'
import { reportCatalogue } from './errors-reports.ts'
import { surveyCatalogue } from './errors-surveys.ts'
import { workCatalogue } from './errors-works.ts'

/** Refusals of the supervision room. */
export const supervisionCatalogue = {
  PERIOD_INVALID: {
    'zh-CN': '统计期间无效:起始日 {from} 晚于截止日 {to}。',
    en: 'The period is not valid: it begins on {from} and ends before, on {to}.',
    meaning: 'A period must not end before it begins.',
  },
  PERIOD_TOO_LONG: {
    'zh-CN': '统计期间过长:{from} 至 {to},最长 {days} 天。',
    en: 'The period from {from} to {to} is too long: {days} days at most.',
    meaning: 'Ask for a shorter period; several answers can be added, since every metric carries its parts.',
  },
  DEPARTMENT_UNKNOWN: {
    'zh-CN': '没有编码为 {department} 的单位。',
    en: 'There is no department {department}.',
    meaning: 'The department code is not in the tree of departments.',
  },
  DEPARTMENT_NOT_YOURS: {
    'zh-CN': '单位 {department} 不在您的管辖范围内。',
    en: 'Department {department} is not yours, nor under yours.',
    meaning:
      'A department sees its own supervision and performance and that of the units under it, no other.',
  },
  ...orderCatalogue,
  ...reportCatalogue,
  ...surveyCatalogue,
  ...workCatalogue,
} as const satisfies Catalogue

export const refuse = refusalsOf(supervisionCatalogue)
