/** The whole system on one machine, started in the order in which its parts need each other, and stopped in the other. */
import { join } from 'node:path'
import { buildDapp, distPath, isStale } from '@stellartrain/dapp'
import type { SystemConfig } from '@stellartrain/sdk'
import { type Home, openHome } from './home.ts'
import { waitForLeftovers } from './leftovers.ts'
import { lockHome } from './lock.ts'
import { once } from './once.ts'
import type { Ports, StartOptions } from './options.ts'
import { choosePorts } from './ports.ts'
import { prepareNetwork } from './prepare.ts'
import { explain } from './problem.ts'
import type { Progress } from './progress.ts'
import { contractServices, groundServices, type Urls, urlsOf } from './services.ts'
import { type Service, supervise } from './supervise.ts'

export type System = {
  home: Home
  urls: Urls
  ports: Ports
  config: SystemConfig
  dbUrl: string
  services: Service[]
  stop(): Promise<void>
}

/**
 * Starts everything and returns when every service is ready. Nothing is left behind when it fails, or when `signal` ends it.
 * @throws StartProblem in words for people.
 */
export async function startSystem(options: StartOptions, progress: Progress, signal?: AbortSignal): Promise<System> {
  const services: Service[] = []
  let release: (() => void) | undefined

  async function stop(): Promise<void> {
    // Followers first, the ledger and the database last.
    const order = ['dapp', 'oracle', 'indexer', 'IPFS node', 'Postgres', 'local network']
    for (const name of order) await Promise.all(services.filter((s) => s.name === name).map((s) => s.stop()))
    release?.()
  }

  try {
    const home = openHome(options.home)
    release = await lockHome(home.path)
    const notes = home.folder('run')
    await waitForLeftovers(notes)
    const ports = await choosePorts(options.host, options.ports, home.memory.ports)
    home.remember({ ports })
    const urls = urlsOf(options.host, ports)
    const launch = (spec: Parameters<typeof supervise>[0]) =>
      progress.step(spec.name, async () => {
        const altered = (await options.alter?.(spec)) ?? spec
        const service = await supervise({ ...altered, pidFile: join(notes, `${spec.name}.pid`) }, progress.note)
        services.push(service)
        return service
      })

    const ground = groundServices(home, options, ports)
    const pages = progress.step('pages', async () => {
      await once(distPath, isStale, buildDapp)
    })
    const started = await Promise.allSettled([launch(ground.network), launch(ground.postgres), pages])
    signal?.throwIfAborted()
    for (const result of started) if (result.status === 'rejected') throw result.reason
    const postgres = services.find((service) => service.name === 'Postgres')!

    const config = await progress.step('contract and demo accounts', () =>
      Promise.race([prepareNetwork(home, urls), aborted(signal)]),
    )
    home.writeConfig(config)

    const { contract, records, recount } = config
    const facts = { contract, records: records ?? '', recount: recount ?? '', dbUrl: postgres.url, dist: distPath }
    const rest = Object.values(contractServices(home, options, ports, facts))
    const followed = await Promise.allSettled(rest.map(launch))
    signal?.throwIfAborted()
    for (const result of followed) if (result.status === 'rejected') throw result.reason
    return { home, urls, ports, config, dbUrl: postgres.url, services, stop }
  } catch (error) {
    await stop()
    throw explain(error, options.home)
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, fail) => {
    if (signal?.aborted) fail(signal.reason)
    signal?.addEventListener('abort', () => fail(signal.reason), { once: true })
  })
}
