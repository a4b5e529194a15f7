/**
 * `npm run keys [-- FOLDER]`: makes the secrets of one installation, each in a file of its own; what is there stays. Containers get
 * single files mounted and run as another user, so the files are readable and the folder is its owner's alone.
 */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk/base'

const folder = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? 'deploy/secrets')
mkdirSync(folder, { recursive: true, mode: 0o700 })
chmodSync(folder, 0o700)

const secretOf = (name) => readFileSync(join(folder, name), 'utf8').trim()
/** In the order in which one needs another. */
const SECRETS = {
  // Pays for the contracts; on the local network only.
  deployer_key: () => Keypair.random().secret(),
  oracle_key: () => Keypair.random().secret(),
  // Not secret: what friendbot, or you, must send XLM to.
  oracle_address: () => Keypair.fromSecret(secretOf('oracle_key')).publicKey(),
  // Signs the sessions of the IPFS node.
  session_key: () => randomBytes(32).toString('hex'),
  postgres_password: () => randomBytes(24).toString('hex'),
  database_url: () => `postgres://stellartrain:${secretOf('postgres_password')}@postgres:5432/stellartrain`,
  grafana_password: () => randomBytes(12).toString('hex'),
}

for (const [name, make] of Object.entries(SECRETS)) {
  const path = join(folder, name)
  if (existsSync(path) && secretOf(name) !== '') continue
  const file = openSync(`${path}.new`, 'w', 0o444)
  writeSync(file, `${make()}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
  console.log(`made ${path}`)
}
console.log(`The oracle's address is ${secretOf('oracle_address')}.`)
