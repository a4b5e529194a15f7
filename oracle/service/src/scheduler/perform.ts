/** Carries out one duty: sends its transaction, and notes at once what the chain will show. */

import {
  acceptChallenge,
  ChainFailure,
  ContractError,
  closeChallenge,
  invoke,
  postEarnings,
  postRanking,
  releasePayment,
  reveal,
  withdrawFees,
} from '@stellartrain/contracts-client'
import { ContentError, cidToChain } from '@stellartrain/ipfs-content'
import type { Log } from '@stellartrain/service'
import type { Receiving } from '../acceptance/receiving.ts'
import { type Challenge, noteAccepted, noteVoted } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import type { Keyring } from '../challenge-files/keyring.ts'
import type { Recounting } from '../recount/opening.ts'
import type { BatchSizes } from '../voting/batch-size.ts'
import { type PostScoresDeps, postBatch } from '../voting/post-scores.ts'
import { settleNow } from '../voting/settle.ts'
import type { OwnVote } from '../voting/votes.ts'
import type { Decisions } from './decisions.ts'
import type { Duty } from './duties.ts'

export type PerformDeps = PostScoresDeps &
  Readonly<{
    watch: Watch
    keyring: Keyring
    decisions: Decisions
    batchSizes: BatchSizes
    receiving: Receiving
    recounting: Pick<Recounting, 'send'>
    sent(kind: string, votes: number): void
    /** These submissions have this oracle's votes now. */
    voted(challenge: number, numbers: readonly number[]): void
    /** This root of an epoch of earnings is posted. */
    epochPosted(challenge: number, epoch: number, root: Uint8Array): void
    log: Log
  }>

/** @throws ContractError, ChainFailure, ContentError: the state has been read again, so the next try starts from the truth. */
export async function perform(duty: Duty, deps: PerformDeps): Promise<void> {
  const { challenge } = duty
  const before = progressOf(challenge)
  try {
    await send(duty, deps)
    deps.sent(duty.kind, duty.kind === 'vote' ? duty.batch.length : 0)
  } catch (error) {
    await deps.watch.refresh(challenge.id, numbersOf(duty))
    // Somebody closed it meanwhile, or the maker cannot be paid: asking again would bring no other answer.
    if (duty.kind === 'close' && error instanceof ContractError && error.errorName === 'NothingToClose')
      return deps.decisions.leaveOpen(challenge.id)
    // The others had their quorum meanwhile: this oracle's vote is not needed.
    if (duty.kind === 'earn' && error instanceof ContractError && error.errorName === 'WrongEpoch')
      return deps.epochPosted(challenge.id, duty.posting.epoch, duty.posting.root)
    // Another process with this key, or another oracle, did it first.
    if (error instanceof ContractError && progressOf(challenge) !== before) return
    throw error
  }
  await deps.watch.refresh(challenge.id, numbersOf(duty))
}

/** The submissions that a duty may have changed, whether it succeeded or not. */
function numbersOf(duty: Duty): number[] {
  if (duty.kind === 'vote') return duty.batch.map(({ entry }) => entry.number)
  if (duty.kind === 'settle') return duty.batch.map(({ number }) => number)
  return duty.kind === 'release' ? [duty.due.number] : []
}

