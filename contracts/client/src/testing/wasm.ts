/** Contracts of a few instructions, built here byte by byte: what a hostile token or gate does is in plain sight. */
import { Address, hash, type Keypair, Operation, xdr } from '@stellar/stellar-sdk/base'
import { readContractWasm } from '../deploy/wasm.ts'
import { type Call, type Chain, invoke } from '../index.ts'

/** The host's `require_auth(address)`, as contracts import it. */
const REQUIRE_AUTH = { module: 'a', name: '0' }
/** The section that says for which host a contract is built. */
const ENV_META = 'contractenvmetav0'
/** The contract value `true`. */
const TRUE = 1

/** A gate that admits everybody, and asks the solver's signature for itself as well if `greedy`. */
export async function gateWasm(greedy: boolean): Promise<Uint8Array> {
  const i64 = 0x7e
  const ask = greedy ? [0x20, 1, 0x10, 0, 0x1a] : []
  const body = [0, ...ask, 0x42, TRUE, 0x0b]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, 0x60, 1, i64, 1, i64, 0x60, 2, i64, i64, 1, i64]),
    ...section(2, [1, ...name(REQUIRE_AUTH.module), ...name(REQUIRE_AUTH.name), 0, 0]),
    ...section(3, [1, 1]),
    ...section(7, [1, ...name('admits'), 0, 1]),
    ...section(10, [1, body.length, ...body]),
    ...section(0, [...name(ENV_META), ...(await interfaceVersion())]),
  ])
}

const section = (id: number, content: readonly number[]): number[] => [id, content.length, ...content]
const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]

/** The version of the host's functions that our own contract is built for. */
async function interfaceVersion(): Promise<number[]> {
  const wasm = Buffer.from(await readContractWasm())
  const at = wasm.indexOf(ENV_META)
  if (at < 0) throw new Error('our contract does not say for which host it is built')
  // A kind and two numbers of four bytes each.
  return [...wasm.subarray(at + ENV_META.length, at + ENV_META.length + 12)]
}

/** Puts a contract without a constructor on the network. Returns its id. */
export async function deployWasm(chain: Chain, wasm: Uint8Array, deployer: Keypair): Promise<string> {
  const act = async <T>(host: xdr.HostFunction, decode: (value: xdr.ScVal) => T): Promise<T> => {
    const call: Call<T> = { method: 'deploy', args: [], host, decode }
    return (await invoke(chain, call, deployer, { pollMs: 20 })).returnValue
  }
  await act(xdr.HostFunction.hostFunctionTypeUploadContractWasm(wasm), () => null)
  const address = new Address(deployer.publicKey())
  const { body } = Operation.createCustomContract({ address, wasmHash: hash(wasm), salt: hash(wasm) })
  if (body.type !== 'invokeHostFunction') throw new TypeError('a contract is created by another operation')
  return act(body.invokeHostFunctionOp.hostFunction, (value) => Address.fromScVal(value).toString())
}
