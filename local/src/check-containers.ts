/**
 * `npm run check:containers`: builds our images, brings docker-compose.yml up as it is, walks the demo on it, kills containers at
 * random while solvers submit, takes everything down and up again, and compares the money on-chain. Needs Docker or podman; where no
 * public image can be pulled, also mmdebstrap.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseConfig, type SystemConfig } from '@stellartrain/sdk'
import { createClient } from '@stellartrain/sdk/client'
import type { Submitted } from '@stellartrain/sdk/submit'
import { readCompose, startOrder } from './containers/compose.ts'
import { looseEnds } from './containers/contained.ts'
import { findEngine, lastLines, runCommand } from './containers/engine.ts'
import { buildContext, buildImages, foundIn } from './containers/images.ts'
import { type Project, projectOf } from './containers/project.ts'
import { replicated, savedAndRestored, twoApis } from './containers/replicas.ts'
import { findBases } from './containers/stand-ins/make.ts'
import { moneyOf, openStory, problemsOf, submitStubbornly, waitUntilFinal } from './containers/story.ts'
import { seeded } from './kill/random.ts'
import { waitForOracle } from './system/oracle-ready.ts'
import { freePort } from './system/ports.ts'

const USAGE = `npm run check:containers [-- OPTIONS]

  --kills N      how many containers are killed while solvers submit (default 8)
  --solvers N    how many solvers submit (default 3)
  --seed N       which containers, and when (default 1)
  --from REF     start with the images of this commit and upgrade the running system to the work tree
  --keep-images  take images as they were built before, where they are there
  --remove       remove the images and the store in the end`

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '8' },
    solvers: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    'keep-images': { type: 'boolean' },
    remove: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'stellartrain/containers')
const VICTIMS = ['indexer', 'oracle', 'ipfs', 'postgres', 'network', 'dapp']

const began = Date.now()
const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`)
const cleanup: (() => unknown)[] = []
let ended = false
/** In reverse, each once, whatever one of them says. */
async function cleanUp(): Promise<void> {
  ended = true
  for (let next = cleanup.pop(); next; next = cleanup.pop())
    await Promise.resolve(next()).catch?.((error: unknown) => console.error(error))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (ended) return
    say('stopping: everything is taken down')
    void cleanUp().finally(() => process.exit(130))
  })

