/**
 * Checks docker-compose.yml and the image file as far as that goes without a container engine: the Compose specification's
 * own JSON schema, every build target, every file that is copied, every main that is run, every variable that a service needs.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { validate as lintDockerfile } from 'dockerfile-utils'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The module that carries the Compose specification's schema; Go's module proxy checks its hash. */
const SCHEMA_MODULE = 'github.com/compose-spec/compose-go/v2@v2.16.2'

const problems: string[] = []
const dockerfile = readFileSync(join(ROOT, 'local/docker/Dockerfile'), 'utf8')
// Compose merges `<<` itself; the schema speaks of what comes out.
const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, { build?: { dockerfile: string; target: string }; environment?: Record<string, string> }>
}

function composeSchema(): object | null {
  try {
    const found = JSON.parse(
      execFileSync('go', ['mod', 'download', '-json', SCHEMA_MODULE], {
        cwd: tmpdir(),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as { Dir: string }
    return JSON.parse(readFileSync(join(found.Dir, 'schema/compose-spec.json'), 'utf8'))
  } catch {
    return null
  }
}

const schema = composeSchema()
if (schema) {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  if (!validate(compose))
    for (const error of validate.errors ?? []) problems.push(`docker-compose.yml${error.instancePath} ${error.message}`)
} else console.log('The Compose schema is not checked: it comes with a Go module, and there is no go here.')

for (const finding of lintDockerfile(dockerfile)) {
  problems.push(`Dockerfile line ${finding.range.start.line + 1}: ${finding.message}`)
}
const targets = new Set([...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1]))
for (const [name, service] of Object.entries(compose.services)) {
  if (service.build && !targets.has(service.build.target))
    problems.push(`service ${name}: the image file has no target ${service.build.target}`)
}
for (const match of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
  for (const path of (match[1] ?? '').split(' '))
    if (!existsSync(join(ROOT, path))) problems.push(`the image file copies ${path}, which is not there`)
}
for (const match of dockerfile.matchAll(/^CMD \["node", "([^"]+)"/gm)) {
  if (!existsSync(join(ROOT, match[1] ?? ''))) problems.push(`the image file runs ${match[1]}, which is not there`)
}
for (const line of readFileSync(join(ROOT, 'package.json'), 'utf8').matchAll(/^ {4}"((?:\w+\/)?\w+)",?$/gm)) {
  if (!dockerfile.includes(`COPY ${line[1]}/package.json ${line[1]}/`))
    problems.push(`the image file does not copy ${line[1]}/package.json`)
}
const needed: Record<string, string[]> = {
  indexer: ['RPC_URL', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'DB_URL', 'IPFS_URL'],
  oracle: ['RPC_URL', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'ORACLE_SECRET_KEY', 'IPFS_URL'],
  ipfs: ['RPC_URL', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'SECRET_KEY', 'HOME_DOMAIN'],
}
for (const [name, variables] of Object.entries(needed)) {
  for (const variable of variables)
    if (!(variable in (compose.services[name]?.environment ?? {}))) problems.push(`service ${name} lacks ${variable}`)
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log('docker-compose.yml and the image file: nothing found')
