/** Who admits solvers: a contract that the maker named. */
import { asSigner, type InvokeOptions, invoke, isAdmitted, type SignerLike, view } from '@stellartrain/contracts-client'
import { readCode } from '@stellartrain/contracts-client/code'
import { type CodeDeployment, deployGate as deploy, gateAt } from '@stellartrain/contracts-client/gate'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { orNull } from '../system/other-contract.ts'
import { UserError } from '../system/problems.ts'

/**
 * Asks the gate as `submit` will. A gate that fails, or answers with anything but true, admits nobody.
 * @throws UserError `not_admitted`; ChainFailure while the RPC does not answer
 */
export async function checkGate(
  { chain }: StellarTrain,
  gate: string | null,
  of: { challenge: number; solver: string },
  { signal }: AbortOptions = {},
): Promise<void> {
  if (gate === null || (await isAdmitted(chain, gate, of, { signal }))) return
  throw new UserError('not_admitted', `The gate ${gate} of this challenge does not admit ${of.solver}.`)
}

/** A gate that invites or asks for a record, as `contracts/gate` does. */
export type Gate = {
  address: string
  /** Invites solvers, and takes invitations back. */
  owner: string
  /** Whom a record admits without an invitation; null where no one is. */
  qualification: { records: string; paidSubmissions: number } | null
  /** Its code is the one of this repository. What another contract says of itself may be false. */
  known: boolean
}

/** Null for a contract of another kind. @throws ChainFailure */
export async function readGate(
  { chain }: StellarTrain,
  address: string,
  { signal }: AbortOptions = {},
): Promise<Gate | null> {
  const [code, config] = await Promise.all([
    readCode(chain, address, { signal }),
    orNull(view(chain, gateAt(address).config(), { signal })),
  ])
  if (typeof config?.owner !== 'string') return null
  const { owner, records, paid_submissions: paidSubmissions } = config
  return { address, owner, qualification: records ? { records, paidSubmissions } : null, known: code === 'gate' }
}

/** Whether this gate admits the solver now. @throws ContractError, ChainFailure */
export const admits = ({ chain }: StellarTrain, { address }: Gate, solver: string, { signal }: AbortOptions = {}) =>
  view(chain, gateAt(address).admits({ challenge: 0, solver }), { signal })

/**
 * Invites a solver, or takes the invitation back.
 * @throws UserError `not_yours` for anyone but the owner, `rule_not_supported` for another contract; ContractError, ChainFailure
 */
export async function inviteSolver(
  client: StellarTrain,
  { gate, solver, invited }: { gate: string; solver: string; invited: boolean },
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<{ hash: string; ledger: number }> {
  const signer = asSigner(signerLike)
  const found = await readGate(client, gate, { signal: options.signal })
  if (!found) throw new UserError('rule_not_supported', `${gate} is not a gate that takes invitations.`)
  if (found.owner !== signer.address)
    throw new UserError(
      'not_yours',
      `Only the owner ${found.owner} of this gate invites; ${signer.address} would sign.`,
    )
  const { hash, ledger } = await invoke(client.chain, gateAt(gate).invite({ solver, invited }), signer, options)
  return { hash, ledger }
}

/**
 * Deploys a gate; the same owner and qualification by the same signer are one gate.
 * @throws UserError `bad_input`; ContractError, ChainFailure
 */
export async function deployGate(
  { chain }: StellarTrain,
  { owner, qualification, wasm }: Pick<Gate, 'owner' | 'qualification'> & { wasm: Uint8Array },
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<CodeDeployment> {
  if (qualification && qualification.paidSubmissions < 1)
    throw new UserError('bad_input', 'A record qualifies with at least one paid submission.')
  return deploy(chain, {
    ...{ ...options, wasm, owner, signer: asSigner(signer) },
    ...(qualification && { qualification }),
  })
}
