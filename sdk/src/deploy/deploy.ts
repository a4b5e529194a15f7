/** Deploys the committed contracts to a network and writes down where they are. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type Chain,
  connect,
  type Deployment,
  deployContract,
  fundWithFriendbot,
  hostOf,
  keypairSigner,
  type Network,
  readAccount,
} from '@stellartrain/contracts-client'
import { badgePictureCid, deployRecords, type RecordsDeployment } from '@stellartrain/contracts-client/records'
import { readContractWasm, readRecordsWasm } from '@stellartrain/contracts-client/wasm'
import { UserError } from '../problems.ts'

export type Deployed = Deployment & {
  network: string
  passphrase: string
  /** The contract of solvers' records and badges beside it. */
  records: RecordsDeployment
}

/** @throws UserError `bad_config` when the RPC is another network's; ChainFailure */
export async function deployTo(
  network: Omit<Network, 'contract'>,
  options: { secret: string; minPatience: number; minWindow: number; signal?: AbortSignal },
): Promise<Deployed> {
  const { secret, minPatience, minWindow, signal } = options
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
  return { network: network.name, passphrase, ...deployment, records }
}

/** Replaces the record as a whole. */
export async function writeRecord(path: string, deployed: Deployed): Promise<void> {
  const { network, passphrase, contract, wasmHash, minPatience, minWindow, deployer } = deployed
  const records = { contract: deployed.records.contract, wasmHash: deployed.records.wasmHash }
  const record = { network, passphrase, contract, wasmHash, minPatience, minWindow, deployer, records }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.tmp`, `${JSON.stringify(record, null, 2)}\n`)
  await rename(`${path}.tmp`, path)
}
