import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, startWorld, type World } from '../support/gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>
const same = (given: Row): Row => given

describe('keys', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({
      shelf: [
        `type Query { book: Book lent: [Lent!]! stranger: Stranger! }
         type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: String! }
         type Lent @key(fields: "book { id } reader") { book: Book! reader: Int! days: Int }
         extend type Query { pile: Pile }
         type Pile @key(fields: "books { id no } shelf { room { no } }") { books: [Copy!]! shelf: Shelf! }
         type Copy @shareable { id: ID! no: Int } type Shelf @shareable { room: Room! } type Room @shareable { no: Int! }
         type Stranger @key(fields: "id", resolvable: false) { id: ID! }`,
        {
          Query: {
            book: () => ({ id: 'b1', isbn: 'i1' }),
            lent: () => [
              { book: { id: 'b1', isbn: 'i1' }, reader: 1, days: 3 },
              { book: { id: 'b1', isbn: 'i1' }, reader: 2, days: null },
            ],
            stranger: () => ({ id: 's1' }),
            pile: () => ({
              books: [
                { id: 'b1', no: null },
                { id: 'b2', no: 2 },
              ],
              shelf: { room: { no: 7 } },
            }),
          },
          Book: { __resolveReference: ({ id, isbn }: Row) => ({ id: id ?? 'b1', isbn: isbn ?? 'i1' }) },
          Lent: { __resolveReference: same },
        },
      ],
      byId: [
        `type Book @key(fields: "id") { id: ID! title: String }
         type Stranger @key(fields: "id") { id: ID! name: String }`,
        {
          Book: { __resolveReference: same, title: ({ id }: Row) => `Title ${String(id)}` },
          Stranger: { __resolveReference: same, name: ({ id }: Row) => `Name ${String(id)}` },
        },
      ],
      byIsbn: [
        `type Query { scanned: Book }
         type Book @key(fields: "isbn") { isbn: String! pages: Int }`,
        {
          Query: { scanned: () => ({ isbn: 'i1' }) },
          Book: { __resolveReference: same, pages: () => 9 },
        },
      ],
      fines: [
        `type Lent @key(fields: "book { id } reader") { book: Book! reader: Int! fine: String }
         type Pile @key(fields: "books { id no } shelf { room { no } }") { books: [Copy!]! shelf: Shelf! told: String }
         type Copy @shareable { id: ID! no: Int } type Shelf @shareable { room: Room! } type Room @shareable { no: Int! }
         type Book @key(fields: "id") { id: ID! }`,
        {
          Pile: { __resolveReference: same, told: ({ books, shelf }: Row) => JSON.stringify([books, shelf]) },
          Lent: {
            __resolveReference: same,
            fine: ({ book, reader }: Row) => `${String((book as Row)['id'])} of ${String(reader)}`,
          },
          Book: { __resolveReference: same },
        },
      ],
    })
  })
  afterAll(() => world.stop())

  it('several of one entity lead from any subgraph to any other', async () => {
    expect(await world.answers('{ book { title pages } scanned { title id } }')).toBe(
      expected({
        data: { book: { title: 'Title b1', pages: 9 }, scanned: { title: 'Title b1', id: 'b1' } },
      }),
    )
  })

  it('compound and nested ones tell entities apart', async () => {
    expect(await world.answers('{ lent { fine days book { pages title } } }')).toBe(
      expected({
        data: {
          lent: [
            { fine: 'b1 of 1', days: 3, book: { pages: 9, title: 'Title b1' } },
            { fine: 'b1 of 2', days: null, book: { pages: 9, title: 'Title b1' } },
          ],
        },
      }),
    )
  })

  it('of lists and of objects within objects are told whole, with null', async () => {
    const told = JSON.stringify([
      [
        { id: 'b1', no: null },
        { id: 'b2', no: 2 },
      ],
      { room: { no: 7 } },
    ])
    expect(await world.answers('{ pile { books { no } told } }')).toBe(
      expected({ data: { pile: { books: [{ no: null }, { no: 2 }], told } } }),
    )
  })

  it('that resolve nothing lead away and never back', async () => {
    expect(await world.answers('{ stranger { name id } }')).toBe(
      expected({ data: { stranger: { name: 'Name s1', id: 's1' } } }),
    )
  })
})

