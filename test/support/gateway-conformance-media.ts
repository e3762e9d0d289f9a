import { startWorld, type World } from './gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>
const same = (given: Row): Row => given
const typed = { __resolveType: (row: Row) => row['__typename'] }

const FILM: Row = { __typename: 'Film', id: 'm1', title: 'Red Sorghum', minutes: 95 }
const SONG: Row = { __typename: 'Song', id: 'm2', title: 'Jasmine', singer: 'Ada' }
const BOOK: Row = { __typename: 'Book', id: 'm3', title: 'Teahouse' }

/** Films, songs and books behind an interface and unions, rated and searched by other subgraphs. */
export function startMedia(): Promise<World> {
  return startWorld({
    media: [
      `type Query { all: [Media!]! one(id: ID!): Media found: [Found] films: [Film!]! echo(word: String, n: Int, list: [Int!], id: ID, flag: Boolean, deep: Deep): String! }
       interface Media @key(fields: "id") { id: ID! title: String! }
       type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
       type Song implements Media @key(fields: "id") { id: ID! title: String! singer: String }
       type Book implements Media @key(fields: "id") { id: ID! title: String! }
       union Found = Film | Song
       input Deep { word: String = "deep" inner: Deep }`,
      {
        Query: {
          all: () => [FILM, SONG, BOOK],
          one: (_: unknown, { id }: Row) => [FILM, SONG, BOOK].find((row) => row['id'] === id) ?? null,
          found: () => [SONG, null, FILM],
          films: () => [FILM],
          echo: (_: unknown, given: Row) => JSON.stringify(given),
        },
        Media: {
          ...typed,
          __resolveReference: ({ id }: Row) => [FILM, SONG, BOOK].find((row) => row['id'] === id),
        },
        Found: typed,
        Film: { __resolveReference: () => FILM },
        Song: { __resolveReference: () => SONG },
        Book: { __resolveReference: () => BOOK },
      },
    ],
    ratings: [
      `type Query { rated: [Media!]! top: Media }
       type Media @key(fields: "id") @interfaceObject { id: ID! stars(of: Int = 5): Int! note: String related: [Media!]! }`,
      {
        Query: { rated: () => [{ id: 'm2' }, { id: 'm1' }], top: () => ({ id: 'm3' }) },
        Media: {
          __resolveReference: same,
          stars: ({ id }: Row, given: { of: number }) => Number(String(id).slice(1)) * given.of,
          note: ({ id }: Row) => (id === 'm2' ? null : `note ${String(id)}`),
          related: ({ id }: Row) => (id === 'm1' ? [{ id: 'm2' }] : []),
        },
      },
    ],
    search: [
      `type Query { search: [Found]! hits: [Hit!]! }
       union Found = Film | Page
       interface Hit { rank: Int! }
       type Film implements Hit @key(fields: "id") { id: ID! rank: Int! }
       type Page implements Hit { rank: Int! url(short: Boolean! = false): String! }`,
      {
        Query: {
          search: () => [
            { __typename: 'Film', id: 'm1', rank: 1 },
            { __typename: 'Page', rank: 2 },
          ],
          hits: () => [
            { __typename: 'Page', rank: 2 },
            { __typename: 'Film', id: 'm1', rank: 1 },
          ],
        },
        Found: typed,
        Hit: typed,
        Film: { __resolveReference: ({ id }: Row) => ({ id, rank: 1 }) },
        Page: { url: (_: unknown, { short }: Row) => (short ? '/p' : '/page') },
      },
    ],
  })
}
