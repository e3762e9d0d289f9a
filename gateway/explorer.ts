import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { ServerResponse } from 'node:http'
import type { Documents } from './operation/documents.ts'
import { refuse } from './errors.ts'
import type { GatewaySettings } from './settings.ts'

/** Nothing of the page comes from elsewhere, and nothing goes elsewhere: networks of a government are closed. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Where nobody is asked for a token there is no field for one. */
const pageFor = (auth: GatewaySettings['auth']): string => `<!doctype html>
<html lang="zh-CN" data-auth="${auth}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>
  :root { color-scheme: light dark }
  body.graphiql-light { color-scheme: light }
  body.graphiql-dark { color-scheme: dark }
  html, body, #explorer, .explorer { height: 100%; margin: 0 }
  .explorer { display: flex; flex-direction: column }
  .explorer > header { display: flex; gap: 1rem; align-items: center; padding: .5rem 1rem; font: 14px system-ui, sans-serif;
    background: light-dark(#fff, #212a3b); color: light-dark(#3b4b68, #b7c2d7) }
  .explorer > header input { flex: 1; max-width: 40rem; padding: .35rem .6rem; font: inherit }
  .explorer > header span { opacity: .8; font-family: monospace }
  .explorer > .graphiql-container { flex: 1; min-height: 0; height: auto }
</style>
<div id="explorer"></div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script type="module" src="/graphiql/page.js"></script>
</html>
`

const packages = createRequire(import.meta.url)
const JAVASCRIPT = 'text/javascript; charset=utf-8'

/** What is served under /graphiql, as the packages bring it. */
const FILES: Readonly<Record<string, readonly [type: string, file: () => string]>> = {
  '/graphiql/graphiql.css': ['text/css; charset=utf-8', () => inPackage('graphiql', 'graphiql.min.css')],
  '/graphiql/graphiql.js': [JAVASCRIPT, () => inPackage('graphiql', 'graphiql.min.js')],
  '/graphiql/react.js': [JAVASCRIPT, () => inPackage('react', 'umd/react.production.min.js')],
  '/graphiql/react-dom.js': [JAVASCRIPT, () => inPackage('react-dom', 'umd/react-dom.production.min.js')],
  '/graphiql/page.js': [JAVASCRIPT, () => path.join(import.meta.dirname, 'explorer-page.mjs')],
}

function inPackage(name: string, file: string): string {
  return path.join(path.dirname(packages.resolve(`${name}/package.json`)), file)
}

/** Whether a path belongs to the explorer. */
export function isExplorerPath(at: string): boolean {
  return at === '/graphiql' || at.startsWith('/graphiql/')
}

/** Serves GraphiQL and all that it needs from this very process. */
export function openExplorer(
  documents: Documents,
  auth: GatewaySettings['auth'],
): (at: string, response: ServerResponse) => void {
  const read = new Map<string, Buffer>()
  const contentOf = (at: string, file: () => string): Buffer => {
    const content = read.get(at) ?? readFileSync(file())
    read.set(at, content)
    return content
  }
  return (at, response) => {
    if (at === '/graphiql') return send(response, 'text/html; charset=utf-8', Buffer.from(pageFor(auth)))
    if (at === '/graphiql/documents.json') {
      const listed = Buffer.from(JSON.stringify(documents.all().map((text) => ({ text }))))
      return send(response, 'application/json; charset=utf-8', listed)
    }
    const [type, file] = FILES[at] ?? []
    if (!type || !file) throw refuse('PATH_UNKNOWN')
    send(response, type, contentOf(at, file))
  }
}

function send(response: ServerResponse, type: string, content: Buffer): void {
  response.writeHead(200, {
    'content-type': type,
    'content-length': content.length,
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  })
  response.end(content)
}
