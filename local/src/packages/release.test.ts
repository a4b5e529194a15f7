/** The edits of a release, on this repository's own files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nextVersion, tagOf, withSection, withVersion } from './release.ts'
import { ROOT, workspaces } from './workspaces.ts'

test.each([
  ['0.1.9', 'patch', '0.1.10'],
  ['0.1.9', 'minor', '0.2.0'],
  ['0.1.9', 'major', '1.0.0'],
  ['0.1.9', '0.3.0-rc.1', '0.3.0-rc.1'],
  ['1.0.0-rc.1', 'patch', '1.0.0'],
  ['1.0.0-rc.1', 'minor', '1.0.0'],
  ['1.0.0-rc.1', 'major', '1.0.0'],
  ['1.2.3-rc.1', 'patch', '1.2.3'],
  ['1.2.3-rc.1', 'minor', '1.3.0'],
  ['1.2.0-rc.1', 'major', '2.0.0'],
  ['1.0.0-rc.1', '1.0.0-rc.2', '1.0.0-rc.2'],
])('%s and %s give %s', (current, wish, next) => {
  expect(nextVersion(current, wish)).toBe(next)
})

const badVersion = (sentence: string) =>
  expect.objectContaining({ code: 'BAD_VERSION', message: expect.stringContaining(sentence) })

test.each([
  '',
  'v1.0.0',
  '1.0',
  '01.0.0',
  'latest',
  '1.0.NaN.0',
  '1.0.0-',
  '1.0.0-rc..1',
  '1.0.0-01',
  '1.0.0+build',
  '1.0.0\n',
  '1.0.99999999999999999999',
])('"%s" is not a version', (wish) => {
  expect(() => nextVersion('0.1.0', wish)).toThrow(badVersion('is not a version'))
})

test.each(['', '1.0.NaN.0', '1.0', 'v1.0.0'])('no version follows "%s"', (current) => {
  for (const wish of ['patch', 'minor', 'major', '1.0.0']) {
    expect(() => nextVersion(current, wish)).toThrow(badVersion(`${current} in package.json`))
  }
})

test('only a release is what installs take unasked', () => {
  expect(['1.0.0', '1.0.0-rc.1', '1.0.0-0'].map(tagOf)).toEqual(['latest', 'next', 'next'])
})

test('a number beyond what semver counts is refused', () => {
  expect(() => nextVersion(`1.0.${Number.MAX_SAFE_INTEGER}`, 'patch')).toThrow(badVersion('is not a version'))
})

test.each(workspaces)(
  '$folder gets the version, and asks for it, with nothing else changed',
  ({ folder, manifest }) => {
    const text = readFileSync(join(ROOT, folder, 'package.json'), 'utf8')
    const changed = JSON.parse(withVersion(text, '7.8.9')) as typeof manifest
    expect(changed.version).toBe('7.8.9')
    for (const [name, asked] of Object.entries({ ...changed.dependencies, ...changed.devDependencies })) {
      const before = { ...manifest.dependencies, ...manifest.devDependencies }[name]
      expect(asked).toBe(name.startsWith('@stellartrain/') ? '7.8.9' : before)
    }
    expect(withVersion(withVersion(text, '7.8.9'), manifest.version)).toBe(text)
  },
)

test('the section Unreleased becomes the release and an empty one stays', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 - 2026-11-01\n\n- Old.\n'
  const released = withSection(changelog, '0.2.0', '2026-11-29')
  expect(released).toBe(
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-29\n\n- New.\n\n## 0.1.0 - 2026-11-01\n\n- Old.\n',
  )
  expect(() => withSection(released, '0.3.0', '2026-11-30')).toThrow('nothing to release')
  const own = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
  expect(withSection(own, '0.2.0', '2026-11-29').length).toBe(own.length + '\n## 0.2.0 - 2026-11-29\n'.length)
})
