/** The compose file as a system that runs here: engine, bases, images of a version, secrets and ports, on volumes of its own. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfig, type SystemConfig } from '@stellartrain/sdk'
import { freePort } from '../system/ports.ts'
import { type Compose, readCompose, startOrder } from './compose.ts'
import { type Engine, findEngine } from './engine.ts'
import { buildContext, buildImages, foundIn } from './images.ts'
import { type Project, projectOf } from './project.ts'
import { type Bases, findBases } from './stand-ins/make.ts'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'stellartrain/containers')
const IMAGES = 'localhost/stellartrain'

type Say = (line: string) => void

export type Ports = Awaited<ReturnType<typeof systemPorts>>

export type Contained = {
  engine: Engine
  bases: Bases
  ports: Ports
  /** The folder of the secrets. */
  secrets: string
  /** Images of `ref`, or of the work tree, looked through for secrets, and the project that runs them on the same volumes. */
  version(tag: string, ref?: string): Promise<Project>
  /** The work tree's compose files, these and more, as one project on the same volumes. */
  withFiles(files: readonly string[], more?: Record<string, string>): Project & { compose: Compose }
  config(): Promise<SystemConfig>
}

/** @param keep images as they were built before are taken, where they are there @param cleanup gets what is to be done in the end */
export async function openContained(
  { keep }: { keep: boolean },
  cleanup: (() => unknown)[],
  say: Say,
): Promise<Contained> {
  const engine = await findEngine(CACHE)
  const bases = await findBases(engine, publicImages(), CACHE, say)
  say(`${engine.command.join(' ')}; Node from ${bases.node}, Postgres from ${bases.postgres}`)
  const secrets = mkdtempSync(join(tmpdir(), 'stellartrain-secrets-'))
  cleanup.push(() => rmSync(secrets, { recursive: true, force: true }))
  const ports = await systemPorts()
  const setting = (tag: string) => ({
    ...ports,
    SECRETS: secrets,
    POSTGRES_IMAGE: bases.postgres,
    TAG: tag,
    IMAGES,
  })
  const name = `stellartrain-check-${process.pid}`
  const opened = (compose: Compose, folder: string): Project => {
    const project = projectOf(engine, compose, { name, folder })
    cleanup.push(() => project.down({ volumes: true }))
    return { ...project, up: (names) => upAndHealthy(project, startOrder(compose), names) }
  }

  return {
    engine,
    bases,
    ports,
    secrets,
    async version(tag, ref) {
      const mark = randomBytes(24).toString('hex')
      const context = await buildContext(ROOT, mark, ref)
      cleanup.push(context.remove)
      const compose = readCompose([join(context.folder, 'docker-compose.yml')], setting(tag))
      const base = Number(await engine.run(['image', 'inspect', '-f', '{{.Size}}', bases.node]))
      const built = await buildImages(engine, compose, context, {
        node: bases.node,
        keep,
        onBuilt: ({ service, bytes, seconds }) =>
          say(
            `image ${service.padEnd(8)} ${megabytes(bytes)} MB, ${megabytes(bytes - base)} on top of Node's  built in ${seconds.toFixed(0)} s`,
          ),
      })
      for (const { image } of built) {
        const found = await foundIn(engine, image, [mark])
        if (found.length > 0) throw new Error(`${image} holds ${found.join(' and ')}`)
      }
      if (built.length > 0) say(`no planted secret and no .env in any layer of ${built.length} images`)
      if (readdirSync(secrets).length === 0) await makeSecrets(engine, compose, secrets)
      return opened(compose, context.folder)
    },
    withFiles(files, more = {}) {
      const paths = ['docker-compose.yml', ...files].map((file) => join(ROOT, file))
      const compose = readCompose(paths, { ...setting('check'), ...more })
      return { ...opened(compose, ROOT), compose }
    },
    async config() {
      return parseConfig(await (await fetch(`${ports.url}/config.json`)).json())
    },
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0).padStart(4)

async function upAndHealthy(project: Project, all: readonly string[], names = all): Promise<void> {
  await project.up(names)
  for (const service of names) if (service !== 'deploy') await project.healthy(service)
}

/** By the image that has no network. */
export async function makeSecrets(engine: Engine, compose: Compose, folder: string): Promise<void> {
  const { image, command = [] } = compose.services.keys!
  const options = ['--rm', '--network', 'none', '--user', '0', '--volume', `${folder}:/secrets`]
  await engine.run(['run', ...options, image, ...command])
}

/** Free ports, and what browsers and oracles are told of them. */
async function systemPorts() {
  const names = [
    ...(['RPC_PORT', 'API_PORT', 'API2_PORT', 'IPFS_PORT', 'IPFS2_PORT', 'ORACLE_PORT', 'ORACLE2_PORT'] as const),
    ...(['ORACLE3_PORT', 'DAPP_PORT', 'PROXY_PORT', 'PROMETHEUS_PORT', 'GRAFANA_PORT'] as const),
  ] as const
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

/** Images that run beside ours, as the files name them. */
export function furtherImages() {
  const files = ['docker-compose.yml', 'docker-compose.replicas.yml'].map((file) => join(ROOT, file))
  const { services } = readCompose(files, {})
  const image = (name: string) => services[name]?.image ?? ''
  return {
    ...{ CADDY_IMAGE: image('proxy'), PROMETHEUS_IMAGE: image('prometheus') },
    ...{ KUBO_IMAGE: image('kubo'), GRAFANA_IMAGE: image('grafana') },
  }
}

/** The images that ours are built on, as the files name them. */
function publicImages(): { node: string; postgres: string } {
  const node = readFileSync(join(ROOT, 'deploy/images/Dockerfile'), 'utf8').match(/^ARG NODE_IMAGE=(\S+)$/m)?.[1]
  const postgres = readCompose([join(ROOT, 'docker-compose.yml')], {}).services.postgres?.image
  if (!node || !postgres) throw new Error('The files name no image of Node or Postgres.')
  return { node, postgres }
}
