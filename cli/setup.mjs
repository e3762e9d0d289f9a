// Plain JavaScript for any Node >= 18: installs what is pinned (pnpm, Node, PostgreSQL, the libraries), all from the
// npm registry, once per lockfile. Says nothing when there is nothing to do.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'

const PNPM = '12.18.0'
const STAMP = 'node_modules/.hub-setup'
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|META_FETCH_FAIL|ERR_PNPM_FETCH|E50\d|E40[134]|CERT_|self.signed/
// npm's own patience with a registry that does not answer is more than a minute, in silence (`npm run -s` hides its errors).
const PATIENCE = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000' }

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (Number(process.versions.node.split('.')[0]) < 18) {
  fail(`Node ${process.versions.node} is too old to set the hub up; install Node 18 or newer.`)
}
const wanted = createHash('sha256')
  .update(readFileSync('pnpm-lock.yaml'))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex')
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) await install()

async function install() {
  if (!isWritable('.'))
    fail(`${process.cwd()} cannot be written by this user; install as its owner, or clone the project anew.`)
  const started = Date.now()
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`
  const say = (line) => process.stderr.write(`${line}\n`)
  say(
    '安装依赖 · installing what is pinned (pnpm, Node 26, PostgreSQL 18, libraries) from the npm registry; about a minute …',
  )
  let said = ''
  let latest = ''
  const command = ['npx', '--yes', `pnpm@${PNPM}`, 'install', '--frozen-lockfile', '--reporter=append-only']
  const child = spawn(command[0], command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...PATIENCE, ...process.env, ...home(), CI: '1', npm_config_loglevel: 'error' },
  })
  const hear = (chunk) => {
    said = (said + chunk).slice(-20_000)
    latest =
      String(chunk)
        .trim()
        .split('\n')
        .findLast?.((line) => /Progress/.test(line)) ?? latest
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ticking = setInterval(() => say(`  … ${seconds()} ${latest}`), 5_000)
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      said += error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  clearInterval(ticking)
  if (code !== 0) explain(said)
  writeFileSync(STAMP, wanted)
  say(`安装完成 · installed in ${seconds()}`)
}

// npm and pnpm keep their caches under the home folder; a service user may have none that it can write.
function home() {
  if (isWritable(homedir())) return {}
  const own = `${process.cwd()}/.cache/home`
  mkdirSync(own, { recursive: true })
  return {
    HOME: own,
    npm_config_cache: `${own}/.npm`,
    XDG_CACHE_HOME: `${own}/.cache`,
    XDG_DATA_HOME: `${own}/.local/share`,
  }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function explain(said) {
  if (UNREACHABLE.test(said)) {
    const registry =
      process.env.npm_config_registry || process.env.NPM_CONFIG_REGISTRY || 'of your npm configuration'
    const reason = UNREACHABLE.exec(said)?.[0]
    fail(
      `The npm registry ${registry} did not answer as needed (${reason}); mend the network, or name a mirror: npm config set registry <address>.`,
    )
  }
  process.stderr.write(`${said.trim().split('\n').slice(-15).join('\n')}\n`)
  fail('The installation failed; the last lines above say why.')
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