try {
  await check()
  say('the containers do what docker-compose.yml says')
} catch (error) {
  if (!ended) console.error(`\ncheck:containers failed: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  if (!ended) await cleanUp()
}

async function check(): Promise<void> {
  const engine = await findEngine(CACHE)
  const wanted = publicImages()
  const bases = await findBases(engine, wanted, CACHE, say)
  say(`${engine.command.join(' ')}; Node from ${bases.node}, Postgres from ${bases.postgres}`)

  const secrets = mkdtempSync(join(tmpdir(), 'stellartrain-secrets-'))
  cleanup.push(() => rmSync(secrets, { recursive: true, force: true }))
  const ports = await systemPorts()
  const setting = (tag: string) => ({
    ...ports,
    SECRETS: secrets,
    POSTGRES_IMAGE: bases.postgres,
    TAG: tag,
    IMAGES: images,
  })
  const images = 'localhost/stellartrain'
  const name = `stellartrain-check-${process.pid}`

  /** Images of one version, looked through, and the project that runs them on the same volumes. */
  async function version(tag: string, ref?: string): Promise<Project> {
    const mark = randomBytes(24).toString('hex')
    const context = await buildContext(ROOT, mark, ref)
    cleanup.push(context.remove)
    const compose = readCompose([join(context.folder, 'docker-compose.yml')], setting(tag))
    const onBuilt = ({ service, bytes, seconds }: { service: string; bytes: number; seconds: number }) =>
      say(`image ${service.padEnd(8)} ${(bytes / 1e6).toFixed(0).padStart(5)} MB  built in ${seconds.toFixed(0)} s`)
    const keep = values['keep-images'] ?? false
    const built = await buildImages(engine, compose, context, { node: bases.node, keep, onBuilt })
    for (const { image } of built) {
      const found = await foundIn(engine, image, [mark])
      if (found.length > 0) throw new Error(`${image} holds ${found.join(' and ')}`)
    }
    if (built.length > 0) say(`no planted secret and no .env in any layer of ${built.length} images`)
    const project = projectOf(engine, compose, { name, folder: context.folder })
    cleanup.push(() => project.down({ volumes: true }))
    if (readdirSync(secrets).length === 0) {
      const { image, command = [] } = compose.services.keys!
      await engine.run([
        'run',
        '--rm',
        '--network',
        'none',
        '--user',
        '0',
        '--volume',
        `${secrets}:/secrets`,
        image,
        ...command,
      ])
    }
    return { ...project, up: (names) => up(project, startOrder(compose), names) }
  }

  async function up(project: Project, all: readonly string[], names = all): Promise<void> {
    await project.up(names)
    for (const service of names) if (service !== 'deploy') await project.healthy(service)
  }

  const first = values.from ? await version('before', values.from) : await version('check')
  const upAt = Date.now()
  await first.up()
  const seconds = () => ((Date.now() - upAt) / 1000).toFixed(1)
  say(`every service is healthy ${seconds()} s after the start`)
  if (!values.from) await containment(first)
  await demo(ports.url)
  say(`the demo's submission is paid and verified ${seconds()} s after the start`)

  const config = await configAt(ports.url)
  const sdk = createClient(config)
  const oracle = await waitForOracle(ports.PUBLIC_ORACLE_URLS)
  const story = await openStory(sdk, oracle, Number(values.solvers))
  const made: Submitted[] = []
  const submitting = story.solvers.map(async (solver) => void made.push(await submitStubbornly(sdk, story, solver)))
  await Promise.all([killing(first), ...submitting])
  await waitUntilFinal(sdk, story)
  await expectNone(problemsOf(sdk, story, made))
  const before = await moneyOf(sdk, story)
  say(`${made.length} submissions while ${values.kills} containers were killed: each is on the chain and paid once`)

  if (!values.from) {
    const files = ['docker-compose.yml', 'docker-compose.replicas.yml'].map((file) => join(ROOT, file))
    const more = projectOf(engine, readCompose(files, setting('check')), { name, folder: ROOT })
    cleanup.push(() => more.down({ volumes: true }))
    const added = ['indexer-2', 'postgres-replica', ...(bases.public ? ['proxy'] : [])]
    await up(more, added)
    await twoApis(first, config.apiUrl, `http://localhost:${ports.API2_PORT}`)
    say('two API processes answer alike; the one that wrote died, and the other one writes')
    say(`the streaming replica has the events of the primary: ${await replicated(more)}`)
    say(`the archive saved and restored: ${await savedAndRestored(more)}`)
  }

  await first.down()
  const second = values.from ? await version('check') : first
  await second.up()
  const after = await moneyOf(sdk, story)
  if (JSON.stringify(after) !== JSON.stringify(before))
    throw new Error(`the money is not what it was: ${JSON.stringify(before)} and then ${JSON.stringify(after)}`)
  await expectNone(problemsOf(sdk, story, made))
  say(`${values.from ? 'upgraded' : 'taken down and up again'} with its volumes: the money is what it was`)
  if (values.from) await containment(second)
  await demo(ports.url)
  say('and the demo is paid again')
  for (const service of second.running()) await expectNoSecret(second, service)

  async function expectNoSecret(project: Project, service: string): Promise<void> {
    const log = await project.logs(service)
    for (const file of readdirSync(secrets))
      if (file !== 'oracle_address' && log.includes(readFileSync(join(secrets, file), 'utf8').trim()))
        throw new Error(`the log of ${service} holds ${file}`)
  }
}

async function containment(project: Project): Promise<void> {
  const compose = readCompose([join(ROOT, 'docker-compose.yml')], {})
  const services = project.running().filter((service) => service !== 'deploy')
  for (const service of services) await expectNone(looseEnds(project, service, compose.services[service]!))
  say(`${services.length} containers: no root, no capability, no new privilege, read-only, limited`)
}

async function killing(project: Project): Promise<void> {
  const random = seeded(Number(values.seed))
  for (let kills = 0; kills < Number(values.kills) && !ended; kills++) {
    await new Promise((done) => setTimeout(done, 1000 + random.below(4000)))
    const victim = VICTIMS[random.below(VICTIMS.length)]!
    if (await project.crash(victim)) say(`killed ${victim}`)
  }
  for (const service of VICTIMS) await project.healthy(service)
}

async function demo(url: string): Promise<void> {
  const env = { ...process.env, STELLARTRAIN_URL: url }
  const { code, out, err } = await runCommand('npm', ['run', '-s', 'demo', '--', '--json'], { cwd: ROOT, env })
  if (code !== 0) throw new Error(`the demo failed:\n${lastLines(err, 15)}`)
  const { paid, asset, verified } = JSON.parse(lastLines(out, 1)) as Record<string, string>
  say(`demo: ${paid} ${asset} paid, verified: ${verified}`)
}

async function expectNone(problems: Promise<string[]>): Promise<void> {
  const found = await problems
  if (found.length > 0) throw new Error(found.join('; '))
}

async function configAt(url: string): Promise<SystemConfig> {
  return parseConfig(await (await fetch(`${url}/config.json`)).json())
}

/** Free ports, and what browsers and oracles are told of them. */
async function systemPorts() {
  const names = ['RPC_PORT', 'API_PORT', 'API2_PORT', 'IPFS_PORT', 'ORACLE_PORT', 'DAPP_PORT'] as const
  const ports = {} as Record<(typeof names)[number], string>
  for (const name of names) ports[name] = String(await freePort('127.0.0.1'))
  const at = (name: (typeof names)[number], path = '') => `http://localhost:${ports[name]}${path}`
  return {
    ...ports,
    url: at('DAPP_PORT'),
    ORACLE_PUBLIC_URL: at('ORACLE_PORT'),
    PUBLIC_RPC_URL: at('RPC_PORT', '/rpc'),
    PUBLIC_FRIENDBOT_URL: at('RPC_PORT', '/friendbot'),
    PUBLIC_API_URL: at('API_PORT'),
    PUBLIC_IPFS_URL: at('IPFS_PORT'),
    PUBLIC_ORACLE_URLS: at('ORACLE_PORT'),
  }
}

/** The images that ours are built on and run beside, as the files name them. */
function publicImages(): { node: string; postgres: string } {
  const node = readFileSync(join(ROOT, 'deploy/images/Dockerfile'), 'utf8').match(/^ARG NODE_IMAGE=(\S+)$/m)?.[1]
  const postgres = readCompose([join(ROOT, 'docker-compose.yml')], {}).services.postgres?.image
  if (!node || !postgres) throw new Error('The files name no image of Node or Postgres.')
  return { node, postgres }
}
