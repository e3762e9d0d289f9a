import { deriveKey } from '@hub/kit/crypt.ts'
import { ROOMS, type Room } from '@hub/migrations/rooms.ts'
import path from 'node:path'
import { logFileOf } from './child-logs.ts'
import { compileCacheOf, PROJECT } from '../data-folder.ts'
import type { Keys } from '../keys.ts'
import type { Program } from './supervise.ts'

/** The public keys of the site's own sign-in. */
export type SignIn = { JWKS_URL: string } | { JWKS_FILE: string }

/** What the programs of one hub have in common. */
export interface Site {
  dataFolder: string
  databaseUrl: string
  keys: Keys
  /** Where tokens come from when the hub does not sign them itself. */
  signIn: SignIn | null
  /** Loopback ports of the subgraphs. */
  ports: Readonly<Record<string, number>>
  gateway: { host: string; port: number }
}

// What the launcher's environment holds for itself or for one program only is not handed to the others.
const OWN = /^(DATABASE_URL|HUB_|PORT|HOST|SUPERGRAPH|SUBGRAPH_URLS|JWKS_|\w+_PORT$|\w+_URL$)|_FILE$/

/** Put before a program that loads drizzle. */
const QUICK = import.meta.resolve('@hub/kit/quick-resolution.ts')

/** The environment of one subgraph of this site. */
export function roomEnvironment(site: Site, env: NodeJS.ProcessEnv, room: Room): NodeJS.ProcessEnv {
  const own = sharedEnvironment(site, env)
  own['DATABASE_URL'] = site.databaseUrl
  for (const peer of ROOMS) {
    own[`${peer.toUpperCase()}_PORT`] = String(site.ports[peer])
    own[`${peer.toUpperCase()}_URL`] = `http://127.0.0.1:${site.ports[peer]}`
  }
  // Only cases keeps callers' data, so no other room can read them even with its tables in hand.
  if (room === 'cases') own['HUB_DATA_KEY'] = site.keys.dataKey
  // Tells people apart in a survey, under a key that opens nothing of cases.
  if (room === 'supervision') own['HUB_DATA_KEY'] = deriveKey(site.keys.dataKey, 'supervision')
  return own
}

/** The four subgraphs, each `node subgraphs/<room>/server.ts`. */
export function roomPrograms(site: Site, env: NodeJS.ProcessEnv): Program[] {
  return ROOMS.map((room) => ({
    name: room,
    args: ['--import', QUICK, path.join(PROJECT, 'subgraphs', room, 'server.ts')],
    env: roomEnvironment(site, env, room),
    logFile: logFileOf(site.dataFolder, room),
  }))
}

/** The gateway, `hub gateway`; it knows no database. */
export function gatewayProgram(site: Site, env: NodeJS.ProcessEnv): Program {
  const urls = ROOMS.map((room) => `${room}=http://127.0.0.1:${site.ports[room]}/graphql`)
  return {
    name: 'gateway',
    args: [path.join(PROJECT, 'cli', 'hub.ts'), 'gateway'],
    env: {
      ...sharedEnvironment(site, env),
      ...(site.signIn ?? { JWKS_FILE: site.keys.jwksFile }),
      PORT: String(site.gateway.port),
      HOST: site.gateway.host,
      SUPERGRAPH: path.join(PROJECT, 'schema', 'supergraph.graphql'),
      SUBGRAPH_URLS: urls.join(','),
      DOCUMENTS: env['DOCUMENTS'] ?? path.join(PROJECT, 'schema', 'operations'),
    },
    logFile: logFileOf(site.dataFolder, 'gateway'),
  }
}

function sharedEnvironment(site: Site, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !OWN.test(name))
  return {
    ...Object.fromEntries(kept),
    ...(env['HUB_CLOCK'] ? { HUB_CLOCK: path.resolve(env['HUB_CLOCK']) } : {}),
    HUB_CALLER_KEY: site.keys.callerKey,
    NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? compileCacheOf(site.dataFolder),
    APOLLO_TELEMETRY_DISABLED: 'true',
  }
}
