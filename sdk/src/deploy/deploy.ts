/** Deploys the committed contracts to a network and writes down where they are. */
import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Asset } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  connect,
  type Deployment,
  deployAssetContract,
  deployContract,
  fundWithFriendbot,
  hostOf,
  keypairSigner,
  type Network,
  readAccount,
} from '@stellartrain/contracts-client'
import { badgePictureCid, deployRecords, type RecordsDeployment } from '@stellartrain/contracts-client/records'
import { type CodeDeployment, deployRecount } from '@stellartrain/contracts-client/recount'
import { readContractWasm, readRecordsWasm, readRecountWasm } from '@stellartrain/contracts-client/wasm'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { UserError } from '../system/problems.ts'

export type Deployed = Deployment & {
  network: string
  passphrase: string
  /** The contract of solvers' records and badges beside it. */
  records: RecordsDeployment
  /** The judge that grades, for challenges that name it. */
  recount: CodeDeployment
}

/** @throws UserError `bad_config` when the RPC is another network's; ChainFailure */
export async function deployTo(
  network: Omit<Network, 'contract'>,
  options: { secret: string; minPatience: number; minWindow: number; fund?: readonly string[]; signal?: AbortSignal },
): Promise<Deployed> {
  const { secret, minPatience, minWindow, fund = [], signal } = options
  const chain: Chain = connect({ ...network, contract: '' })
  const { passphrase } = await chain.rpc.request<{ passphrase: string }>('getNetwork', undefined, { signal })
  if (passphrase !== network.passphrase) {
    throw new UserError(
      'bad_config',
      `The RPC at ${hostOf(network.rpcUrl)} belongs to the network "${passphrase}", not to ${network.name}.`,
    )
  }
  const signer = keypairSigner(secret)
  if (network.friendbotUrl && !(await readAccount(chain, signer.address, { signal }))) {
    await fundWithFriendbot(chain, signer.address, { signal })
  }
  for (const address of fund) await fundWithFriendbot(chain, address, { signal })
  // A network that was just made has no contract of its own coin yet, and prizes are paid by it.
  await deployAssetContract(chain, Asset.native(), signer, { signal })
  const deployment = await deployContract(chain, {
    wasm: await readContractWasm(),
    minPatience,
    minWindow,
    signer,
    signal,
  })
  const records = await deployRecords(chain, {
    wasm: await readRecordsWasm(),
    stellartrain: deployment.contract,
    image: badgePictureCid(),
    signer,
    signal,
  })
  const recount = await deployRecount(chain, {
    wasm: await readRecountWasm(),
    stellartrain: deployment.contract,
    signer,
    signal,
  })
  return { network: network.name, passphrase, ...deployment, records, recount }
}

/** The contracts are there, and the file that should say where is not. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten'
  readonly code = 'not_written'
}

/** Replaces the record as a whole. @throws NotWritten */
export async function writeRecord(path: string, deployed: Deployed): Promise<void> {
  const { network, passphrase, contract, wasmHash, minPatience, minWindow, deployer } = deployed
  const beside = ({ contract, wasmHash }: CodeDeployment) => ({ contract, wasmHash })
  const [records, recount] = [beside(deployed.records), beside(deployed.recount)]
  const record = { network, passphrase, contract, wasmHash, minPatience, minWindow, deployer, records, recount }
  try {
    makeFolder(dirname(path))
    const temporary = `${path}.${randomUUID()}.tmp`
    await writeFile(temporary, `${JSON.stringify(record, null, 2)}\n`)
    await rename(temporary, path)
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause)
    const message = `The contracts are on the network, but ${path} could not be written (${why}). Write the ids down yourself, or run this again with --out FILE: nothing is sent twice.`
    throw new NotWritten(message, { cause })
  }
}
