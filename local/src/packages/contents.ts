/** What a tarball holds and what its manifest says, without installing it. */
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import type { Manifest } from './workspaces.ts'

/** Nothing that only this repository can use. */
const UNWANTED = [
  /\.rs$/,
  /(^|\/)Cargo\./,
  /\.test\./,
  /\.fixture\./,
  /harness/,
  /(^|\/)(test|tests|testing|journeys|fixtures|bench|vectors|parity|host|target|node_modules)\//,
  /\.tsbuildinfo$/,
  /(?<!\.d)\.ts$/,
  /tsconfig/,
]
const REQUIRED = ['package.json', 'README.md', 'LICENSE']

/** `files`: paths inside the package; `folder`: where it was unpacked. */
export function checkContents(manifest: Manifest, files: readonly string[], folder: string): string[] {
  const problems: string[] = []
  for (const file of files) {
    if (UNWANTED.some((pattern) => pattern.test(file))) problems.push(`${file} does not belong into the package`)
  }
  for (const file of REQUIRED) if (!files.includes(file)) problems.push(`${file} is missing`)
  for (const path of targets(manifest))
    if (!files.includes(path)) problems.push(`package.json leads to ${path}, which is missing`)
  for (const file of files.filter((file) => /^(dist|bin)\/.*(\.js|\.d\.ts)$/.test(file))) {
    for (const name of importedPackages(readFileSync(join(folder, file), 'utf8'))) {
      if (name !== manifest.name && !manifest.dependencies?.[name] && !manifest.optionalDependencies?.[name])
        problems.push(`${file} imports ${name}, which is not among the dependencies`)
    }
  }
  return [...problems, ...checkManifest(manifest)]
}

function checkManifest(manifest: Manifest): string[] {
  const problems: string[] = []
  const need = (right: boolean, what: string) => right || problems.push(`package.json: ${what}`)
  need((manifest.description ?? '').length > 20, 'a description')
  need(manifest.license === 'MIT', 'the license')
  need(/^>=22\.(12|19)$/.test(manifest.engines?.node ?? ''), 'engines.node >=22.12, or 22.19 for what Helia needs')
  need(
    manifest.repository?.type === 'git' && Boolean(manifest.repository.directory),
    'the repository with its directory',
  )
  need(manifest.publishConfig?.access === 'public' && manifest.publishConfig.provenance === true, 'publishConfig')
  for (const [name, version] of Object.entries(manifest.dependencies ?? {}))
    need(/^\d/.test(version), `${name} without an exact version`)
  return problems
}

/** Files that the exports map (outside the repository's own condition) and `bin` lead to. */
function targets({ exports = {}, bin = {} }: Manifest): string[] {
  const paths = Object.values(exports).flatMap((target) =>
    typeof target === 'string'
      ? [target]
      : Object.entries(target).flatMap(([condition, path]) => (condition === 'stellartrain-source' ? [] : [path])),
  )
  return [...paths, ...Object.values(bin)].map((path) => path.replace(/^\.\//, ''))
}

/** The compiler writes each import in one line, or closes it with `} from "…"`; anything else that speaks of modules is a comment or a text. */
const IMPORTS =
  /^(?:import|export|\})[^'"\n]*\bfrom ['"]([^'"\n]+)['"]|^import ['"]([^'"\n]+)['"]|\bimport\(['"]([^'"\n]+)['"]\)/gm

function importedPackages(code: string): Set<string> {
  const names = new Set<string>()
  for (const [, from, effect, dynamic] of code.matchAll(IMPORTS)) {
    const specifier = from ?? effect ?? dynamic ?? ''
    if (/^[.#]/.test(specifier) || isBuiltin(specifier)) continue
    names.add(
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  }
  return names
}
