/** Brings a compose file up and down with any engine: networks, volumes, containers in their order, waiting for what they wait for. */
import { type Compose, type Condition, type Service, startOrder } from './compose.ts'
import { type Engine, lastLines } from './engine.ts'

export type Project = {
  /** Starts services, all or those that are named, in order; each waits for what it depends on. */
  up(names?: readonly string[]): Promise<void>
  /** Waits until a service's health check passes. @throws Error with its last answer and log */
  healthy(name: string): Promise<void>
  /** Ends a service's main process at once, as a crash would; its restart policy starts it again. */
  crash(name: string): Promise<boolean>
  /** Takes a service off a network, and puts it back. */
  disconnect(name: string, network: string): Promise<void>
  connect(name: string, network: string): Promise<void>
  /** Whether a service of ours (with Node inside) gets an answer there. */
  reaches(name: string, url: string): Promise<boolean>
  /** Of its first process; undefined where none runs. */
  pid(name: string): Promise<number | undefined>
  exec(name: string, command: readonly string[]): Promise<string>
  logs(name: string): Promise<string>
  /** Removes containers and networks, and with `volumes` what they kept. Never fails. */
  down(options?: { volumes?: boolean }): Promise<void>
  running(): string[]
}

/** Generous: on a machine that is busy with others, a start takes minutes. */
const HEALTHY_WITHIN_MS = 900_000

export function projectOf(
  engine: Engine,
  compose: Compose,
  { name: project, folder, profiles = [] }: { name: string; folder: string; profiles?: readonly string[] },
): Project {
  const container = (service: string) => `${project}-${service}`
  const networkName = (network: string) => `${project}_${network}`
  const started = new Set<string>()

  async function healthy(service: string): Promise<void> {
    const { test } = compose.services[service]?.healthcheck ?? { test: [] }
    const [, ...command] = test
    let said = ''
    for (const until = Date.now() + HEALTHY_WITHIN_MS; Date.now() < until; ) {
      const { code, err, out } = await engine.try(['exec', container(service), ...command], { timeoutMs: 30_000 })
      if (code === 0) return
      said = lastLines(err || out, 2)
      await new Promise((done) => setTimeout(done, 500))
    }
    throw new Error(`${service} was not healthy in time: ${said}\n${lastLines(await logs(service), 12)}`)
  }

  async function waitFor(service: string, condition: Condition): Promise<void> {
    if (condition === 'service_healthy') await healthy(service)
    if (condition === 'service_completed_successfully') {
      const code = await engine.run(['wait', container(service)])
      if (code !== '0') throw new Error(`${service} ended with ${code}:\n${lastLines(await logs(service), 12)}`)
    }
  }

  async function start(service: string): Promise<void> {
    const { image, depends_on = {}, networks = ['default'], network_mode } = compose.services[service]!
    for (const [other, { condition }] of Object.entries(depends_on))
      if (started.has(other)) await waitFor(other, condition)
    await engine.try(['rm', '-f', container(service)])
    const [first = 'default', ...others] = networks
    const network = network_mode
      ? ['--network', network_mode]
      : ['--network', networkName(first), '--network-alias', service]
    const args = argumentsOf(compose, service, { project, folder })
    const command = compose.services[service]?.command ?? []
    await engine.run(['create', '--name', container(service), ...network, ...args, image, ...command])
    for (const other of others)
      await engine.run(['network', 'connect', '--alias', service, networkName(other), container(service)])
    await engine.run(['start', container(service)])
    started.add(service)
  }

  async function pid(service: string): Promise<number | undefined> {
    return Number((await engine.try(['inspect', '-f', '{{.State.Pid}}', container(service)])).out) || undefined
  }

  async function logs(service: string): Promise<string> {
    const { out, err } = await engine.try(['logs', '--tail', '200', container(service)])
    return `${out}${err}`
  }

  return {
    async up(names = startOrder(compose, profiles)) {
      for (const [network, options] of Object.entries(compose.networks)) {
        const internal = options?.internal ? ['--internal'] : []
        const there = await engine.try(['network', 'inspect', networkName(network)])
        if (there.code !== 0) await engine.run(['network', 'create', ...internal, networkName(network)])
      }
      for (const service of names) await start(service)
    },
    healthy,
    logs,
    exec: (service, command) => engine.run(['exec', container(service), ...command]),
    running: () => [...started],
    disconnect: async (service, network) =>
      void (await engine.run(['network', 'disconnect', networkName(network), container(service)])),
    connect: async (service, network) =>
      void (await engine.run(['network', 'connect', '--alias', service, networkName(network), container(service)])),
    async reaches(service, url) {
      const script = `fetch('${url}', { signal: AbortSignal.timeout(3000) }).then(() => {}, () => process.exit(1))`
      return (await engine.try(['exec', container(service), 'node', '-e', script])).code === 0
    },
    pid,
    async crash(service) {
      const running = await pid(service)
      if (!running) return false
      try {
        process.kill(running, 'SIGKILL')
      } catch {
        // Another's process, or in a machine of the engine's own. What an engine was told to kill it does not restart.
        await engine.try(['kill', '--signal', 'KILL', container(service)])
        await engine.try(['start', container(service)])
      }
      return true
    },
    async down({ volumes = false } = {}) {
      const all = Object.keys(compose.services).map(container)
      await engine.try(['stop', '-t', '10', ...[...started].reverse().map(container)])
      // Each by itself: podman removes none of a list that names one which is not there.
      const { out } = await engine.try(['ps', '-a', '--format', '{{.Names}}'])
      for (const one of out.split('\n').filter((listed) => all.includes(listed))) await engine.try(['rm', '-f', one])
      started.clear()
      for (const network of Object.keys(compose.networks)) await engine.try(['network', 'rm', networkName(network)])
      if (volumes)
        for (const volume of Object.keys(compose.volumes)) await engine.try(['volume', 'rm', `${project}_${volume}`])
    },
  }
}

