import { refusalsOf, type Catalogue } from '@hub/kit/errors.ts'

/** What this room refuses, and how it says so. */
export const knowledgeCatalogue = {
  ARTICLE_NOT_FOUND: {
    'zh-CN': '知识条目 {id} 不存在,或在该日没有现行有效的版本。',
    en: 'Article {id} does not exist, or has no version in force on that day.',
    meaning: 'No article of this id, or none of its versions is in force on the day asked for.',
  },
  ARTICLE_UNREADABLE: {
    'zh-CN': '第 {row} 条无法导入:{field} 缺失或格式不正确。',
    en: 'Row {row} cannot be imported: {field} is missing or malformed.',
    meaning: 'An imported row lacks a field or holds a malformed one; nothing of the import was saved.',
  },
  ARTICLE_FILE_UNKNOWN: {
    'zh-CN': '无法导入文件 {file}:支持 md、html、csv、xlsx、docx、txt。',
    en: 'The file {file} cannot be imported: md, html, csv, xlsx, docx and txt are read.',
    meaning: 'An import reads files of these endings only.',
  },
  ARTICLE_DAY_TOO_EARLY: {
    'zh-CN': '条目 {id} 的新版本不能自 {from} 起生效:现行版本自 {current} 起生效。',
    en: 'The new version of {id} cannot be in force from {from}: the present one is in force from {current}.',
    meaning: 'A new version must come into force after the one that it supersedes.',
  },
  ARTICLE_STATUS_WRONG: {
    'zh-CN': '条目 {id} 第 {version} 版的状态为 {status},不能{action}。',
    en: 'Version {version} of {id} is {status}: it cannot be changed by {action}.',
    meaning:
      'The life of a version is draft, reviewed, published, then superseded or expired, in that order.',
  },
  ARTICLE_LAST_DAY_TOO_EARLY: {
    'zh-CN': '条目 {id} 自 {from} 起生效,不能在 {lastDay} 失效。',
    en: 'Article {id} is in force from {from}: it cannot end on {lastDay}.',
    meaning: 'The last day of a version cannot be before its first.',
  },
  ARTICLE_REVIEW_OWN: {
    'zh-CN': '条目 {id} 第 {version} 版须由起草人以外的人审核。',
    en: 'Version {version} of {id} has to be reviewed by someone other than who drafted it.',
    meaning: 'A draft is reviewed by a second person.',
  },
  LEXICON_ENTRY_MALFORMED: {
    'zh-CN': '词条“{phrase}”({kind})的格式不正确。',
    en: 'The entry “{phrase}” ({kind}) is malformed.',
    meaning:
      'An entry needs a word without blanks, colons or #, and the terms that its kind asks for; a class begins with @.',
  },
  QUESTION_BLANK: {
    'zh-CN': '请输入要查询的问题。',
    en: 'The question is blank.',
    meaning: 'searchKnowledge needs a question with at least one letter, digit or character.',
  },
  QUESTION_TOO_LONG: {
    'zh-CN': '问题共 {length} 个字,最多 {limit} 个字。',
    en: 'The question has {length} characters; the limit is {limit}.',
    meaning: 'searchKnowledge takes a question, not a document.',
  },
  LEXICON_LINE_UNREADABLE: {
    'zh-CN': '词库 {file} 第 {line} 行无法读取。',
    en: 'Line {line} of the word list {file} cannot be read.',
    meaning: 'A line of a maintained word list does not follow its form.',
  },
} as const satisfies Catalogue

export const refuse = refusalsOf(knowledgeCatalogue)
