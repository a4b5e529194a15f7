/** The three services are operated alike: the same levels, help, health checks, metrics and problem documents, whatever is down. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { Keypair, StrKey } from '@stellar/stellar-sdk'
import { OPTIONS as indexer } from '@stellartrain/indexer-service'
import { OPTIONS as ipfs } from '@stellartrain/ipfs-node'
import { OPTIONS as oracle } from '@stellartrain/oracle-service'
import { LEVELS, type OptionTable, readOptions } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { metricsAskedOf, metricsDocumented } from '../deploy/observability.ts'
import { builtMain } from '../system/built.ts'
import { mainOf } from '../system/supervise.ts'

// Nothing listens there: a service must answer for itself without what it depends on.
const NOWHERE = 'http://127.0.0.1:9'

const chain = {
  RPC_URL: NOWHERE,
  NETWORK_PASSPHRASE: 'Standalone Network ; February 2017',
  CONTRACT_ADDRESS: StrKey.encodeContract(new Uint8Array(32)),
  IPFS_URL: NOWHERE,
}

const SERVICES: [name: string, workspace: string, options: OptionTable, env: Record<string, string>][] = [
  ['indexer', '@stellartrain/indexer-service', indexer, { ...chain, DB_URL: 'postgres://nobody@127.0.0.1:9/none' }],
  ['oracle', '@stellartrain/oracle-service', oracle, { ...chain, ORACLE_SECRET_KEY: Keypair.random().secret() }],
  ['ipfs', '@stellartrain/ipfs-node', ipfs, { NETWORK_PASSPHRASE: chain.NETWORK_PASSPHRASE }],
]

const FOLDERS: Record<string, string> = {
  '@stellartrain/indexer-service': 'indexer/service',
  '@stellartrain/oracle-service': 'oracle/service',
  '@stellartrain/ipfs-node': 'ipfs/node',
}

test.each(SERVICES)('%s takes every log level', (_, __, options, env) => {
  for (const level of LEVELS) expect(readOptions(options, { ...env, LOG_LEVEL: level }).logLevel).toBe(level)
})

/** Says at the end which packages were loaded. */
const LOADED = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module'
const loaded = new Set()
registerHooks({
  load(url, context, next) {
    const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]
    if (name) loaded.add(name)
    return next(url, context)
  },
})
process.on('exit', () => process.stderr.write('LOADED ' + [...loaded].join()))
`)}`

const call = (workspace: string, args: readonly string[], env: Record<string, string>) =>
  promisify(execFile)(
    process.execPath,
    ['--conditions=stellartrain-source', `--import=${LOADED}`, mainOf(workspace), ...args],
    { env },
  ).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )

test.each(SERVICES)(
  '%s says how it is set up, and what is wrong, before it loads what serves',
  async (_, workspace, options, env) => {
    const help = await call(workspace, ['--help'], {})
    expect(help).toMatchObject({ code: 0, stderr: 'LOADED @scure/base' })
    for (const { name } of Object.values(options)) expect(help.stdout).toContain(`  ${name} `)
    const wrong = await call(workspace, [], { ...env, PORT: 'x' })
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('PORT must be') })
    expect(wrong.stderr).toContain('LOADED @scure/base')
  },
)

test.each(SERVICES)('%s refuses an option that it does not have', async (_, workspace, __, env) => {
  const { code, stdout, stderr } = await call(workspace, ['--prot=4000'], { ...env, PORT: '0' })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('--prot')
})

test('a contract address is checked by its checksum, in every service', () => {
  for (const [, , options, env] of SERVICES) {
    const mistyped = `${chain.CONTRACT_ADDRESS.slice(0, -1)}A`
    expect(() => readOptions(options, { ...env, CONTRACT_ADDRESS: mistyped })).toThrow('must be a contract address')
  }
})

