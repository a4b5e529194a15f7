/** A package is found where its name says, and the published ones agree on what a release needs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { published, ROOT, readManifest, workspaces } from './workspaces.ts'

test.each(workspaces)('$folder is named after its folder', ({ folder, manifest }) => {
  expect(manifest.name).toBe(`@stellartrain/${folder.replaceAll('/', '-')}`)
})

test('a published package comes after all that it depends on', () => {
  const names = published.map(({ manifest }) => manifest.name)
  for (const [index, { manifest }] of published.entries()) {
    const ours = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@stellartrain/'))
    // One that is private could not be installed.
    for (const name of ours) expect(names.slice(0, index), `${manifest.name} needs ${name}`).toContain(name)
  }
})

test('a dependency has one version in all packages', () => {
  // openapi-typescript needs a TypeScript with an API for JavaScript.
  const excepted = new Set(['typescript'])
  const versions = new Map<string, Set<string>>()
  for (const { manifest } of workspaces)
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
      versions.set(name, (versions.get(name) ?? new Set()).add(version))
  expect(versions.size).toBeGreaterThan(30)
  const several = [...versions].filter(([name, found]) => found.size > 1 && !excepted.has(name))
  expect(several.map(([name, found]) => `${name}: ${[...found].join(', ')}`)).toEqual([])
})

describe.each(published)('$folder', ({ folder, manifest }) => {
  test('has the version of all, and asks for exactly that of the others', () => {
    const { version } = readManifest('.')
    expect(manifest.version).toBe(version)
    for (const [name, asked] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (name.startsWith('@stellartrain/')) expect(asked, name).toBe(version)
    }
  })

  test('builds itself before it is packed, after those that it imports', () => {
    const { scripts } = manifest as unknown as { scripts: Record<string, string> }
    expect(scripts.prepack).toBe(`node ${folder.replace(/[^/]+/g, '..')}/local/src/packages/build.ts ${folder}`)
    const settings = join(ROOT, folder, 'tsconfig.build.json')
    expect(existsSync(settings)).toBe(true)
    const { references = [] } = JSON.parse(readFileSync(settings, 'utf8')) as { references?: { path: string }[] }
    const referred = references.map(({ path }) =>
      path.replace(/^(\.\.\/)+/, '').replace(/\/tsconfig\.build\.json$/, ''),
    )
    const needed = published
      .filter((other) => manifest.dependencies?.[other.manifest.name])
      .map((other) => other.folder)
    expect(referred.toSorted()).toEqual(needed.toSorted())
  })

  test('says where it comes from, as provenance needs it', () => {
    const { repository } = readManifest('.')
    expect(manifest.repository).toEqual({ ...repository, directory: folder })
  })

  test('its README says how to get it, and links to nothing that the package leaves out', () => {
    const readme = readFileSync(join(ROOT, folder, 'README.md'), 'utf8')
    expect(readme).toMatch(/^(npm install( --global)?|.*npx) @stellartrain\//m)
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link)
    const { files = [] } = manifest as { files?: readonly string[] }
    expect(links.filter((link) => !files.includes(link.split('/')[0] ?? ''))).toEqual([])
  })
})
