import type { Command } from 'commander'

interface Options {
  supergraph?: string
  port?: string
  host?: string
  auth?: string
  subgraph?: string[]
  settings?: string
}

/** `hub gateway`: the gateway alone, over any Federation 2 supergraph. */
export function addGatewayCommand(program: Command): void {
  program
    .command('gateway')
    .description('单独运行网关 · run the gateway alone, over any Federation 2 supergraph')
    .option(
      '--supergraph <file|url>',
      '超图文件或地址 · file or address of the supergraph SDL; read again when it changes (SUPERGRAPH)',
    )
    .option('--port <number>', '端口 · port (PORT, 4000)')
    .option('--host <address>', '监听地址 · address to listen on (HOST, 127.0.0.1)')
    .option('--auth <mode>', '认证 · jwt, or none for a closed network or a trial (GATEWAY_AUTH, jwt)')
    .option(
      '--subgraph <name=url...>',
      '子图地址 · address of a subgraph in place of the one in the file (SUBGRAPH_URLS)',
    )
    .option(
      '--settings <file>',
      '设置文件 · JSON file of settings, over which the environment wins (GATEWAY_SETTINGS)',
    )
    .addHelpText(
      'after',
      [
        '',
        '其他设置 · Limits, keys, documents, traces and the rest are settings of the environment or of the settings file:',
        '  README.md (设置 · Settings), schema/gateway-settings.json',
        '',
        '例 · Examples:',
        '  hub gateway --supergraph supergraph.graphql --port 4000 --auth none',
        '  hub gateway --supergraph https://registry.example/supergraph --settings gateway.json',
        '  JWKS_URL=https://login.example/jwks hub gateway --supergraph schema/supergraph.graphql',
      ].join('\n'),
    )
    .action(async ({ supergraph, port, host, auth, subgraph, settings }: Options) => {
      const urls = subgraph?.join(',')
      const given = {
        SUPERGRAPH: supergraph,
        PORT: port,
        HOST: host,
        GATEWAY_AUTH: auth,
        SUBGRAPH_URLS: urls,
        GATEWAY_SETTINGS: settings,
      }
      for (const [name, value] of Object.entries(given)) if (value !== undefined) process.env[name] = value
      const { runMain } = await import('@hub/kit/run.ts')
      const { startServer } = await import('@hub/gateway/server.ts')
      await runMain('gateway', startServer)
    })
}
