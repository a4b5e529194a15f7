/** The home folder: where state lives, the secrets of the local accounts, and what was chosen on the first start. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import type { Ports } from './options.ts'
import { StartProblem } from './problem.ts'

/** Kept with mode 0600; secrets of accounts that exist on this machine's network only. */
export type Secrets = {
  deployer: string
  /** Issues the test asset. */
  issuer: string
  oracle: string
  /** Signs the sessions of uploads; 32 bytes in hexadecimal. */
  session: string
  accounts: { name: string; secret: string }[]
}

export type Memory = { version: 1; ports: Partial<Ports>; contract?: string; seeded?: boolean }

const DEMO_ACCOUNTS = ['Demo maker', 'Ada (solver)', 'Grace (solver)', 'Demo solver']
const LEAST_FREE_BYTES = 300 * 1024 * 1024

/** Writes beside and renames, so that a process that dies in between leaves the old file whole. */
export function writeJson(path: string, value: unknown, mode = 0o644): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode })
  chmodSync(`${path}.new`, mode)
  renameSync(`${path}.new`, path)
}

function readJson<T>(path: string): T | null {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch (cause) {
    throw new StartProblem(
      'home_unusable',
      `${path} is damaged. Move it away, or start with another STELLARTRAIN_HOME.`,
      {
        cause,
      },
    )
  }
}

export type Home = {
  path: string
  secrets: Secrets
  memory: Memory
  remember(change: Partial<Memory>): void
  /** Public facts for the command line and the pages; see `SystemConfig` of the sdk. */
  writeConfig(config: unknown): void
  folder(name: string): string
}

export function openHome(path: string): Home {
  mkdirSync(path, { recursive: true })
  const disk = statfsSync(path)
  if (disk.bavail * disk.bsize < LEAST_FREE_BYTES)
    throw new StartProblem(
      'disk_full',
      `The disk that holds ${path} has less than 300 MB free. Free some space and start again.`,
    )
  const secretsPath = join(path, 'secrets.json')
  let secrets = readJson<Secrets>(secretsPath)
  if (!secrets) {
    secrets = {
      deployer: Keypair.random().secret(),
      issuer: Keypair.random().secret(),
      oracle: Keypair.random().secret(),
      session: randomBytes(32).toString('hex'),
      accounts: DEMO_ACCOUNTS.map((name) => ({ name, secret: Keypair.random().secret() })),
    }
    writeJson(secretsPath, secrets, 0o600)
  }
  const memoryPath = join(path, 'state.json')
  let memory: Memory = readJson<Memory>(memoryPath) ?? { version: 1, ports: {} }
  return {
    path,
    secrets,
    get memory() {
      return memory
    },
    remember(change) {
      memory = { ...memory, ...change }
      writeJson(memoryPath, memory)
    },
    writeConfig(config) {
      writeJson(join(path, 'config.json'), config, 0o600)
    },
    folder(name) {
      const folder = join(path, name)
      mkdirSync(folder, { recursive: true })
      return folder
    },
  }
}
