import { ask, json, raw, times, type Attack } from './gateway-attack.ts'

const nested = (levels: number, open: string, close: string): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`
const sent = (name: string, code: string, body: unknown): Attack =>
  raw(name, 400, code, { headers: json, body: typeof body === 'string' ? body : JSON.stringify(body) })
const introspection = '{ types { name } }'

/** Documents, variables and bodies that are refused before anything is asked of a subgraph. */
export const DOCUMENT_ATTACKS: readonly Attack[] = [
  ask('aliases within an object', 'OPERATION_TOO_WIDE', `{ books { ${times(101, (at) => `a${at}: id`)} } }`),
  ask(
    'aliases in inline fragments',
    'OPERATION_TOO_WIDE',
    `{ ${times(101, (at) => `... on Query { a${at}: shelves }`)} }`,
  ),
  ask(
    'directives on fragments',
    'OPERATION_TOO_WIDE',
    `{ ${times(60, () => '... @skip(if: true) { shelves }')} }`,
  ),
  ask('directives on the operation', 'OPERATION_TOO_WIDE', `query Q ${'@x '.repeat(60)} { shelves }`),
  ask(
    'directives on variables',
    'OPERATION_TOO_WIDE',
    `query Q($a: Int ${'@x '.repeat(60)}) { books(first: $a) { id } }`,
  ),
  ask('100 root fields in fragments', 'OPERATION_TOO_WIDE', `{ ${times(100, () => '... { shelves }')} }`),
  ask('lists within lists', 'OPERATION_TOO_LONG', `{ books(first: ${nested(6_000, '[', ']')}) { id } }`),
  ask(
    '1,000 lists within lists',
    'OPERATION_TOO_DEEP',
    `{ books(first: ${nested(1_000, '[', ']')}) { id } }`,
  ),
  ask(
    'objects within objects',
    'OPERATION_TOO_DEEP',
    `{ books(first: ${nested(1_000, '{a:', '}')}) { id } }`,
  ),
  ask(
    '100 lists of objects within each other',
    'OPERATION_TOO_DEEP',
    `{ books(first: ${nested(100, '[{a:', '}]')}) { id } }`,
  ),
  ask(
    '1,000 fragments within fragments',
    'OPERATION_TOO_DEEP',
    nested(1_000, '{ ... ', '}').replace('1', '{ shelves }'),
  ),
  ask('1,000 levels of nothing', 'OPERATION_TOO_DEEP', nested(1_000, '{ a ', '}').replace('1', '')),
  ask(
    'types of types of variables',
    'DOCUMENT_INVALID',
    `query Q($a: ${nested(400, '[', ']').replace('1', 'Int')}) { books(first: $a) { id } }`,
  ),
  ask('a fragment of itself', 'DOCUMENT_INVALID', '{ ...A } fragment A on Query { ...A }'),
  ask(
    'a circle of three fragments',
    'DOCUMENT_INVALID',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
  ),
  ask(
    'fragments that are used again and again on the way down (GHSA-q2f9-x4p4-7xmh, GHSA-p2q6-pwh5-m6jr)',
    'OPERATION_TOO_WIDE',
    `{ books { ...F0 } } ${times(12, (at) => `fragment F${at} on Book { related { ... on Book { ...F${at + 1} } ... on Item { ... on Book { ...F${at + 1} } } } }`)} fragment F12 on Book { id }`,
  ),
  ask('a fragment that is not there', 'DOCUMENT_INVALID', '{ ...Gone }'),
  ask(
    'a fragment twice',
    'DOCUMENT_INVALID',
    '{ ...A } fragment A on Query { shelves } fragment A on Query { shelves }',
  ),
  ask('a fragment nobody uses', 'DOCUMENT_INVALID', '{ shelves } fragment A on Query { shelves }'),
  ask('a variable that is not there', 'DOCUMENT_INVALID', '{ books(first: $n) { id } }'),
  ask('a type that is not there', 'DOCUMENT_INVALID', 'query Q($n: Secret) { books(first: $n) { id } }'),
  ask('a directive that is not there', 'DOCUMENT_INVALID', '{ shelves @internal }'),
  ask('a directive of the supergraph', 'DOCUMENT_INVALID', '{ shelves @join__field(graph: STOCK) }'),
  ask('a type of the supergraph', 'DOCUMENT_INVALID', 'query Q($g: join__Graph) { books(first: $g) { id } }'),
  ask('a subscription of two', 'DOCUMENT_INVALID', 'subscription { gossip { text } ticks(count: 1) }'),
  ask('SDL', 'DOCUMENT_INVALID', 'type Query { shelves: String }'),
  ask('nothing', 'DOCUMENT_MALFORMED', '#'),
  ask('introspection under another name', 'DOCUMENT_INVALID', `{ x: __schema ${introspection} }`),
  ask(
    'introspection in a fragment',
    'DOCUMENT_INVALID',
    `{ ...A } fragment A on Query { __schema ${introspection} }`,
  ),
  ask(
    'introspection in an inline fragment',
    'DOCUMENT_INVALID',
    `{ ... on Query { __schema ${introspection} } }`,
  ),
  ask('introspection in a mutation', 'DOCUMENT_INVALID', `mutation { __schema ${introspection} }`),
  ask(
    'introspection that is skipped',
    'DOCUMENT_INVALID',
    `{ shelves __schema @skip(if: true) ${introspection} }`,
  ),
  ask('introspection beside a name', 'DOCUMENT_INVALID', `{ __typename __schema ${introspection} }`),
  ask('a suggestion of values', 'DOCUMENT_INVALID', '{ books(first: one) { id } }'),
  ask('a suggestion of directives', 'DOCUMENT_INVALID', '{ shelves @includ(if: true) }'),
  ask('a suggestion of inner fields', 'DOCUMENT_INVALID', '{ books { titel } }'),
  ask('a suggestion of mutations', 'DOCUMENT_INVALID', 'mutation { addBok(title: "x") { id } }'),
  ask('an integer too large', 'DOCUMENT_INVALID', '{ books(first: 4294967296) { id } }'),
  ask('many pages', 'OPERATION_TOO_COSTLY', `{ ${times(59, (at) => `a${at}: books(first: 999) { id }`)} }`),
  sent('a page of 5,000 by a variable', 'OPERATION_TOO_COSTLY', {
    query: 'query ($n: Int) { books(first: $n) { id } }',
    variables: { n: 5_000 },
  }),
  sent('SQL in a number', 'VARIABLE_INVALID', {
    query: 'query ($n: Int) { books(first: $n) { id } }',
    variables: { n: '1; drop table book' },
  }),
  sent('an operator in an id', 'VARIABLE_INVALID', {
    query: 'query ($id: ID!) { book(id: $id) { id } }',
    variables: { id: { $ne: null } },
  }),
  sent('a variable left out', 'VARIABLE_INVALID', { query: 'query ($id: ID!) { book(id: $id) { id } }' }),
  sent('an operation that is not there', 'OPERATION_UNKNOWN', {
    query: 'query A { shelves } query B { shelves }',
    operationName: 'Secret',
  }),
  sent('two operations and no name', 'OPERATION_UNKNOWN', {
    query: 'query A { shelves } query B { shelves }',
  }),
  sent('a body of null', 'REQUEST_MALFORMED', 'null'),
  sent('a body of a number', 'REQUEST_MALFORMED', '1'),
  sent('a body of a text', 'REQUEST_MALFORMED', '"{ shelves }"'),
  sent('an empty batch', 'REQUEST_MALFORMED', '[]'),
  sent('a batch of one', 'REQUEST_MALFORMED', [{ query: '{ shelves }' }]),
  sent('no query', 'REQUEST_MALFORMED', {}),
  sent('a query that is a number', 'REQUEST_MALFORMED', { query: 1 }),
  sent('a query that is a list', 'REQUEST_MALFORMED', { query: ['{ shelves }'] }),
  sent('variables that are a text', 'REQUEST_MALFORMED', { query: '{ shelves }', variables: 'x' }),
  sent('variables that are a list', 'REQUEST_MALFORMED', { query: '{ shelves }', variables: [1] }),
  sent('a name that is an object', 'REQUEST_MALFORMED', { query: '{ shelves }', operationName: {} }),
  sent('a query of the prototype', 'REQUEST_MALFORMED', '{"__proto__":{"query":"{ shelves }"}}'),
  sent('lists of lists in JSON', 'REQUEST_MALFORMED', nested(100_000, '[', ']')),
  sent(
    'lists of lists in a variable',
    'OPERATION_TOO_DEEP',
    `{"query":"query ($id: ID!) { book(id: $id) { id } }","variables":{"id":${nested(50_000, '[', ']')}}}`,
  ),
]
