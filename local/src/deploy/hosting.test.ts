/** The files for hosting platforms name packages, mains and paths that exist, and a static host gets its config.json. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseConfig } from '@stellartrain/sdk'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDER = join(ROOT, 'deploy/hosting')
const { workspaces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { workspaces: string[] }
const packages = workspaces.map((folder) => `@stellartrain/${folder.replaceAll('/', '-')}`)

test.each(readdirSync(FOLDER))('%s names what exists', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8')
  const named = [...text.matchAll(/@stellartrain\/[a-z-]+/g)].map(([name]) => name)
  expect(named.length).toBeGreaterThan(0)
  expect(packages).toEqual(expect.arrayContaining(named))
  for (const [path] of text.matchAll(/\b[a-z]+\/[\w/-]+\.(?:ts|js)\b/g))
    expect(existsSync(join(ROOT, path)), path).toBe(true)
  if (file.endsWith('.json')) JSON.parse(text)
  if (file.endsWith('.yaml')) parse(text)
  for (const [, path = ''] of text.matchAll(/^dockerfile = "(.+)"$/gm))
    expect(existsSync(join(FOLDER, path))).toBe(true)
})

const run = promisify(execFile)
const writer = join(ROOT, 'deploy/images/config.js')

test('the configuration of the pages is made from the variables of the example', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const lines = readFileSync(join(ROOT, 'deploy/kubernetes/example/network.env'), 'utf8').trim().split('\n')
  const env = Object.fromEntries(lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]))
  const file = join(folder, 'config.json')
  await expect(run(process.execPath, [writer], { env: { ...env, CONFIG_FILE: file } })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('set CONTRACT_ADDRESS'),
  })
  await run(process.execPath, [writer], { env: { ...env, CONTRACT_ADDRESS: 'C', CONFIG_FILE: file } })
  expect(parseConfig(JSON.parse(readFileSync(file, 'utf8')))).toMatchObject({
    network: 'testnet',
    contract: 'C',
    records: null,
    recount: null,
  })
})
