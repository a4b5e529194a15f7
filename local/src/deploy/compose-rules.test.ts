/** Each rule about containers is broken once, and noticed. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCompose, type Service } from '../containers/compose.ts'
import { composeProblems } from './compose-rules.ts'

const compose = readCompose([fileURLToPath(new URL('../../../docker-compose.yml', import.meta.url))], {})

test('the compose file keeps every rule', () => expect(composeProblems(compose)).toEqual([]))

test.each<[string, Partial<Service>, RegExp]>([
  ['an image without digest', { image: 'docker.io/library/postgres:18' }, /no registry, version and digest/],
  ['the latest image', { image: `docker.io/library/postgres:latest@sha256:${'0'.repeat(64)}` }, /whatever is latest/],
  ['root', { user: 'root' }, /may be root/],
  ['a root that can be written', { read_only: false }, /can be written/],
  ['a capability', { cap_drop: [] }, /keeps capabilities/],
  ['every call to the kernel', { security_opt: ['no-new-privileges:true', 'seccomp=unconfined'] }, /may make any call/],
  ['no limits', { mem_limit: '', pids_limit: 0 }, /no limit of memory/],
  ['an endless log', { logging: { driver: 'json-file', options: {} } }, /log has no limit/],
  ['a password in the environment', { environment: { POSTGRES_PASSWORD: 'hunter2' } }, /POSTGRES_PASSWORD is a secret/],
  ['an open port', { ports: ['5432:5432'] }, /open to everyone/],
])('%s is a problem', (_, change, problem) => {
  const postgres = { ...compose.services.postgres!, ...change }
  expect(composeProblems({ ...compose, services: { postgres } }).join()).toMatch(problem)
})
