/**
 * `npm run check:deploy`: compose files, image file, alert rules, manifests and units as far as that goes without a container engine
 * (`npm run check:containers` runs them). Tools that are not here are named and left out.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { validate as lintDockerfile } from 'dockerfile-utils'
import { parse } from 'yaml'
import { readCompose } from './containers/compose.ts'
import { composeProblems } from './deploy/compose-rules.ts'
import { goModule } from './deploy/go-module.ts'
import { kubernetesProblems, manifestsIn } from './deploy/kubernetes.ts'
import { kubernetesSchema } from './deploy/kubernetes-schema.ts'
import { tryTool } from './deploy/tools.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The module that carries the Compose specification's schema; Go's module proxy checks its hash. */
const SCHEMA_MODULE = 'github.com/compose-spec/compose-go/v2@v2.16.2'

const problems: string[] = []
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const files = readdirSync(ROOT).filter((file) => /^docker-compose(\.[a-z]+)?\.yml$/.test(file))

const schema = composeSchema()
if (!schema) console.log('The Compose schema is not checked: it comes with a Go module, and there is no go here.')
for (const file of files) {
  // Compose merges `<<` itself; the schema speaks of what comes out.
  const written = parse(read(file), { merge: true })
  const validate = schema && new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  if (validate && !validate(written))
    for (const error of validate.errors ?? []) problems.push(`${file}${error.instancePath} ${error.message}`)
  const all = file === 'docker-compose.yml' ? [file] : ['docker-compose.yml', file]
  const compose = readCompose(
    all.map((one) => join(ROOT, one)),
    {},
  )
  problems.push(...composeProblems(compose).map((problem) => `${file}: ${problem}`))
}

const IMAGE_FILE = 'deploy/images/Dockerfile'
const dockerfile = read(IMAGE_FILE)
for (const { range, message } of lintDockerfile(dockerfile))
  problems.push(`${IMAGE_FILE}:${range.start.line + 1}: ${message}`)
const base = dockerfile.match(/^ARG NODE_IMAGE=(.*)$/m)?.[1] ?? ''
if (!/^docker\.io\/library\/node:24[\w.-]+@sha256:[0-9a-f]{64}$/.test(base))
  problems.push(`${IMAGE_FILE}: its Node has no version and digest`)
if (/npm (install|i)\b/.test(dockerfile + read('deploy/images/install.sh')))
  problems.push('images must take what is locked: npm ci, not npm install')
const targets = new Set([...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1]))
const { services } = readCompose([join(ROOT, 'docker-compose.yml')], {})
for (const [name, { build }] of Object.entries(services)) {
  if (!build) continue
  if (!targets.has(build.target)) problems.push(`service ${name}: the image file has no target ${build.target}`)
  const folder = workspaceOf(build.args?.PACKAGE ?? '')
  if (!folder) problems.push(`service ${name}: PACKAGE is not a package of ours: ${build.args?.PACKAGE}`)
}
for (const match of dockerfile.matchAll(/^COPY (?!--from)([^.\n]\S*) \S+$/gm))
  if (!existsSync(join(ROOT, match[1] ?? ''))) problems.push(`the image file copies ${match[1]}, which is not there`)
for (const match of dockerfile.matchAll(/"([\w/-]+\.(?:ts|js))"/g))
  if (!existsSync(join(ROOT, match[1] ?? ''))) problems.push(`the image file runs ${match[1]}, which is not there`)
for (const folder of workspaces())
  if (!dockerfile.includes(`COPY ${folder}/package.json ${folder}/`))
    problems.push(`the image file does not copy ${folder}/package.json`)

const needed: Record<string, string[]> = {
  indexer: ['RPC_URL', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'DB_URL_FILE', 'IPFS_URL'],
  oracle: ['RPC_URL', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'ORACLE_SECRET_KEY_FILE', 'IPFS_URL'],
  ipfs: ['RPC_URL', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'SECRET_KEY_FILE', 'HOME_DOMAIN'],
}
for (const [name, variables] of Object.entries(needed))
  for (const variable of variables)
    if (!(variable in (services[name]?.environment ?? {}))) problems.push(`service ${name} lacks ${variable}`)

const kubernetes = join(ROOT, 'deploy/kubernetes')
problems.push(...kubernetesProblems(kubernetes))
const check = kubernetesSchema()
if (!check)
  console.log('The schema of Kubernetes is not checked: it comes with Go modules, which cannot be fetched here.')
else {
  for (const { file, object } of manifestsIn(kubernetes))
    problems.push(...check(object).map((problem) => `${file}: ${problem}`))
  // A description that refuses nothing would tell nothing.
  const wrong = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { prots: [] } }
  if (check(wrong).length === 0) problems.push('the schema of Kubernetes admits a field that does not exist')
}
const observability = join(ROOT, 'deploy/observability')
problems.push(...tryTool('promtool', ['check', 'config', join(observability, 'prometheus.yml')]))
problems.push(...tryTool('promtool', ['test', 'rules', join(observability, 'rules.test.yml')]))
for (const unit of readdirSync(join(ROOT, 'deploy/systemd')).filter((file) => file.endsWith('.service')))
  problems.push(
    ...tryTool(
      'systemd-analyze',
      ['verify', '--man=no', join(ROOT, 'deploy/systemd', unit)],
      /stellartrain.*(not executable|is not)/,
    ),
  )

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log('compose files, image file, alert rules, manifests and units: nothing found')

function workspaces(): string[] {
  return (JSON.parse(read('package.json')) as { workspaces: string[] }).workspaces
}

function workspaceOf(name: string): string | undefined {
  return workspaces().find((folder) => `@stellartrain/${folder.replaceAll('/', '-')}` === name)
}

function composeSchema(): object | null {
  const folder = goModule(SCHEMA_MODULE)
  return folder === null ? null : (JSON.parse(readFileSync(join(folder, 'schema/compose-spec.json'), 'utf8')) as object)
}
