/** The metrics that alert rules and dashboards name. A name that nobody exports is an alert that never fires. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDER = join(ROOT, 'deploy/observability')

type Rules = { groups: { rules: { expr: string }[] }[] }
type Dashboard = { panels: { targets?: { expr: string }[] }[] }

export function expressions(): string[] {
  const rules = parse(readFileSync(join(FOLDER, 'rules.yml'), 'utf8')) as Rules
  const dashboards = readdirSync(join(FOLDER, 'grafana/dashboards')).map(
    (file) => JSON.parse(readFileSync(join(FOLDER, 'grafana/dashboards', file), 'utf8')) as Dashboard,
  )
  return [
    ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ...dashboards.flatMap(({ panels }) => panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))),
  ]
}

/** Names that a service is asked for, as its `# TYPE` lines have them; `service` is `indexer`, `oracle`, `ipfs` or `dapp`. */
export function metricsAskedOf(service: string): string[] {
  const every = expressions().flatMap((expression) => [
    ...(expression.match(/\bstellartrain_[a-z_]+\b/g) ?? []),
    ...(expression.match(/\b(?:process|nodejs)_[a-z0-9_]+\b/g) ?? []),
    // {__name__=~"stellartrain_(a|b)_name"} is one name a service.
    ...[...expression.matchAll(/stellartrain_\(([a-z|]+)\)(_[a-z_]+)/g)].flatMap(([, services = '', rest = '']) =>
      services.split('|').map((one) => `stellartrain_${one}${rest}`),
    ),
  ])
  const own = every.filter((name) => name.startsWith(`stellartrain_${service}_`) || /^(process|nodejs)_/.test(name))
  return [...new Set(own.map((name) => name.replace(/_(bucket|sum|count)$/, '')))].sort()
}

/** All names that the section Metrics of a service's README has, in the order of the alphabet. @param folder of the service's package */
export function metricsDocumented(service: string, folder: string): string[] {
  const [, section = ''] = readFileSync(join(ROOT, folder, 'README.md'), 'utf8').split(/^## Metrics$/m)
  const cells = [...section.split(/^## /m)[0]!.matchAll(/^\| (`.*?`) \|/gm)].map(([, cell]) => cell!)
  const own = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)(?:\{.*?\})?`/g)].map(([, name]) => name!))
  // Named above the table.
  return [...own, 'http_requests_total', 'http_request_seconds', 'info']
    .map((name) => `stellartrain_${service}_${name}`)
    .sort()
}
