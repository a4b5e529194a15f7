/** Where Node is too old, one sentence says so before anything starts; the limit is the newest that a package here needs. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT, readManifest, workspaces } from './packages/workspaces.ts'

/** The check, in a process that calls itself Node `version`. */
async function check(version: string): Promise<{ code: number; err: string }> {
  const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import('./local/check-node.js')`
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT }).then(
    ({ stderr }) => ({ code: 0, err: stderr }),
    ({ code, stderr }) => ({ code, err: stderr }),
  )
}

const minors = workspaces
  .map(({ manifest }) => /^>=22\.(\d+)$/.exec(manifest.engines?.node ?? '')?.[1])
  .filter((minor) => minor !== undefined)
  .map(Number)
const needed = Math.max(...minors)

test('what the packages need is enough, and what is older is refused in one sentence', async () => {
  expect(minors.length).toBeGreaterThan(5)
  for (const version of [`22.${needed}.0`, '24.0.0']) expect(await check(version)).toEqual({ code: 0, err: '' })
  for (const version of [`22.${needed - 1}.9`, '20.20.2']) {
    const { code, err } = await check(version)
    expect(code).toBe(1)
    expect(err).toContain(`Node 22.${needed} or newer`)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  }
})

test.each(['start', 'demo', 'test'])('npm run %s checks first', (name) => {
  const { scripts } = readManifest('.') as { scripts?: Record<string, string> }
  expect(scripts?.[`pre${name}`]).toBe('node local/check-node.js')
})
