/** Puts the contracts on a network: uploads their code and creates them, each only if it is not there yet. */
import { Address, type Asset, hash, nativeToScVal, Operation, StrKey, xdr } from '@stellar/stellar-sdk/base'
import { cidToString, type OnChainCid } from '../encoding/cid.ts'
import { toHex } from '../encoding/hex.ts'
import type { Chain } from '../rpc/chain.ts'
import { codeKey, instanceKey } from '../rpc/keys.ts'
import { readEntry } from '../rpc/ledger.ts'
import { type InvokeOptions, invoke } from '../transaction/invoke.ts'
import { asSigner, type SignerLike } from '../transaction/signer.ts'

export type Deployment = {
  contract: string
  /** Hex, of the code that runs. */
  wasmHash: string
  /** Seconds, as minPatience and minWindow of DeployOptions. */
  minPatience: number
  minWindow: number
  deployer: string
  /** Null where it was on the network already. */
  uploadTx: string | null
  createTx: string | null
  /** Ledger of the creation; null where it was there already. */
  ledger: number | null
}

export type DeployOptions = {
  wasm: Uint8Array
  /** Seconds; the shortest patience that a challenge of this contract may have. */
  minPatience: number
  /** Seconds; the shortest time for grading, and for judging. */
  minWindow: number
  signer: SignerLike
} & InvokeOptions

/**
 * The contract's id follows from network, deployer, code and both minimums, so the same deployment twice is one.
 * @throws ChainFailure, ContractError
 */
export async function deployContract(chain: Chain, options: DeployOptions): Promise<Deployment> {
  const { wasm, minPatience, minWindow } = options
  const made = await create(chain, options, {
    wasm,
    name: `stellartrain ${toHex(hash(wasm))} ${minPatience} ${minWindow}`,
    args: [minPatience, minWindow].map((seconds) => nativeToScVal(BigInt(seconds), { type: 'u64' })),
  })
  return { ...made, minPatience, minWindow }
}

/** What any deployment is, beside what it was told. */
export type CodeDeployment = Omit<Deployment, 'minPatience' | 'minWindow'>

export type RecordsDeployment = Omit<Deployment, 'minPatience' | 'minWindow'> & {
  /** The main contract that it reads. */
  stellartrain: string
}

export type RecordsDeployOptions = {
  wasm: Uint8Array
  /** Id of the main contract, which is fixed. */
  stellartrain: string
  /** The badges' picture, which is fixed too. */
  image: OnChainCid
  signer: SignerLike
} & InvokeOptions

/**
 * The contract of solvers' records and badges, beside the main one that it reads; the same deployment twice is one.
 * @throws ChainFailure, ContractError
 */
export async function deployRecords(chain: Chain, options: RecordsDeployOptions): Promise<RecordsDeployment> {
  const { wasm, stellartrain, image } = options
  const picture = xdr.ScVal.scvMap([
    new xdr.ScMapEntry({ key: xdr.ScVal.scvSymbol('codec'), val: xdr.ScVal.scvU32(image.codec) }),
    new xdr.ScMapEntry({ key: xdr.ScVal.scvSymbol('digest'), val: xdr.ScVal.scvBytes(image.digest) }),
  ])
  const made = await create(chain, options, {
    wasm,
    name: `stellartrain records ${toHex(hash(wasm))} ${stellartrain} ${cidToString(image)}`,
    args: [new Address(stellartrain).toScVal(), picture],
  })
  return { ...made, stellartrain }
}

export type JuryDeployOptions = {
  wasm: Uint8Array
  /** Id of the main contract, which is fixed. */
  stellartrain: string
  /** An odd number of accounts or contracts, 1 to 9. */
  jurors: readonly string[]
  signer: SignerLike
} & InvokeOptions

/**
 * A judge that is a contract, in which a majority of jurors rules; the same deployment twice is one.
 * @throws ChainFailure, ContractError
 */
export async function deployJury(chain: Chain, options: JuryDeployOptions): Promise<CodeDeployment> {
  const { wasm, stellartrain, jurors } = options
  return create(chain, options, {
    wasm,
    name: `stellartrain jury ${toHex(hash(wasm))} ${stellartrain} ${jurors.join(' ')}`,
    args: [new Address(stellartrain).toScVal(), xdr.ScVal.scvVec(jurors.map((juror) => new Address(juror).toScVal()))],
  })
}

