/**
 * `npm run check:containers`: builds our images, brings docker-compose.yml up as it is, walks the demo on it, kills containers at
 * random while solvers submit, takes everything down and up again, and compares the money on-chain. Needs Docker or podman; where no
 * public image can be pulled, also mmdebstrap.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@stellartrain/sdk/client'
import type { Submitted } from '@stellartrain/sdk/submit'
import { numberOf, readValues } from './arguments.ts'
import { readCompose } from './containers/compose.ts'
import { looseEnds } from './containers/contained.ts'
import { lastLines, runCommand } from './containers/engine.ts'
import { watched } from './containers/observed.ts'
import type { Project } from './containers/project.ts'
import { threeOracles } from './containers/quorum.ts'
import { proxied, replicated, savedAndRestored, twoApis } from './containers/replicas.ts'
import { further } from './containers/stand-ins/further.ts'
import { moneyOf, openStory, problemsOf, submitStubbornly, waitUntilFinal } from './containers/story.ts'
import { furtherImages, openContained, ROOT } from './containers/system.ts'
import { seeded } from './kill/random.ts'
import { waitForOracle } from './system/oracle-ready.ts'

const USAGE = `npm run check:containers [-- OPTIONS]

  --kills N      how many containers are killed while solvers submit (default 8)
  --solvers N    how many solvers submit (default 3)
  --seed N       which containers, and when (default 1)
  --from REF     start with the images of this commit and upgrade the running system to the work tree
  --keep-images  take images as they were built before, where they are there
  --remove       remove the images and the store in the end`

const values = readValues(USAGE, {
  kills: { type: 'string', default: '8' },
  solvers: { type: 'string', default: '3' },
  seed: { type: 'string', default: '1' },
  from: { type: 'string' },
  'keep-images': { type: 'boolean' },
  remove: { type: 'boolean' },
})

const [solvers, seed, kills] = (['solvers', 'seed', 'kills'] as const).map((name) => numberOf(name, values[name])) as [
  number,
  number,
  number,
]

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
  const contained = await openContained({ keep: values['keep-images'] ?? false }, cleanup, say)
  const { engine, ports, secrets } = contained
  const { version } = contained

  const first = values.from ? await version('before', values.from) : await version('check')
  const upAt = Date.now()
  await first.up()
  const seconds = () => ((Date.now() - upAt) / 1000).toFixed(1)
  say(`every service is healthy ${seconds()} s after the start`)
  if (!values.from) await containment(first)
  await demo(ports.url)
  say(`the demo's submission is paid and verified ${seconds()} s after the start`)

  const config = await contained.config()
  const sdk = createClient(config)
  const oracle = await waitForOracle(ports.PUBLIC_ORACLE_URLS)
  const story = await openStory(sdk, [oracle], solvers)
  const made: Submitted[] = []
  const submitting = story.solvers.map(async (solver) => void made.push(await submitStubbornly(sdk, story, solver)))
  await Promise.all([killing(first), ...submitting])
  await waitUntilFinal(sdk, story)
  await expectNone(problemsOf(sdk, story, made))
  const before = await moneyOf(sdk, story)
  say(`${made.length} submissions while ${values.kills} containers were killed: each is on the chain and paid once`)

  if (!values.from) {
    const others = await further(engine, { images: furtherImages(), pulled: contained.bases.public }, say)
    const more = contained.withFiles(['docker-compose.replicas.yml'], others)
    await more.up(['indexer-2', 'postgres-replica'])
    await twoApis(first, config.apiUrl, `http://localhost:${ports.API2_PORT}`)
    say('two API processes answer alike; the one that wrote died, and the other one writes')
    say(`the streaming replica has the events of the primary: ${await replicated(more)}`)
    say(`the archive saved and restored: ${await savedAndRestored(more)}`)
    if (others.CADDY_IMAGE) {
      await more.healthy('indexer')
      await more.up(['proxy'])
      const asked = await proxied(more, `http://localhost:${ports.PROXY_PORT}`)
      say(`${asked} requests through the proxy while an API process died: all were answered`)
    }
    if (others.PROMETHEUS_IMAGE) {
      await more.up(['prometheus'])
      say(await watched(`http://localhost:${ports.PROMETHEUS_PORT}`))
    }
    if (others.GRAFANA_IMAGE) {
      await more.up(['grafana'])
      say('Grafana runs within the limits of its profile')
    }
    if (others.KUBO_IMAGE) {
      await more.up(['kubo'])
      say('Kubo runs within the limits of its profile')
    }
    await containment(more)
    await more.down()
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
  if (!values.from) {
    await second.down()
    say(await threeOracles(contained, cleanup))
  }

  async function expectNoSecret(project: Project, service: string): Promise<void> {
    const log = await project.logs(service)
    for (const file of readdirSync(secrets))
      if (file !== 'oracle_address' && log.includes(readFileSync(join(secrets, file), 'utf8').trim()))
        throw new Error(`the log of ${service} holds ${file}`)
  }
}

async function containment(project: Project): Promise<void> {
  const files = ['docker-compose.yml', 'docker-compose.replicas.yml'].map((file) => join(ROOT, file))
  const compose = readCompose(files, {})
  const services = project.running().filter((service) => service !== 'deploy')
  for (const service of services) await expectNone(looseEnds(project, service, compose.services[service]!))
  say(`${services.length} containers: no root, no capability, no new privilege, read-only, limited`)
}

async function killing(project: Project): Promise<void> {
  const random = seeded(seed)
  for (let killed = 0; killed < kills && !ended; killed++) {
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
