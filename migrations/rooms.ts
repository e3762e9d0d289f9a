/** The rooms that keep tables, in the order in which they are migrated and loaded. */
export const ROOMS = ['departments', 'knowledge', 'cases', 'supervision'] as const

/** A subgraph with a PostgreSQL schema of the same name and a role `hub_<name>`. */
export type Room = (typeof ROOMS)[number]
