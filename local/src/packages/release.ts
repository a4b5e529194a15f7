/**
 * One command for a release of all packages, which share one version.
 *
 *   npm run release -- minor        prepares: versions, changelog, lock file; then checks. Review it, commit, tag, push the tag.
 *   npm run release -- --dry-run    builds, packs and checks, and prints what would be published
 *   npm run release -- --publish    the same, and publishes; the workflow `release` does it for a tag
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.ts'
import type { Packed } from './consumer.ts'
import { run } from './run.ts'
import { ROOT, readManifest, workspaces } from './workspaces.ts'

const USAGE = 'Usage: npm run release -- (major | minor | patch | X.Y.Z | --dry-run | --publish)'
const PARTS = ['major', 'minor', 'patch'] as const

/** Semver's form without build metadata: npm drops that, and the tag would name another version. */
const IDENTIFIER = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const NUMBER = '(0|[1-9]\\d*)'
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${IDENTIFIER}(?:\\.${IDENTIFIER})*)?$`)

/** A release that cannot be prepared as asked. */
export class ReleaseError extends Error {
  readonly code: 'BAD_VERSION'

  constructor(code: 'BAD_VERSION', message: string) {
    super(message)
    this.name = 'ReleaseError'
    this.code = code
  }
}

/** The three numbers of a version, and whether it is a pre-release. @throws {ReleaseError} `BAD_VERSION` */
function parseVersion(text: string, whose: string): { numbers: number[]; preRelease: boolean } {
  const [, major, minor, patch, preRelease] = VERSION.exec(text) ?? []
  const numbers = [major, minor, patch].map(Number)
  if (!numbers.every(Number.isSafeInteger)) throw new ReleaseError('BAD_VERSION', `${whose} is not a version. ${USAGE}`)
  return { numbers, preRelease: preRelease !== undefined }
}

/**
 * The version that is wished for. As npm counts, a step from a pre-release that leads up to that step's version ends
 * there: a patch of 1.0.0-rc.1 is 1.0.0.
 * @throws {ReleaseError} `BAD_VERSION`
 */
export function nextVersion(current: string, wish: string): string {
  const { numbers, preRelease } = parseVersion(current, `${current} in package.json`)
  const part = PARTS.indexOf(wish as (typeof PARTS)[number])
  const isThere = preRelease && numbers.slice(part + 1).every((number) => number === 0)
  const step = (number: number, index: number) =>
    index < part ? number : index > part ? 0 : number + (isThere ? 0 : 1)
  const next = part < 0 ? wish : numbers.map(step).join('.')
  parseVersion(next, next)
  return next
}

/** npm's tag for a version: it refuses to publish a pre-release without one, and `latest` is what installs take unasked. */
export const tagOf = (version: string): 'latest' | 'next' =>
  parseVersion(version, version).preRelease ? 'next' : 'latest'

/** A manifest with the new version, and with it wherever it asks for one of ours; its layout stays. */
export function withVersion(manifest: string, version: string): string {
  return manifest
    .replace(/^( {2}"version": )"[^"]+"/m, `$1"${version}"`)
    .replace(/("@stellartrain\/[a-z-]+": )"\d[^"]*"/g, `$1"${version}"`)
}

/** What stands under Unreleased becomes the release's section. @throws Error where there is nothing */
export function withSection(changelog: string, version: string, date: string): string {
  const [, before = '', entries = ''] = /^([\s\S]*?\n## Unreleased\n)([\s\S]*?)(?=\n## |$)/.exec(changelog) ?? []
  if (entries.trim() === '') throw new Error('CHANGELOG.md has nothing under Unreleased: there is nothing to release.')
  return `${before}\n## ${version} - ${date}\n${entries}${changelog.slice(before.length + entries.length)}`
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()

function prepare(wish: string): string {
  if (git('status', '--porcelain') !== '')
    throw new Error('Commit or stash first: a release contains what was reviewed.')
  const version = nextVersion(readManifest('.').version, wish)
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(ROOT, path), change(readFileSync(join(ROOT, path), 'utf8')))
  edit('CHANGELOG.md', (text) => withSection(text, version, new Date().toISOString().slice(0, 10)))
  for (const folder of ['.', ...workspaces.map((workspace) => workspace.folder)])
    edit(join(folder, 'package.json'), (text) => withVersion(text, version))
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: ROOT, stdio: 'inherit' })
  return version
}

/** Where the registry already has a version, it is left: a release that broke off is completed by another run. */
async function isPublished({ manifest: { name, version } }: Packed): Promise<boolean> {
  const { code, out } = await run(['npm', 'view', `${name}@${version}`, 'version'], { cwd: ROOT })
  return code === 0 && out.trim() !== ''
}

function describe({ manifest: { name, version }, tarball }: Packed): string {
  const bytes = readFileSync(tarball)
  const kilobytes = `${Math.ceil(bytes.length / 1024)} KB`
  return (
    `${name}@${version}`.padEnd(44) +
    kilobytes.padStart(8) +
    `  sha512-${createHash('sha512').update(bytes).digest('base64')}`
  )
}

async function publish(folder: string, reallyDo: boolean): Promise<void> {
  const { version, repository } = readManifest('.')
  const { GITHUB_REF_TYPE, GITHUB_REF_NAME, GITHUB_REPOSITORY } = process.env
  if (GITHUB_REF_TYPE === 'tag' && GITHUB_REF_NAME !== `v${version}`)
    throw new Error(`The tag is ${GITHUB_REF_NAME}, and package.json says ${version}.`)
  if (reallyDo && !repository?.url.endsWith(`/${GITHUB_REPOSITORY}.git`))
    throw new Error(
      `Provenance needs the repository that package.json names (${repository?.url}); this is ${GITHUB_REPOSITORY ?? 'no workflow'}.`,
    )
  const { packed, problems } = await check(folder)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  console.log(reallyDo ? 'Publishing:' : 'To be published:')
  for (const one of packed) {
    console.log(describe(one))
    if (!reallyDo) continue
    if (await isPublished(one)) console.log('  is there already')
    // The very bytes that were checked; npm must not build anew.
    else
      execFileSync('npm', ['publish', one.tarball, '--access', 'public', '--provenance', '--tag', tagOf(version)], {
        cwd: folder,
        stdio: 'inherit',
      })
  }
}

async function main(wish: string | undefined): Promise<void> {
  if (wish === undefined || wish === '--help') return console.log(USAGE)
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-release-'))
  try {
    if (wish === '--dry-run' || wish === '--publish') return await publish(folder, wish === '--publish')
    const version = prepare(wish)
    console.log(`Prepared ${version}. Review the changes (git diff) and try \`npm run release -- --dry-run\`; then:`)
    console.log(`  git commit -am "Release ${version}" && git tag v${version} && git push origin main v${version}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  await main(process.argv[2]).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