async function send(duty: Duty, deps: PerformDeps): Promise<void> {
  const { chain, identity, invokeOptions, log } = deps
  const { address, keypair } = identity
  const { challenge } = duty
  const { id } = challenge
  switch (duty.kind) {
    case 'vote':
      return vote(challenge, duty.batch, deps)
    case 'settle': {
      const hold = (solver: string) => deps.batchSizes.held(id, solver)
      const solvers = duty.batch.map(({ solver }) => solver)
      const tx = await sized(id, solvers, deps.batchSizes, () => settleNow(challenge, duty.batch, hold, deps))
      return log.info('settled', { challenge: id, first: duty.batch[0]!.number, count: duty.batch.length, tx })
    }
    case 'rank': {
      const { rows, report } = duty.ranking
      const call = postRanking({ by: address, challenge: id, report: cidToChain(report), rows })
      const { hash, returnValue } = await invoke(chain, call, keypair, invokeOptions())
      return log.info('ranking_posted', { challenge: id, places: rows.length, quorum: returnValue, report, tx: hash })
    }
    case 'earn': {
      const { epoch, left, right, report, root } = duty.posting
      const call = postEarnings({ oracle: address, challenge: id, epoch, left, right, report: cidToChain(report) })
      const { hash, returnValue } = await invoke(chain, call, keypair, invokeOptions())
      deps.epochPosted(id, epoch, root)
      return log.info('earnings_posted', { challenge: id, epoch, quorum: returnValue, report, tx: hash })
    }
    case 'release': {
      const { solver, attempt, number } = duty.due
      const call = releasePayment({ challenge: id, solver, attempt })
      const tx = await sized(
        id,
        [solver],
        deps.batchSizes,
        async () => (await invoke(chain, call, keypair, invokeOptions())).hash,
      )
      challenge.due = challenge.due?.filter((one) => one.number !== number)
      return log.info('released', { challenge: id, number, tx })
    }
    case 'accept':
      return accept(challenge, deps)
    case 'reveal': {
      const call = reveal({ revealer: address, challenge: id, truth: cidToChain(duty.opening) })
      const { hash } = await invoke(chain, call, keypair, invokeOptions())
      challenge.revealed = true
      return log.info('revealed', { challenge: id, opening: duty.opening, tx: hash })
    }
    case 'withdraw': {
      const obstacle = await deps.receiving.obstacle(challenge.token)
      if (obstacle !== undefined) {
        deps.receiving.block(id, obstacle)
        return log.warn('withdrawal_blocked', { challenge: id, code: obstacle.code, message: obstacle.message })
      }
      const { hash } = await invoke(chain, withdrawFees({ oracle: address, challenge: id }), keypair, invokeOptions())
      challenge.fees = 0n
      return log.info('fees_withdrawn', { challenge: id, tx: hash })
    }
    case 'recount':
      return deps.recounting.send(challenge, duty.step)
    case 'close': {
      const { hash, returnValue } = await invoke(chain, closeChallenge({ challenge: id }), keypair, invokeOptions())
      return log.info('closed', { challenge: id, toMaker: String(returnValue), tx: hash })
    }
  }
}

/** With the challenge key: the one that the first oracle made and sealed to this one, or that this one makes as the first. */
async function accept(challenge: Challenge, deps: PerformDeps): Promise<void> {
  const { chain, identity, invokeOptions, keyring, decisions, log } = deps
  const { id, seat } = challenge
  try {
    const { key, shares } =
      seat === 0 ? await keyring.make(challenge) : { key: await keyring.get(challenge), shares: new Uint8Array() }
    const call = acceptChallenge({ oracle: identity.address, challenge: id, key: key.key, shares })
    const receipt = await invoke(chain, call, identity.keypair, invokeOptions())
    noteAccepted(challenge, receipt.returnValue)
    log.info('accepted', { challenge: id, keyVersion: receipt.returnValue, tx: receipt.hash })
  } catch (error) {
    // What the first oracle published cannot be opened, or is another key: submissions could not be read.
    if (!(error instanceof ContentError) || error.retryable) throw error
    decisions.refuse(id, { code: error.code, message: error.message })
    log.warn('refused', { challenge: id, code: error.code, message: error.message })
  }
}

async function vote(challenge: Challenge, batch: readonly OwnVote[], deps: PerformDeps): Promise<void> {
  const { batchSizes, clock, log } = deps
  const { id } = challenge
  const hold = (solver: string) => batchSizes.held(id, solver)
  const solvers = batch.map(({ entry }) => entry.solver)
  const { hash, settle } = await sized(id, solvers, batchSizes, () => postBatch(challenge, batch, hold, deps))
  const cast = batch.map(({ entry, verdict }) => ({ number: entry.number, verdict }))
  noteVoted(challenge, cast, clock())
  deps.voted(
    id,
    cast.map(({ number }) => number),
  )
  log.info('voted', { challenge: id, numbers: cast.map(({ number }) => number).join(' '), settle, tx: hash })
}

/** A transaction that the network cannot run as it is, though the contract does not refuse it, is too large: smaller next time. */
async function sized<T>(
  id: number,
  solvers: readonly string[],
  batchSizes: BatchSizes,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const done = await work()
    batchSizes.grow(id)
    return done
  } catch (error) {
    if (isUnrunnable(error)) batchSizes.shrink(id, solvers)
    throw error
  }
}

/** Our own contract numbers its refusals from 100 on; a smaller number is a token's, which ended the whole call. */
function isUnrunnable(error: unknown): boolean {
  if (error instanceof ContractError) return error.code < 100
  const codes = ['simulation_failed', 'failed_on_ledger', 'rejected_by_network']
  return error instanceof ChainFailure && codes.includes(error.code)
}

/** Everything that a duty can move; equal texts mean that nothing has happened. */
function progressOf({ accepted, counters, fees, revealed, rankings, due, submissions, seat }: Challenge): string {
  const { cancelled, concluded, decided, head, ended } = counters
  const own = submissions.map((one) => one?.votes.cast[seat]?.status ?? one?.status.status ?? '')
  const ranked = rankings.map(({ oracle, hash }) => `${oracle}:${hash}`)
  return [cancelled, concluded, decided, head, ended, due.length, accepted, fees, revealed, ranked, own].join('/')
}