describe('who answers a field', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({
      old: [
        `type Query { item: Item items: [Item!]! rich: [Item!]! shared: String @shareable pick(by: Pick, of: Kind!): String @shareable kind: Kind @shareable }
         type Item @key(fields: "id") { id: ID! moved: String kept: String @shareable hidden: String @inaccessible named: String @external rich: Rich }
         extend type Query { near: Item @provides(fields: "named") all: [Item!]! @provides(fields: "named") any: [Any] @provides(fields: "... on Item { named }") }
         union Any = Item | Rich
         type Rich @shareable { a: Int b: Int }
         enum Kind { RED GREEN }
         input Pick { word: String! extra: Int }`,
        {
          Query: {
            item: () => ({ id: '1' }),
            items: () => [{ id: '1' }, { id: '2' }],
            near: () => ({ id: '1', named: 'near 1' }),
            all: () => [{ id: '1', named: null }],
            any: () => [{ __typename: 'Item', id: '2', named: 'near 2' }, null, { __typename: 'Rich', a: 1 }],
            shared: () => 'both',
            pick: (_: unknown, given: { by: { word: string } | null; of: string }) =>
              `${given.by?.word ?? 'nothing'} ${given.of}`,
            kind: () => 'GREEN',
          },
          Any: { __resolveType: (row: Row) => row['__typename'] },
          Item: {
            __resolveReference: same,
            moved: () => 'OLD',
            kept: () => 'kept',
            hidden: () => 'hidden',
            named: ({ named }: Row) => (named === undefined ? 'ASKED OF THE WRONG ONE' : named),
            rich: () => ({ a: 1, b: 2 }),
          },
        },
      ],
      fresh: [
        `type Query { shared: String @shareable pick(by: Pick, of: Kind!): String @shareable kind: Kind @shareable }
         type Item @key(fields: "id") { id: ID! moved: String @override(from: "old") kept: String @shareable hidden: String @external named: String @shareable seen: String @requires(fields: "hidden") }
         enum Kind { GREEN RED }
         input Pick { word: String! }`,
        {
          Query: {
            shared: () => 'both',
            pick: (_: unknown, given: { by: { word: string } | null; of: string }) =>
              `${given.by?.word ?? 'nothing'} ${given.of}`,
            kind: () => 'GREEN',
          },
          Item: {
            __resolveReference: same,
            moved: ({ id }: Row) => `new ${String(id)}`,
            kept: () => 'kept',
            named: ({ id }: Row) => `far ${String(id)}`,
            seen: ({ hidden }: Row) => `saw ${String(hidden)}`,
          },
        },
      ],
    })
  })
  afterAll(() => world.stop())

  it('@override: the new one', async () => {
    expect(await world.answers('{ items { moved kept id } }')).toBe(
      expected({
        data: {
          items: [
            { moved: 'new 1', kept: 'kept', id: '1' },
            { moved: 'new 2', kept: 'kept', id: '2' },
          ],
        },
      }),
    )
  })

  it('@provides: the one that is there already, on that way only', async () => {
    expect(await world.answers('{ near { named } item { named } }')).toBe(
      expected({
        data: { near: { named: 'near 1' }, item: { named: 'far 1' } },
      }),
    )
  })

  it('@provides: in lists and of one type of a union, null as well', async () => {
    expect(
      await world.answers('{ all { named } any { ... on Item { named moved } ... on Rich { a } } }'),
    ).toBe(
      expected({
        data: { all: [{ named: null }], any: [{ named: 'near 2', moved: 'new 2' }, null, { a: 1 }] },
      }),
    )
  })

  it('@inaccessible: subgraphs exchange it, clients do not see it', async () => {
    expect(await world.answers('{ item { seen rich { a b } } }')).toBe(
      expected({
        data: { item: { seen: 'saw hidden', rich: { a: 1, b: 2 } } },
      }),
    )
    expect(await world.answers('{ item { hidden } }')).toBe(
      expected({ data: undefined, errors: [' - DOCUMENT_INVALID'] }),
    )
  })

  it('@shareable: either, once', async () => {
    expect(await world.answers('{ shared kind }')).toBe(expected({ data: { shared: 'both', kind: 'GREEN' } }))
  })

  it('enums and inputs: what all of them know', async () => {
    const query =
      'query ($by: Pick, $of: Kind!) { a: pick(by: $by, of: $of) b: pick(of: RED) c: pick(by: { word: "w" }, of: $of) }'
    expect(await world.answers(query, { by: { word: 'v' }, of: 'GREEN' })).toBe(
      expected({ data: { a: 'v GREEN', b: 'nothing RED', c: 'w GREEN' } }),
    )
    expect(await world.answers(query, { by: null, of: 'RED' })).toBe(
      expected({ data: { a: 'nothing RED', b: 'nothing RED', c: 'w RED' } }),
    )
    expect(await world.answers(query, { by: { word: 'v', extra: 1 }, of: 'RED' })).toBe(
      expected({ data: undefined, errors: [' - VARIABLE_INVALID'] }),
    )
  })
})
