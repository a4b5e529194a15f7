/** The home folder: where state lives, the secrets of the local accounts, and what was chosen on the first start. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Keypair, StrKey } from '@stellar/stellar-sdk'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
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

export type Memory = {
  version: 1
  ports: Partial<Ports>
  contract?: string
  /** The contract of records and badges, and the main contract that it reads. */
  records?: { stellartrain: string; contract: string }
  seeded?: boolean
}

const DEMO_ACCOUNTS = ['Demo maker', 'Ada (solver)', 'Grace (solver)', 'Demo solver']
const LEAST_FREE_BYTES = 300 * 1024 * 1024

/** Writes beside and renames, so that a process that dies in between, or a power cut, leaves the old file whole. */
export function writeJson(path: string, value: unknown, mode = 0o644): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode, flush: true })
  chmodSync(`${path}.new`, mode)
  renameSync(`${path}.new`, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function damaged(path: string, cause?: unknown): StartProblem {
  return new StartProblem(
    'home_unusable',
    `${path} is damaged. Put back what it held, or start with another STELLARTRAIN_HOME.`,
    { cause },
  )
}

/** What a file holds, or null where there is none. @throws StartProblem `home_unusable` when it is not what was written. */
function readJson<T>(path: string, sound: (value: T) => boolean): T | null {
  if (!existsSync(path)) return null
  const text = readFileSync(path, 'utf8')
  try {
    const value = JSON.parse(text) as T
    if (sound(value)) return value
  } catch (cause) {
    throw damaged(path, cause)
  }
  throw damaged(path)
}

/** Keys are checked where they are read, since a wrong one would fail much later and say less. */
function soundSecrets({ deployer, issuer, oracle, session, accounts }: Secrets): boolean {
  const keys = [deployer, issuer, oracle, ...accounts.map((account) => account.secret)]
  return keys.every((key) => StrKey.isValidEd25519SecretSeed(key)) && /^[0-9a-f]{64}$/.test(session)
}

function soundMemory({ version, ports }: Memory): boolean {
  return version === 1 && typeof ports === 'object' && ports !== null
}

/** @throws StartProblem `home_unusable` */
function takeHome(path: string): void {
  try {
    makeFolder(path)
  } catch (cause) {
    throw new StartProblem('home_unusable', `${(cause as Error).message} Set STELLARTRAIN_HOME to another place.`, {
      cause,
    })
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
  takeHome(path)
  const disk = statfsSync(path)
  if (disk.bavail * disk.bsize < LEAST_FREE_BYTES)
    throw new StartProblem(
      'disk_full',
      `The disk that holds ${path} has less than 300 MB free. Free some space and start again.`,
    )
  const secretsPath = join(path, 'secrets.json')
  const memoryPath = join(path, 'state.json')
  let memory: Memory = readJson<Memory>(memoryPath, soundMemory) ?? { version: 1, ports: {} }
  let secrets = readJson<Secrets>(secretsPath, soundSecrets)
  if (!secrets && memory.contract)
    throw new StartProblem(
      'home_unusable',
      `${secretsPath} is missing, and without it nothing can be signed for the accounts in ${path}. Put it back, or start with another STELLARTRAIN_HOME.`,
    )
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
      makeFolder(folder)
      return folder
    },
  }
}
