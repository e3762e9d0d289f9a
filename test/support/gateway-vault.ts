import { startSubgraphs, type Subgraphs } from './gateway-subgraphs.ts'

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy", "@context", "@fromContext", { name: "@cost", as: "@weight" }, "@listSize"])`

const TYPES = {
  vault: `${HEAD}
    type Query {
      boxes(first: Int = 2): [Box!]!
      page(first: Int, ids: [ID!]): Page!
      sized(take: Int): [Box!]! @listSize(assumedSize: 40, slicingArguments: ["take"])
      dear: Int @weight(weight: 700)
      paid(heavy: Boolean @weight(weight: 300)): Int
      holder: Holder
      holders: [Holder!]!
      me: String @authenticated
      colour: Colour
      thing: Thing
      shape: Shape
      tower: Tower
      pin: Pin
      door: Door
    }
    scalar federation__ContextFieldValue
    scalar Pin @requiresScopes(scopes: [["pins"]])
    type Door @context(name: "way") { id: ID! sign: String rooms: [Room!]! }
    type Room @key(fields: "id") { id: ID! hint(secret: String @fromContext(field: "$way ... on Tower { secret } ... on Door { sign }")): String @requiresScopes(scopes: [["tower"]]) }
    type Mutation { open: Box }
    type Subscription { opened: Int }
    type Page { nodes: [Box!]! total: Int }
    enum Colour @requiresScopes(scopes: [["colours"]]) { RED }
    interface Holder { id: ID! label: String }
    type Box implements Holder @key(fields: "id") { id: ID! label: String boxes: [Box!]! code: String @requiresScopes(scopes: [["keys", "night"], ["master"]]) hush: String @policy(policies: [["quiet"]]) }
    type Safe implements Holder @key(fields: "id") { id: ID! label: String @requiresScopes(scopes: [["safes"]]) }
    interface Shape { id: ID! }
    type Round implements Shape @requiresScopes(scopes: [["round"]]) { id: ID! }
    type Square implements Shape { id: ID! }
    type Tower @key(fields: "id") @context(name: "way") { id: ID! secret: String @requiresScopes(scopes: [["tower"]]) rooms: [Room!]! }
    interface Thing @key(fields: "id") { id: ID! }
    type Coin implements Thing @key(fields: "id") { id: ID! }`,
  prices: `${HEAD}
    type Box @key(fields: "id") { id: ID! code: String @external worth: String @requires(fields: "code") @requiresScopes(scopes: [["keys", "night"], ["master"]]) }
    type Tower @key(fields: "id") {
      id: ID! secret: String @external
      first: String @requires(fields: "secret") @requiresScopes(scopes: [["tower"]])
    }
    type Thing @key(fields: "id") @interfaceObject { id: ID! rarity: String @requiresScopes(scopes: [["rare"]]) }`,
}

const box = { __typename: 'Box', id: '1', label: 'one', code: '0000', hush: 'hush' }
const same = (given: object) => given

/** A supergraph whose fields are guarded, weighed and sized by directives. */
export function startVault(): Promise<Subgraphs> {
  return startSubgraphs(TYPES, {
    vault: {
      Query: {
        boxes: () => [box],
        sized: () => [box],
        page: () => ({ nodes: [box], total: 1 }),
        dear: () => 1,
        paid: () => 1,
        holder: () => box,
        holders: () => [box, { __typename: 'Safe', id: '9', label: 'nine' }],
        me: () => 'me',
        colour: () => 'RED',
        shape: () => ({ __typename: 'Square', id: 's' }),
        tower: () => ({ id: 't' }),
        thing: () => ({ __typename: 'Coin', id: 'c' }),
        pin: () => 1234,
        door: () => ({ id: 'd', sign: 'in' }),
      },
      Mutation: { open: () => box },
      Box: { boxes: () => [box], __resolveReference: () => box },
      Safe: { __resolveReference: same },
      Holder: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Shape: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Door: { rooms: () => [{ id: 'r' }] },
      Room: { __resolveReference: same, hint: (_: unknown, { secret }: { secret?: string }) => secret },
      Tower: { __resolveReference: same, secret: () => 'hush', rooms: () => [{ id: 'r' }] },
      Thing: { __resolveType: () => 'Coin', __resolveReference: same },
      Coin: { __resolveReference: same },
    },
    prices: {
      Box: { __resolveReference: same, worth: ({ code }: { code?: string }) => `worth of ${code}` },
      Tower: { __resolveReference: same, first: ({ secret }: { secret?: string }) => secret?.slice(0, 1) },
      Thing: { __resolveReference: same, rarity: () => 'very' },
    },
  })
}
