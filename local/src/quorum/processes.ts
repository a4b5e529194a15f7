/** Further oracles beside a running system: the real service, each in a process of its own, with a key, a port and a folder of its own. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Asset, Keypair, Operation } from '@stellar/stellar-sdk'
import { fundWithFriendbot, sendOperations } from '@stellartrain/contracts-client'
import type { StellarTrain } from '@stellartrain/sdk'
import { waitForOracle } from '../system/oracle-ready.ts'
import { freePort } from '../system/ports.ts'
import { mainOf, type Service, type ServiceSpec, supervise } from '../system/supervise.ts'

const HOST = '127.0.0.1'
const HONEST = mainOf('@stellartrain/oracle-service')
const LYING = fileURLToPath(new URL('./lying-oracle.ts', import.meta.url))

export type OracleProcess = {
  address: string
  /** Of the process that runs now; it is another one after each death. */
  pid(): number | undefined
  /** Ends it as a power cut would, and nothing starts it again. */
  kill(): Promise<void>
  /** Starts it with the same key, folder and address. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Starts an oracle and returns when it has registered its key. `folder` keeps its log and its files; `trusts`: an issued asset to be paid in; `alter` changes what it is started with. */
export async function startOracleProcess(
  { config, chain }: StellarTrain,
  {
    folder,
    lies = false,
    trusts,
    alter = async (spec) => spec,
  }: { folder: string; lies?: boolean; trusts?: Asset; alter?: (spec: ServiceSpec) => Promise<ServiceSpec> },
): Promise<OracleProcess> {
  const key = Keypair.random()
  const port = await freePort(HOST)
  const url = `http://localhost:${port}`
  mkdirSync(folder, { recursive: true })
  await fundWithFriendbot(chain, key.publicKey())
  if (trusts) await sendOperations(chain, [Operation.changeTrust({ asset: trusts })], key)
  let running: Service | undefined
  const spec = await alter({
    name: lies ? 'lying oracle' : 'second oracle',
    main: lies ? LYING : HONEST,
    env: {
      RPC_URL: config.rpcUrl,
      NETWORK_PASSPHRASE: config.passphrase,
      CONTRACT_ADDRESS: config.contract,
      IPFS_URL: config.ipfsUrl,
      ...(config.apiUrl && { INDEXER_URL: config.apiUrl }),
      HOST,
      PORT: String(port),
      ORACLE_SECRET_KEY: key.secret(),
      ORACLE_PUBLIC_URL: url,
      ORACLE_HOME: join(folder, 'files'),
      WORKERS: '1',
    },
    logFile: join(folder, 'log'),
  })
  const start = async () => {
    running = await supervise(spec, () => {})
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = running
    running = undefined
    await ending?.stop(signal)
  }
  try {
    await start()
    await waitForOracle(url)
  } catch (error) {
    await end('SIGKILL')
    throw error
  }
  return {
    address: key.publicKey(),
    pid: () => running?.pid(),
    kill: () => end('SIGKILL'),
    start,
    stop: () => end('SIGTERM'),
  }
}
