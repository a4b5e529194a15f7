/**
 * The public images that ours are built on, or what stands in for them where no registry of images can be reached: Debian from its
 * packages (mmdebstrap), its Postgres, and the Node that npm installed here.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Engine, lastLines, runCommand } from '../engine.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))

export type Bases = {
  node: string
  postgres: string
  /** False where stand-ins were made. */
  public: boolean
}

const PACKAGES = {
  'debian-node': 'ca-certificates,libstdc++6',
  'debian-postgres': 'ca-certificates,postgresql,postgresql-client',
} as const

type Base = keyof typeof PACKAGES

/** @param wanted the public images, as the image file and the compose file name them */
export async function findBases(
  engine: Engine,
  wanted: { node: string; postgres: string },
  cache: string,
  say: (line: string) => void,
): Promise<Bases> {
  const pulled = async (image: string) => (await engine.try(['pull', '-q', image], { timeoutMs: 300_000 })).code === 0
  if (!process.env.STAND_INS && (await pulled(wanted.node)) && (await pulled(wanted.postgres)))
    return { ...wanted, public: true }
  say('The public images cannot be pulled; Debian packages and this Node stand in for them.')
  const node = await standIn(engine, cache, 'node', 'debian-node', say, (context) => {
    copyFileSync(realpathSync(process.execPath), join(context, 'node'))
    const npm = process.env.npm_execpath
    if (!npm) throw new Error('Run it by npm (npm run check:containers): the image gets the npm that runs it.')
    cpSync(dirname(dirname(realpathSync(npm))), join(context, 'npm'), { recursive: true })
  })
  const postgres = await standIn(engine, cache, 'postgres', 'debian-postgres', say, (context) =>
    copyFileSync(join(HERE, 'postgres.sh'), join(context, 'postgres.sh')),
  )
  return { node, postgres, public: false }
}

async function standIn(
  engine: Engine,
  cache: string,
  name: string,
  base: Base,
  say: (line: string) => void,
  fill: (context: string) => void,
): Promise<string> {
  const image = `localhost/stellartrain-stand-in/${name}`
  const from = `localhost/stellartrain-stand-in/${base}`
  if ((await engine.try(['image', 'inspect', from])).code !== 0)
    await engine.run(['import', await debian(base, cache, say), from])
  const context = mkdtempSync(join(tmpdir(), 'stellartrain-stand-in-'))
  try {
    fill(context)
    const file = join(HERE, `${name}.Dockerfile`)
    await engine.run(['build', '--quiet', '--network', 'none', '--file', file, '--tag', image, context])
  } finally {
    rmSync(context, { recursive: true })
  }
  return image
}

/** A Debian root file system as an archive, made once and kept. */
async function debian(base: Base, cache: string, say: (line: string) => void): Promise<string> {
  const path = join(cache, `${base}-bookworm.tar`)
  if (existsSync(path)) return path
  say(`making ${path} (minutes, once)`)
  mkdirSync(cache, { recursive: true })
  const nothing = ['doc', 'man', 'locale'].map((one) => `--dpkgopt=path-exclude=/usr/share/${one}/*`)
  const options = ['--variant=minbase', `--include=${PACKAGES[base]}`, ...nothing, 'bookworm', `${path}.new.tar`]
  const { code, err } = await runCommand('mmdebstrap', options, { timeoutMs: 1_800_000 })
  if (code !== 0) throw new Error(`mmdebstrap could not make ${base}: ${lastLines(err, 4)}`)
  renameSync(`${path}.new.tar`, path)
  return path
}
