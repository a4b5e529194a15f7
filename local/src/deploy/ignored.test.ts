/** No secret of a checkout gets into a build, whatever folder it lies in, and everything that a build needs does. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PLANTED } from '../containers/images.ts'
import { admitted, rulesOf } from './ignored.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const rules = rulesOf(readFileSync(join(ROOT, '.dockerignore'), 'utf8'))
const tracked = execFileSync('git', ['-C', ROOT, 'ls-files'], { encoding: 'utf8' }).trim().split('\n')

test.each([...PLANTED, '.env.local', 'sdk/src/.env', 'id_ed25519', 'notes.txt', 'indexer/service/dump.pem'])(
  '%s stays outside',
  (path) => expect(admitted(rules, path)).toBe(false),
)

test('tests stay outside', () => {
  expect(tracked.filter((path) => /\.(test|fixture)\.tsx?$/.test(path) && admitted(rules, path))).toEqual([])
})

test('what git does not know is outside, but where sources are', () => {
  const folders = new Set(tracked.filter((path) => admitted(rules, path)).map((path) => path.split('/')[0]))
  expect([...folders].sort()).toEqual(
    [
      ...['.npmrc', 'package-lock.json', 'package.json', 'tsconfig.base.json'],
      ...['contracts', 'dapp', 'deploy', 'devnet', 'examples', 'indexer', 'ipfs', 'local', 'oracle', 'sdk', 'service'],
    ].sort(),
  )
})

test.each([
  ...['package-lock.json', '.npmrc', 'deploy/images/start.js', 'contracts/stellartrain/stellartrain.wasm'],
  ...['devnet/host.wasm', 'indexer/service/openapi.json', 'oracle/service/src/grading/worker.ts', 'dapp/index.html'],
])('%s gets in', (path) => expect(admitted(rules, path)).toBe(true))

test('the rules are read as a builder reads them', () => {
  const own = rulesOf('*\n!a\n!b/c.txt\n**/.*\na/**/deep\n# a remark\n')
  const asked = ['x', 'a/x', 'b/x', 'b/c.txt', 'a/.env', 'a/b/deep/x', 'a/deeper']
  expect(asked.map((path) => admitted(own, path))).toEqual([false, true, false, true, false, false, true])
})
