/** The compose file is read by its specification, and each service is started with what it says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { interpolate, readCompose, startOrder } from './compose.ts'
import { argumentsOf } from './project.ts'

test.each([
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the specification's own syntax
  ['${SET}', 'x'],
  ['${UNSET}', ''],
  ['a-${UNSET:-b:c-d}', 'a-b:c-d'],
  ['${EMPTY:-d}', 'd'],
  ['${EMPTY-d}', ''],
  ['$$HOME ${SET:?needed}', '$HOME x'],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
])('%s is %j', (text, expected) => expect(interpolate(text, { SET: 'x', EMPTY: '' })).toBe(expected))

test('a variable that must be set is named', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the specification's own syntax
  expect(() => interpolate('${UNSET:?make one}', {})).toThrow('UNSET is not set: make one')
})

function files(...texts: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-compose-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return texts.map((text, index) => {
    writeFileSync(join(folder, `${index}.yml`), text)
    return join(folder, `${index}.yml`)
  })
}

const BASE = `
name: p
x-all: &all {read_only: true, cap_drop: [ALL], security_opt: ["seccomp=./calls.json"], restart: unless-stopped}
services:
  b: {<<: *all, image: two, command: [one], depends_on: {a: {condition: service_healthy}}, secrets: [key],
      volumes: ["kept:/data", "./here:/there:ro"], tmpfs: ["/tmp:size=1m"], mem_limit: 1g, environment: {X: "1"}}
  a: {<<: *all, image: one}
  c: {image: three, profiles: [more]}
secrets: {key: {file: ./keys/key}}
volumes: {kept: null}
`

test('services start after those that they depend on, profiles only when asked for', () => {
  const compose = readCompose(files(BASE), {})
  expect(startOrder(compose)).toEqual(['a', 'b'])
  expect(startOrder(compose, ['more'])).toEqual(['a', 'b', 'c'])
})

test('a later file changes what it names and keeps the rest', () => {
  const compose = readCompose(
    files(BASE, 'services: {b: {environment: {Y: "2"}, command: [two]}, d: {image: four}}'),
    {},
  )
  expect(compose.services.b).toMatchObject({ image: 'two', environment: { X: '1', Y: '2' }, command: ['two'] })
  expect(Object.keys(compose.services)).toContain('d')
})

test('an engine is told the limits, the mounts and the secrets', () => {
  const told = argumentsOf(readCompose(files(BASE), {}), 'b', { project: 'p', folder: '/f' }).join(' ')
  for (const part of [
    ...[
      '--read-only',
      '--cap-drop ALL',
      '--security-opt seccomp=/f/calls.json',
      '--restart unless-stopped',
      '--memory 1g',
      '--tmpfs /tmp:size=1m',
      '--env X=1',
    ],
    ...['--volume p_kept:/data', '--volume /f/here:/there:ro', '--volume /f/keys/key:/run/secrets/key:ro'],
  ])
    expect(told).toContain(part)
})