export type GateDeployOptions = {
  wasm: Uint8Array
  /** Who invites solvers. */
  owner: string
  /** Whom a record admits: with at least so many paid submissions in this records contract. Omitted: no one. */
  qualification?: { records: string; paidSubmissions: number }
  signer: SignerLike
} & InvokeOptions

/**
 * A gate that is a contract: invitations, or a record of paid submissions; the same deployment twice is one.
 * @throws ChainFailure, ContractError
 */
export async function deployGate(chain: Chain, options: GateDeployOptions): Promise<CodeDeployment> {
  const { wasm, owner, qualification } = options
  return create(chain, options, {
    wasm,
    name: `stellartrain gate ${toHex(hash(wasm))} ${owner} ${qualification?.records} ${qualification?.paidSubmissions}`,
    args: [
      new Address(owner).toScVal(),
      qualification ? new Address(qualification.records).toScVal() : xdr.ScVal.scvVoid(),
      xdr.ScVal.scvU32(qualification?.paidSubmissions ?? 0),
    ],
  })
}

export type RecountDeployOptions = {
  wasm: Uint8Array
  /** Id of the main contract, which is fixed. */
  stellartrain: string
  signer: SignerLike
} & InvokeOptions

/**
 * A judge that grades, for all challenges of a main contract that name it; the same deployment twice is one.
 * @throws ChainFailure, ContractError
 */
export async function deployRecount(chain: Chain, options: RecountDeployOptions): Promise<CodeDeployment> {
  const { wasm, stellartrain } = options
  return create(chain, options, {
    wasm,
    name: `stellartrain recount ${toHex(hash(wasm))} ${stellartrain}`,
    args: [new Address(stellartrain).toScVal()],
  })
}

/** `name`: what the contract's id follows from, beside network and deployer. */
type Code = { wasm: Uint8Array; name: string; args: xdr.ScVal[] }

async function create(chain: Chain, options: InvokeOptions & { signer: SignerLike }, { wasm, name, args }: Code) {
  const { signal } = options
  const signer = asSigner(options.signer)
  const wasmHash = hash(wasm)
  const salt = hash(new TextEncoder().encode(name))
  const contract = contractId(chain.network.passphrase, signer.address, salt)
  const deployment = { contract, wasmHash: toHex(wasmHash), deployer: signer.address }
  if (await readEntry(chain, instanceKey(contract), { signal })) {
    return { ...deployment, uploadTx: null, createTx: null, ledger: null }
  }
  let uploadTx: string | null = null
  if (!(await readEntry(chain, codeKey(wasmHash), { signal }))) {
    const upload = { method: 'upload', args: [], host: xdr.HostFunction.hostFunctionTypeUploadContractWasm(wasm) }
    uploadTx = (await invoke(chain, { ...upload, decode: () => null }, signer, options)).hash
  }
  const operation = Operation.createCustomContract({
    address: new Address(signer.address),
    wasmHash,
    salt,
    constructorArgs: args,
  })
  const call = { method: 'create', args: [], host: hostFunctionOf(operation), decode: () => null }
  const created = await invoke(chain, call, signer, options)
  return { ...deployment, uploadTx, createTx: created.hash, ledger: created.ledger }
}

/** Creates the asset's contract if the network does not have it yet. Returns its id. */
export async function deployAssetContract(
  chain: Chain,
  asset: Asset,
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<string> {
  const contract = asset.contractId(chain.network.passphrase)
  if (await readEntry(chain, instanceKey(contract), { signal: options.signal })) return contract
  const host = hostFunctionOf(Operation.createStellarAssetContract({ asset }))
  await invoke(chain, { method: 'create', args: [], host, decode: () => null }, signer, options)
  return contract
}

function hostFunctionOf(operation: xdr.Operation): xdr.HostFunction {
  if (operation.body.type !== 'invokeHostFunction') throw new TypeError('not a call to the host')
  return operation.body.invokeHostFunctionOp.hostFunction
}

function contractId(passphrase: string, deployer: string, salt: Uint8Array): string {
  const preimage = xdr.HashIdPreimage.envelopeTypeContractId(
    new xdr.HashIdPreimageContractId({
      networkId: new xdr.Hash(hash(new TextEncoder().encode(passphrase))),
      contractIdPreimage: xdr.ContractIdPreimage.contractIdPreimageFromAddress(
        new xdr.ContractIdPreimageFromAddress({
          address: new Address(deployer).toScAddress(),
          salt,
        }),
      ),
    }),
  )
  return StrKey.encodeContract(hash(preimage.toXdr()))
}
