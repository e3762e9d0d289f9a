import { refusalsOf, type Catalogue } from '@hub/kit/errors.ts'

/** What this room refuses, and how it says so. */
export const departmentsCatalogue = {
  DEPARTMENT_CODE_REPEATED: {
    'zh-CN': '单位编码 {code} 出现了不止一次。',
    en: 'The department code {code} appears more than once.',
    meaning: 'An import holds the same code twice; nothing was imported.',
  },
  DEPARTMENT_PARENT_UNKNOWN: {
    'zh-CN': '单位 {code} 的上级 {parent} 不存在。',
    en: 'The parent {parent} of department {code} does not exist.',
    meaning: 'An import names a parent that is not in the tree; nothing was imported.',
  },
  DEPARTMENT_CYCLE: {
    'zh-CN': '单位 {code} 经由 {path} 成为自己的上级。',
    en: 'Department {code} is its own superior by way of {path}.',
    meaning: 'The parents of an import run in a circle; nothing was imported.',
  },
  DEPARTMENT_HAS_CHILDREN: {
    'zh-CN': '单位 {code} 仍有下级单位,不能移除。',
    en: 'Department {code} still has units under it and cannot be removed.',
    meaning: 'A department is only removed after the units under it.',
  },
  LEXICON_LINE_WRONG: {
    'zh-CN': '{file} 第 {line} 行无法读取:{problem}。',
    en: '{file}, line {line} cannot be read: {problem}.',
    meaning: 'A line of the lexicon of matters or of places is malformed; nothing was imported.',
  },
  LEXICON_DEPARTMENT_UNKNOWN: {
    'zh-CN': '事项 {matter} 指向不存在的单位 {department}。',
    en: 'Matter {matter} points to the unknown department {department}.',
    meaning: 'The lexicon names a department that is not in the tree; nothing was imported.',
  },
  LEXICON_CLAUSE_UNKNOWN: {
    'zh-CN': '事项 {matter} 引用的职责“{clause}”不在 {department} 的职责目录中。',
    en: 'Matter {matter} cites “{clause}”, which is not in the responsibility catalogue of {department}.',
    meaning: 'The lexicon cites a clause that the unit’s catalogue does not hold; nothing was imported.',
  },
} as const satisfies Catalogue

export const refuse = refusalsOf(departmentsCatalogue)
