import { pageSize } from '@hub/kit/paging.ts'
import type { KeptEntry, LexiconKind as Kind } from '../domain/lexicon.ts'
import { builder, editorRoles, writers } from './builder.ts'

const LexiconKind = builder.enumType('LexiconKind', {
  description: 'What an entry of the word lists does. 词条类别',
  values: {
    REWRITE: { description: 'A dialect word and its standard form. 方言' },
    SYNONYM: { description: 'A word and the standard words added to it. 同义词' },
    CLASS: { description: 'A group of words for sayings, named with @. 词类' },
    EXPANSION: { description: 'A saying and the terms that articles use. 俗语' },
    HINT: { description: 'A word that points to terms only together with others. 线索词' },
    SUBJECT: { description: 'A word that an answer must speak of. 主题词' },
    CONTRAST: { description: 'A kind of things, and the words for one of them. 易混概念' },
    ASK: { description: 'A way to ask, and words of which an answer needs one (- when none answers). 问法' },
    PLACE: { description: 'A province or city. 地名' },
    EVERYDAY: { description: 'A word without a topic. 常用词' },
    WORD: { description: 'Kept whole in segmentation. 整词' },
    KNOWN: {
      description:
        'A question, and the ids of the articles that answer it (- when none does): similar ones are weighed by it. 已知问题',
    },
  } satisfies Record<Kind, { description: string }>,
})

const LexiconEntry = builder.objectRef<KeptEntry>('LexiconEntry').implement({
  description: 'An entry that an editor added to the word lists. 词条',
  authScopes: { role: editorRoles },
  fields: (t) => ({
    kind: t.field({ type: LexiconKind, description: 'What it does. 类别', resolve: ({ kind }) => kind }),
    phrase: t.exposeString('phrase', { description: 'The word, saying or name. 词语' }),
    terms: t.stringList({
      description: 'What it stands for. 对应词',
      resolve: ({ terms }) => [...terms],
    }),
    changedBy: t.exposeString('changedBy', { description: 'Who added it. 经办人' }),
    changedAt: t.field({
      type: 'DateTime',
      description: 'When. 时间',
      resolve: ({ changedAt }) => changedAt,
    }),
  }),
})

const LexiconEntryInput = builder.inputType('LexiconEntryInput', {
  description: 'An entry for the word lists. 词条',
  fields: (t) => ({
    kind: t.field({ type: LexiconKind, required: true, description: 'What it does. 类别' }),
    phrase: t.string({ required: true, description: 'The word, saying (a+b: both) or @name. 词语' }),
    terms: t.stringList({ description: 'What it stands for; none for EVERYDAY and WORD. 对应词' }),
  }),
})

builder.queryField('lexiconEntries', (t) =>
  t.field({
    type: [LexiconEntry],
    authScopes: { role: editorRoles },
    description: 'What editors added to the word lists, the newest first. 编辑词条',
    args: { first: t.arg.int({ defaultValue: 50, description: 'How many, 1 to 100. 数量' }) },
    resolve: (_root, { first }, context) => context.editorsEntries(pageSize(first, 50)),
  }),
)

builder.mutationField('saveLexiconEntry', (t) =>
  t.field({
    type: LexiconEntry,
    authScopes: { role: writers },
    description: 'Adds an entry to the word lists; searches use it within seconds. 添加词条',
    args: { input: t.arg({ type: LexiconEntryInput, required: true, description: 'The entry. 词条' }) },
    resolve: (_root, { input }, { command }) =>
      command.saveLexiconEntry({ ...input, terms: input.terms ?? [] }),
  }),
)
