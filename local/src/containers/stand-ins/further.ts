/** Images that run beside ours, as the compose files name them, or what stands in for them: programs out of Debian's packages, Kubo out of its Go module. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../engine.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** The programs of each, and the packages that have them. */
const PROGRAMS = {
  CADDY_IMAGE: { name: 'caddy', packages: ['caddy', 'busybox-static'], files: ['usr/bin/caddy', 'bin/busybox'] },
  PROMETHEUS_IMAGE: {
    name: 'prometheus',
    packages: ['prometheus'],
    files: ['usr/bin/prometheus', 'usr/bin/promtool'],
  },
} as const

export type Further = Partial<Record<keyof typeof PROGRAMS | 'KUBO_IMAGE' | 'GRAFANA_IMAGE', string>>

/**
 * @param wanted the public images by their variables, and whether such can be pulled
 * @returns the images that are there; of which none is, that is told
 */
export async function further(
  engine: Engine,
  wanted: { images: Required<Further>; pulled: boolean },
  say: (line: string) => void,
): Promise<Further> {
  if (wanted.pulled) return wanted.images
  const images: Further = {}
  for (const [variable, { name, packages, files }] of Object.entries(PROGRAMS)) {
    const folder = mkdtempSync(join(tmpdir(), 'stellartrain-stand-in-'))
    try {
      // Packages are fetched by another user.
      spawnSync('chmod', ['777', folder])
      const fetched = spawnSync('apt-get', ['download', ...packages], { cwd: folder, encoding: 'utf8' })
      if (fetched.status !== 0) throw new Error(fetched.stderr?.trim() || 'there is no apt-get')
      for (const one of globSync('*.deb', { cwd: folder })) spawnSync('dpkg', ['-x', one, 'root'], { cwd: folder })
      mkdirSync(join(folder, 'bin'))
      for (const file of files) copyFileSync(join(folder, 'root', file), join(folder, 'bin', file.split('/').at(-1)!))
      images[variable as keyof Further] = await build(engine, name, folder)
    } catch (error) {
      say(`${name} is not run: ${error instanceof Error ? error.message : error}`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const [kubo] = [process.env.KUBO_BIN ?? '', ...globSync(join(cache, 'stellartrain/kubo/*/ipfs'))].filter(existsSync)
  if (kubo) {
    const folder = mkdtempSync(join(tmpdir(), 'stellartrain-stand-in-'))
    mkdirSync(join(folder, 'bin'))
    copyFileSync(kubo, join(folder, 'bin/ipfs'))
    images.KUBO_IMAGE = await build(engine, 'kubo', folder)
    rmSync(folder, { recursive: true })
  } else say('Kubo is not run: set KUBO_BIN, or build one by local/check/kubo.sh.')
  say('Grafana is not run: no package has it.')
  return images
}

async function build(engine: Engine, name: string, folder: string): Promise<string> {
  const image = `localhost/stellartrain-stand-in/${name}`
  await engine.run([
    'build',
    '--quiet',
    '--network',
    'none',
    '--file',
    join(HERE, `${name}.Dockerfile`),
    '--tag',
    image,
    folder,
  ])
  return image
}
