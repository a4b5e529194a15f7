/** docker-compose.yml as one reads it by the Compose specification: variables filled in, merges resolved; what we use of it and nothing more. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export type Health = { test: string[] }

export type Service = {
  image: string
  build?: { context: string; dockerfile: string; target: string; args?: Record<string, string> }
  command?: string[]
  entrypoint?: string[]
  user?: string
  environment?: Record<string, string>
  secrets?: string[]
  volumes?: string[]
  tmpfs?: string[]
  ports?: string[]
  networks?: string[]
  network_mode?: string
  profiles?: string[]
  restart?: string
  init?: boolean
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  mem_limit?: string
  shm_size?: string
  pids_limit?: number
  logging?: { driver: string; options: Record<string, string> }
  healthcheck?: Health
  depends_on?: Record<string, { condition: Condition }>
}

export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully'

export type Compose = {
  name: string
  services: Record<string, Service>
  secrets: Record<string, { file: string }>
  networks: Record<string, { internal?: boolean } | null>
  volumes: Record<string, unknown>
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Fills in `${NAME}`, `${NAME:-default}` (not set or empty), `${NAME-default}` (not set), `${NAME:?message}`, and `$$`.
 * @throws Error for a variable that must be set and is not
 */
export function interpolate(text: string, env: Environment): string {
  return text.replace(
    /\$\$|\$\{([A-Z_][A-Z0-9_]*)(?:(:?[-?])([^}]*))?\}/g,
    (all, name: string, how = '', rest = '') => {
      if (all === '$$') return '$'
      const value = env[name]
      const there = value !== undefined && (how.startsWith(':') ? value !== '' : true)
      if (there) return value
      if (how.endsWith('?')) throw new Error(`${name} is not set: ${rest}`)
      return how.endsWith('-') ? rest : ''
    },
  )
}

/** Later files add services and replace what they say again of one, key by key; maps are merged, lists follow each other. */
export function readCompose(files: readonly string[], env: Environment): Compose {
  const parsed = files.map((file) => parse(readFileSync(file, 'utf8'), { merge: true }) as Record<string, unknown>)
  const merged = parsed.reduce((base, more) => merge(base, more) as Record<string, unknown>, {})
  return filled(merged, env) as Compose
}

function merge(base: unknown, more: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(more)) return [...new Set([...base, ...more])]
  if (!isMap(base) || !isMap(more)) return more
  const result: Record<string, unknown> = { ...base }
  // A command is one thing, not a list of things.
  for (const [key, value] of Object.entries(more))
    result[key] = key in base && !['command', 'entrypoint', 'test'].includes(key) ? merge(base[key], value) : value
  return result
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function filled(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') return interpolate(value, env)
  if (Array.isArray(value)) return value.map((one) => filled(one, env))
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, env)]))
}

/** Services of these profiles in an order in which each comes after those that it depends on. */
export function startOrder({ services }: Compose, profiles: readonly string[] = []): string[] {
  const chosen = Object.keys(services).filter((name) =>
    (services[name]?.profiles ?? []).every((profile) => profiles.includes(profile)),
  )
  const order: string[] = []
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name))
      throw new Error(`services depend on each other in a circle: ${[...path, name].join(' → ')}`)
    for (const other of Object.keys(services[name]?.depends_on ?? {}))
      if (chosen.includes(other)) visit(other, [...path, name])
    if (!order.includes(name)) order.push(name)
  }
  for (const name of chosen) visit(name, [])
  return order
}
