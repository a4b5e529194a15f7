/** Everything that can be asked of the contract, as calls for view(). */
import type { xdr } from '@stellar/stellar-sdk/base'
import type { Submission, SubmissionId } from '../generated/types.js'
import type { Chain } from '../rpc/chain.ts'
import { storage } from '../rpc/keys.ts'
import type { ReadOptions } from '../rpc/ledger.ts'
import { type Call, view } from '../transaction/simulate.ts'
import { entry } from './entry.ts'
import { submissionOfStorage } from './stored.ts'

const noArgs =
  <T>(call: (args: Record<never, never>) => T) =>
  () =>
    call({})

type Read<T> = (values: xdr.ScVal[]) => T

/**
 * A call that returns entries as the storage has them: unless said otherwise one, in the form in which the call returns it. Not for
 * what is usually absent (attempts, an opened truth): absence has to be asked of the contract, after the storage.
 */
function shows<Args, T>(
  call: (args: Args) => Call<T>,
  keys: (contract: string, args: Args) => xdr.LedgerKey[],
  read?: Read<T>,
): (args: Args) => Call<T> {
  return (args) => {
    const made = call(args)
    const one: Read<T> = ([value]) => made.decode(value!)
    return { ...made, shows: (contract) => ({ keys: keys(contract, args), read: read ?? one }) }
  }
}

export const views = {
  config: noArgs(entry('config')),
  /** How many challenges there are; they are numbered from 1. */
  challenges: noArgs(entry('challenges')),
  challenge: shows(entry('challenge'), (contract, { challenge }) => [storage.challenge(contract, challenge)]),
  state: shows(entry('state'), (contract, { challenge }) => [storage.state(contract, challenge)]),
  /** One of `Phase` at the latest ledger's close time. */
  phase: entry('phase'),
  /** The challenge key's private half, sealed to every oracle; null before the first oracle accepted. */
  shares: shows(entry('shares'), (contract, { challenge }) => [storage.shares(contract, challenge)]),
  /** Winners of a bounty, first those whose prize is due, then those who wait; the running table of a ranking, or the ranking. */
  board: entry('board'),
  submission: shows(
    entry('submission'),
    (contract, { challenge, solver, attempt }) => [storage.submission(contract, challenge, String(solver), attempt)],
    ([value]) => submissionOfStorage(value!),
  ),
  /** At most 40 at once. */
  submissions: shows(
    entry('submissions'),
    (contract, { challenge, ids }) =>
      ids.map(({ solver, attempt }) => storage.submission(contract, challenge, String(solver), attempt)),
    (values) => values.map(submissionOfStorage),
  ),
  /** What became of a submission, even if no call has written it yet. */
  outcome: entry('outcome'),
  earnings: entry('earnings'),
  epoch: entry('epoch'),
  /** What a labeler was sent so far. */
  claimed: entry('claimed'),
  attempts: entry('attempts'),
  oracle: shows(entry('oracle'), (contract, { oracle }) => [storage.oracle(contract, String(oracle))]),
  oracleKey: shows(entry('oracle_key'), (contract, { oracle, version }) => [
    storage.oracleKey(contract, String(oracle), version),
  ]),
  /** What this address opened as the truth, if it did. */
  revealed: entry('revealed'),
  maker: shows(entry('maker'), (contract, { maker }) => [storage.maker(contract, String(maker))]),
  /** What release_payment would send now. */
  owed: entry('owed'),
} as const

const SUBMISSIONS_PER_CALL = 40

/** Reads any number of submissions, in batches that the contract takes. */
export async function readSubmissions(
  chain: Chain,
  challenge: number,
  ids: readonly SubmissionId[],
  options: ReadOptions = {},
): Promise<Submission[]> {
  const found: Submission[] = []
  for (let start = 0; start < ids.length; start += SUBMISSIONS_PER_CALL) {
    const batch = ids.slice(start, start + SUBMISSIONS_PER_CALL)
    found.push(...(await view(chain, views.submissions({ challenge, ids: batch }), options)))
  }
  return found
}