/** What the engine is told of one service, but its name, networks, image and command. */
export function argumentsOf(
  compose: Compose,
  name: string,
  { project, folder }: { project: string; folder: string },
): string[] {
  const service = compose.services[name] as Service
  const host = (path: string) => (path.startsWith('./') ? `${folder}/${path.slice(2)}` : path)
  const many = (flag: string, values: readonly string[] = []) => values.flatMap((value) => [flag, value])
  const volumes = (service.volumes ?? []).map((volume) => {
    const [source = '', ...rest] = volume.split(':')
    return [/^[./]/.test(source) ? host(source) : `${project}_${source}`, ...rest].join(':')
  })
  const secrets = (service.secrets ?? []).map(
    (secret) => `${host(compose.secrets[secret]?.file ?? '')}:/run/secrets/${secret}:ro`,
  )
  const variables = Object.entries(service.environment ?? {}).map(([key, value]) => `${key}=${value}`)
  const logging = Object.entries(service.logging?.options ?? {}).map(([key, value]) => `${key}=${value}`)
  return [
    ...(service.init ? ['--init'] : []),
    ...(service.restart && service.restart !== 'no' ? ['--restart', service.restart] : []),
    ...(service.read_only ? ['--read-only'] : []),
    ...many('--cap-drop', service.cap_drop),
    ...many(
      '--security-opt',
      service.security_opt?.map((option) => option.replace(/(?<=^seccomp=)\.\//, `${folder}/`)),
    ),
    ...many('--tmpfs', service.tmpfs),
    ...many('--env', variables),
    ...many('--volume', [...volumes, ...secrets]),
    ...many('--publish', service.ports),
    ...(service.user ? ['--user', service.user] : []),
    ...(service.mem_limit ? ['--memory', service.mem_limit] : []),
    ...(service.pids_limit ? ['--pids-limit', String(service.pids_limit)] : []),
    ...(service.shm_size ? ['--shm-size', service.shm_size] : []),
    ...(service.logging ? ['--log-driver', service.logging.driver] : []),
    ...many(
      '--log-opt',
      logging.filter((option) => option.startsWith('max-size')),
    ),
    ...(service.entrypoint ? ['--entrypoint', JSON.stringify(service.entrypoint)] : []),
  ]
}