test.each(SERVICES)(
  '%s answers health, readiness, metrics and refusals in the common form',
  async (name, workspace, _, env) => {
    const url = await start(workspace, env)
    const get = async (path: string) => {
      const response = await fetch(`${url}${path}`)
      return { status: response.status, headers: response.headers, text: await response.text() }
    }
    const health = await get('/health')
    expect([health.status, JSON.parse(health.text)]).toEqual([200, { status: 'ok' }])

    const ready = await get('/ready')
    const { ready: isReady, reasons } = JSON.parse(ready.text)
    expect([ready.status, isReady, reasons.length > 0]).toEqual(
      name === 'ipfs' ? [200, true, false] : [503, false, true],
    )

    const metrics = await get('/metrics')
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4')
    expect(metrics.text).toContain(`stellartrain_${name}_http_requests_total{status="200"}`)
    expect(metrics.text).toContain('process_cpu_seconds_total')
    const asked = metricsAskedOf(name)
    expect(asked.length).toBeGreaterThan(5)
    for (const metric of asked)
      expect(metrics.text, 'an alert or a dashboard asks for it').toContain(`# TYPE ${metric} `)
    const own = [...metrics.text.matchAll(/^# TYPE (stellartrain_\w+) /gm)].map(([, metric]) => metric)
    expect(own.sort(), "the README's section Metrics").toEqual(metricsDocumented(name, FOLDERS[workspace]!))
    expect((await get('/status')).status).toBe(200)

    const missing = await get('/nowhere')
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(JSON.parse(missing.text)).toMatchObject({
      ...{ type: 'about:blank', title: 'Not Found', code: 'not_found', requestId: missing.headers.get('x-request-id') },
    })
  },
)

test.each(SERVICES)('%s publishes no key of its RPC or password of its database', async (name, workspace, _, env) => {
  const settings = {
    ...{ ...env, RPC_URL: 'http://user:pw@127.0.0.1:9/v1/SECRETKEY', IPFS_URL: 'http://127.0.0.1:9/SECRETKEY' },
    ...(name === 'indexer' && { DB_URL: 'postgres://nobody:SECRETKEY@127.0.0.1:9/none' }),
    ...(name === 'ipfs' && { IPFS_KUBO_URL: 'http://127.0.0.1:9/SECRETKEY' }),
    ...(name === 'oracle' && { INDEXER_URL: 'http://127.0.0.1:9/SECRETKEY' }),
  }
  const log: string[] = []
  const url = await start(workspace, settings, (line) => void log.push(line))
  if (name !== 'ipfs')
    await until(() => log.some((line) => !['listening', 'rpc_unreachable'].includes(JSON.parse(line).event)))
  for (const path of ['/ready', '/status']) {
    const text = await (await fetch(`${url}${path}`)).text()
    expect(text).not.toMatch(/SECRETKEY|user:pw/)
  }
  const { reasons } = (await (await fetch(`${url}/ready`)).json()) as { reasons: string[] }
  for (const reason of reasons) expect(reasons.filter((other) => other.includes(reason))).toHaveLength(1)
  expect(log.join('\n')).not.toMatch(/SECRETKEY|user:pw/)
  // Listening is all that is known at the start; that the rest is awaited is said once.
  if (name === 'oracle') expect(log.filter((line) => JSON.parse(line).event === 'rpc_unreachable')).toHaveLength(1)
})

test.each(SERVICES)('%s keeps serving when the reader of its log has left', async (_, workspace, __, env) => {
  const url = await start(workspace, { ...env, LOG_LEVEL: 'debug' }, 'leaves')
  for (let request = 0; request < 5; request++) expect((await fetch(`${url}/nowhere`)).status).toBe(404)
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test.each(SERVICES)('%s sends traces to a collector', async (name, workspace, _, env) => {
  const received: { resourceSpans: { resource: object; scopeSpans: { spans: { name: string }[] }[] }[] }[] = []
  const collector = createServer(async (request, response) => {
    received.push(JSON.parse((await Array.fromAsync(request)).join('')))
    response.end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void collector.close().closeAllConnections())
  await once(collector, 'listening')
  const { port } = collector.address() as AddressInfo
  const url = await start(workspace, { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` })
  expect((await fetch(`${url}/status`)).status).toBe(200)
  const all = () => received.flatMap(({ resourceSpans }) => resourceSpans)
  const spans = () => all().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  await until(() => spans().some((span) => span.name === 'GET /status'))
  expect(JSON.stringify(all()[0]!.resource)).toContain(`"stellartrain-${name}"`)
})

async function until(holds: () => boolean) {
  for (let waited = 0; !holds() && waited < 20_000; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
  expect(holds()).toBe(true)
}

/** Starts a service as its operator would, at the level that once stopped one of them. `reader`: gets each later line, or leaves. */
async function start(
  workspace: string,
  env: Record<string, string>,
  reader?: 'leaves' | ((line: string) => void),
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'stellartrain-service-'))
  const settings = { LOG_LEVEL: 'warn', ...env, PORT: '0', IPFS_HOME: home, ORACLE_HOME: home }
  const child = spawn(process.execPath, ['--conditions=stellartrain-source', await builtMain(mainOf(workspace))], {
    env: settings,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    const exit = child.exitCode === null && once(child, 'exit')
    child.kill('SIGTERM')
    if (exit) expect(await exit).toEqual([0, null])
    await rm(home, { recursive: true, force: true })
  })
  const lines = createInterface({ input: child.stdout })
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const { event, url } = JSON.parse(line)
      if (event === 'listening') resolve(url)
      if (typeof reader === 'function') reader(line)
    })
    lines.on('close', () => reject(new Error(`${workspace} ended before it was ready`)))
  })
  if (reader === 'leaves') child.stdout.destroy()
  return url
}
