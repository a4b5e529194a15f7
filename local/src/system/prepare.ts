/** Makes a fresh local network usable: accounts with test money, a test asset, the contracts. Every step is harmless when repeated. */
import { Asset, Keypair, Operation } from '@stellar/stellar-sdk'
import {
  type Chain,
  connect,
  deployAssetContract,
  deployContract,
  fundWithFriendbot,
  instanceKey,
  LOCAL_PASSPHRASE,
  readEntry,
  sendOperations,
} from '@stellartrain/contracts-client'
import { badgePictureCid, deployRecords } from '@stellartrain/contracts-client/records'
import { deployRecount } from '@stellartrain/contracts-client/recount'
import { readContractWasm, readRecordsWasm, readRecountWasm } from '@stellartrain/contracts-client/wasm'
import type { SystemConfig } from '@stellartrain/sdk'
import type { Home } from './home.ts'
import type { Urls } from './services.ts'

/** Seconds; on this machine no one waits ten minutes for a missing vote, or an hour for a judge. */
const MIN_PATIENCE = 10
const MIN_WINDOW = 10

const ASSET_CODE = 'USDC'
const ASSET_EACH = '10000'

export function localChain(urls: Urls, contract: string): Chain {
  return connect({
    name: 'local',
    passphrase: LOCAL_PASSPHRASE,
    rpcUrl: urls.rpc,
    contract,
    friendbotUrl: urls.friendbot,
    explorerUrl: null,
  })
}

/** Contracts beside the main one. */
type Beside = { records: string; recount: string }

/** @returns what the pages and the command line need to know, with the secrets of the demo accounts. */
export async function prepareNetwork(home: Home, urls: Urls): Promise<SystemConfig> {
  const deployer = Keypair.fromSecret(home.secrets.deployer)
  const issuer = Keypair.fromSecret(home.secrets.issuer)
  const asset = new Asset(ASSET_CODE, issuer.publicKey())
  const assetContract = asset.contractId(LOCAL_PASSPHRASE)
  const config = (contract: string, { records, recount }: Beside): SystemConfig => ({
    network: 'local',
    passphrase: LOCAL_PASSPHRASE,
    rpcUrl: urls.rpc,
    apiUrl: urls.api,
    ipfsUrl: urls.ipfs,
    oracleUrls: [urls.oracle],
    contract,
    records,
    recount,
    friendbotUrl: urls.friendbot,
    explorerUrl: null,
    assets: [
      { code: 'XLM', issuer: null, contract: Asset.native().contractId(LOCAL_PASSPHRASE), decimals: 7 },
      { code: ASSET_CODE, issuer: issuer.publicKey(), contract: assetContract, decimals: 7 },
    ],
    demoAccounts: home.secrets.accounts,
  })
  const known = home.memory.contract
  const chain = localChain(urls, '')
  if (known && (await readEntry(chain, instanceKey(known)))) return config(known, await besides(known))

  const people = home.secrets.accounts.map((account) => Keypair.fromSecret(account.secret))
  const oracle = Keypair.fromSecret(home.secrets.oracle)
  const everybody = [deployer, issuer, oracle, ...people]
  await Promise.all(everybody.map((account) => fundWithFriendbot(chain, account.publicKey())))

  // An account sends one transaction a ledger, so each chain of steps has an account of its own.
  const [deployment] = await Promise.all([
    deployContract(chain, {
      wasm: await readContractWasm(),
      minPatience: MIN_PATIENCE,
      minWindow: MIN_WINDOW,
      signer: deployer,
    }),
    deployAssetContract(chain, Asset.native(), oracle),
    deployAssetContract(chain, asset, issuer),
    // The oracle too, for its fees in a challenge of this asset.
    Promise.all([oracle, ...people].map((who) => sendOperations(chain, [Operation.changeTrust({ asset })], who))),
  ])
  const gift = (person: Keypair) => Operation.payment({ destination: person.publicKey(), asset, amount: ASSET_EACH })
  const [beside] = await Promise.all([besides(deployment.contract), sendOperations(chain, people.map(gift), issuer)])
  home.remember({ contract: deployment.contract })
  return config(deployment.contract, beside)

  /** The contracts beside this main one; a home that an earlier version made gets them now. */
  async function besides(stellartrain: string): Promise<Beside> {
    // One after the other, for both are the deployer's.
    const records = await recordsBeside(stellartrain)
    return { records, recount: await recountBeside(stellartrain) }
  }

  /** The judge that grades, which rules on this main contract. */
  async function recountBeside(stellartrain: string): Promise<string> {
    const wasm = await readRecountWasm()
    return (await deployRecount(chain, { wasm, stellartrain, signer: deployer })).contract
  }

  /** Records and badges, read from this main contract. */
  async function recordsBeside(stellartrain: string): Promise<string> {
    const known = home.memory.records
    const there = known?.stellartrain === stellartrain && (await readEntry(chain, instanceKey(known.contract)))
    if (known && there) return known.contract
    const { contract } = await deployRecords(chain, {
      wasm: await readRecordsWasm(),
      stellartrain,
      image: badgePictureCid(),
      signer: deployer,
    })
    home.remember({ records: { stellartrain, contract } })
    return contract
  }
}
