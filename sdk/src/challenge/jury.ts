/** A judge that is a jury (`contracts/jury`): who its jurors are, what they voted so far, and how one is deployed. */
import {
  asSigner,
  cidToString,
  type InvokeOptions,
  type SignerLike,
  verdictOf,
  view,
} from '@stellartrain/contracts-client'
import { readCode } from '@stellartrain/contracts-client/code'
import { type CodeDeployment, deployJury as deploy, juryAt } from '@stellartrain/contracts-client/jury'
import type { Verdict } from '@stellartrain/contracts-client/rules'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { orNull } from '../system/other-contract.ts'
import { UserError } from '../system/problems.ts'
import type { SubmissionRef } from './history.ts'

export type Jury = {
  address: string
  /** Fixed when it was deployed. */
  jurors: string[]
  /** How many equal votes rule. */
  majority: number
  /** The main contract that it rules on. */
  stellartrain: string
  /** Its code is the one of this repository. What another contract says of itself may be false. */
  known: boolean
}

export type JurorVote = {
  juror: string
  verdict: Verdict
  /** CID of the juror's reasons. */
  report: string
}

/** Null where the address is an account, or a contract that is no jury. @throws ChainFailure */
export async function readJury(
  { chain }: StellarTrain,
  address: string,
  { signal }: AbortOptions = {},
): Promise<Jury | null> {
  if (!address.startsWith('C')) return null
  const [code, config] = await Promise.all([
    readCode(chain, address, { signal }),
    orNull(view(chain, juryAt(address).config(), { signal })),
  ])
  if (!config || !Array.isArray(config.jurors)) return null
  const { jurors, stellartrain } = config
  return { address, jurors, stellartrain, majority: Math.floor(jurors.length / 2) + 1, known: code === 'jury' }
}

/** What was voted there on a submission, in the order of the votes; also after the majority. @throws ChainFailure */
export async function readJurorVotes(
  { chain }: StellarTrain,
  { address }: Pick<Jury, 'address'>,
  { challenge, solver, attempt }: SubmissionRef,
  { signal }: AbortOptions = {},
): Promise<JurorVote[]> {
  const ballots = await view(chain, juryAt(address).ballots({ challenge, solver, attempt }), { signal })
  return ballots.map(({ juror, report, vote }) => ({
    juror,
    verdict: verdictOf({ ...vote, verdict: vote.verdict as number }),
    report: cidToString(report),
  }))
}

const MAX_JURORS = 9

/**
 * Deploys a jury for this system's contract; the same jurors in the same order by the same signer are one jury.
 * @throws UserError `bad_input` for jurors that the contract refuses; ContractError, ChainFailure
 */
export async function deployJury(
  { chain, config }: StellarTrain,
  { jurors, wasm }: { jurors: readonly string[]; wasm: Uint8Array },
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<CodeDeployment> {
  const distinct = new Set(jurors).size === jurors.length
  if (jurors.length % 2 === 0 || jurors.length > MAX_JURORS || !distinct)
    throw new UserError('bad_input', `A jury has an odd number of different jurors, 1 to ${MAX_JURORS}.`)
  return deploy(chain, { ...options, wasm, stellartrain: config.contract, jurors, signer: asSigner(signer) })
}
