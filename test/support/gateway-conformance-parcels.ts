import { startWorld, type World } from './gateway-conformance.ts'

type Row = Readonly<Record<string, unknown>>

const typed = { __resolveType: (row: Row) => row['__typename'] }
const entity = { __resolveReference: (row: Row) => row }
const box = { __typename: 'Box', id: 'b', owner: { id: 'p' } }
const bag = { __typename: 'Bag', id: 'g', owner: { id: 'q' } }
const letter = { __typename: 'Letter', id: 'l' }
const posted = [letter, { __typename: 'Parcel', id: 'c' }]
const mailed = [letter, { __typename: 'Mail', id: 'm' }]
const sheaves = () => [{ id: 's1' }, { id: 's2' }]
/** Null where nobody said it, nobody where it is not known whose it is. */
const owners: readonly Row[] = [
  { id: 'p', language: 'zh' },
  { id: 'q', language: null },
]

/** What both subgraphs of items know, the one with more to say of each. */
function types(setting: string, language: string, ofOwner = ''): string {
  const holder = 'id: ID! owner: Owner @shareable sheaves: [Sheaf!]! @shareable'
  return `interface Holder { id: ID! }
    type Box implements Holder @key(fields: "id") ${setting} { ${holder} pile: Pile @shareable }
    type Bag implements Holder @key(fields: "id") ${setting} { ${holder} }
    type Pile @shareable { items: [Item!]! }
    type Sheaf @key(fields: "id") { id: ID! items: [Item!]! @shareable }
    type Owner @key(fields: "id") ${ofOwner} { id: ID! ${language} }`
}

const shared = (items: readonly Row[]) => ({
  Holder: typed,
  Item: typed,
  Box: { __resolveReference: () => box, pile: () => ({ items }), sheaves },
  Bag: { __resolveReference: () => bag, sheaves },
  Sheaf: { ...entity, items: () => items },
})

/** A union whose members differ between two subgraphs, where a planner forgets one, and in it values from further up. */
export function startParcels(): Promise<World> {
  const post = `scalar federation__ContextFieldValue
    type Query @context(name: "all") { motto(loud: Boolean = false): String box: Box holders: [Holder!]! lost: Box }
    type Subscription { posted: Box }
    ${types('@context(name: "holder")', 'language: String @external motto: String', '@context(name: "all")')}
    union Item = Letter | Parcel
    type Letter @key(fields: "id") { id: ID! }
    type Parcel @key(fields: "id") {
      id: ID!
      grams: Int
      stamp: String
      label(language: String @fromContext(field: "$holder { owner { language } }"), loud: Boolean = false): String
      of(holder: ID @fromContext(field: "$holder ... on Box { id } ... on Bag { id }")): String
      motto(motto: String @fromContext(field: "$all { motto }")): String
    }`
  const web = `${types('', '')} union Item = Letter | Mail
    type Letter @key(fields: "id") { id: ID! text: String }
    type Mail @key(fields: "id") { id: ID! }`
  return startWorld(
    {
      post: [
        post,
        {
          ...shared(posted),
          Query: {
            box: () => box,
            motto: (_: unknown, { loud }: Row) => `all${loud === true ? '!' : ''}`,
            holders: () => [box, bag],
            lost: () => ({ ...box, owner: { id: 'nobody' } }),
          },
          Subscription: {
            posted: {
              async *subscribe() {
                yield await Promise.resolve({ posted: box })
              },
            },
          },
          Parcel: {
            ...entity,
            grams: () => 3,
            stamp: () => 'old',
            label: ({ id }: Row, { language, loud }: Row) =>
              `${String(id)} ${String(language)}${loud === true ? '!' : ''}`,
            motto: (_: Row, { motto }: Row) => motto,
            of: ({ id }: Row, { holder }: Row) => `${String(id)} of ${String(holder)}`,
          },
          Letter: entity,
        },
      ],
      web: [web, { ...shared(mailed), Letter: { ...entity, text: ({ id }: Row) => `dear ${String(id)}` } }],
      owners: [
        `type Owner @key(fields: "id") { id: ID! language: String }
         type Parcel @key(fields: "id") { id: ID! stamp: String @override(from: "post", label: "percent(100)") }`,
        {
          Owner: {
            __resolveReference: ({ id }: Row) => owners.find((owner) => owner['id'] === id) ?? null,
          },
          Parcel: { ...entity, stamp: () => 'new' },
        },
      ],
    },
    { imports: ['context', 'fromContext'] },
  )
}
