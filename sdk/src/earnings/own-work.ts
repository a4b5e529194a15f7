/** What became of a labeler's batches: what the oracles say, held against the labeler's own signatures and the amounts on the ledger. */
import { view, views } from '@stellartrain/contracts-client'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { networkId } from '@stellartrain/ipfs-content/network'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { readLeaves } from './earnings.ts'
import { attemptsOf, mergedWork, type OwnBatch, signedWork, type ToldWork } from './told-work.ts'
import { askOracles, type WorkContext, workContext } from './work-oracles.ts'

export type { OwnBatch } from './told-work.ts'

export type OwnWork = {
  challenge: number
  labeler: string
  /** Batches that were handed in, as the labeler's signatures prove. */
  attempts: number
  batches: OwnBatch[]
  /** Base units: earned by all epochs that are posted. */
  cumulative: string
  /** Whether the root of the newest epoch on the ledger proves `cumulative`; else it is what the oracles say. */
  proven: boolean
  epochs: number
  /** Oracles of the challenge, of which `toldBy` of a batch says the same. */
  oracles: number
}

/** The last attempt of a labeler; its next batch is the one after it. @throws UserError `no_lease` (retryable) where no oracle answers */
export async function readAttempts(
  client: StellarTrain,
  context: WorkContext,
  labeler: string,
  options: AbortOptions,
): Promise<number> {
  return attemptsOf(await toldWork(client, context, labeler, options))
}

/** An oracle knows of an epoch a moment before the RPC that is asked here, or after it. */
const TRIES = 4

/**
 * What became of a labeler's batches. Anyone may ask.
 * @throws UserError `rule_not_supported`, `no_lease` (retryable) where no oracle answers with what can be true
 */
export async function readOwnWork(
  client: StellarTrain,
  { challenge, labeler }: { challenge: number; labeler: string },
  options: AbortOptions = {},
): Promise<OwnWork> {
  const context = await workContext(client, challenge, options)
  for (let tries = 1; tries <= TRIES; tries++) {
    const told = await toldWork(client, context, labeler, options)
    const ledger = await earnedOnLedger(client, challenge, labeler, options)
    const merged = mergedWork(told, ledger)
    if (merged) {
      const [proven, oracles] = [ledger.cumulative !== undefined, context.challenge.terms.oracles.length]
      return { challenge, labeler, attempts: attemptsOf(told), ...merged, proven, oracles }
    }
    await sleep(backoff(tries, 500, 2_000), options.signal)
  }
  throw new UserError('no_lease', 'What the oracles that answer say of these batches is not what the ledger shows.', {
    retryable: true,
  })
}

async function toldWork(
  client: StellarTrain,
  context: WorkContext,
  labeler: string,
  options: AbortOptions,
): Promise<ToldWork[]> {
  const { contract, passphrase } = client.config
  const place = { network: await networkId(passphrase), contract, challenge: context.id }
  const told = await askOracles<unknown>(client, context, `labelers/${labeler}`, options)
  return signedWork(told, { labeler, passphrase, place })
}

/** The newest leaves of each challenge: what an epoch's root proves never changes, and a page asks again and again. */
const newest = new WeakMap<StellarTrain, Map<number, { epoch: number; amounts: Promise<Map<string, bigint>> }>>()

async function earnedOnLedger(
  client: StellarTrain,
  challenge: number,
  labeler: string,
  { signal }: AbortOptions,
): Promise<{ epochs: number; cumulative: bigint | undefined }> {
  const { epochs } = await view(client.chain, views.earnings({ challenge }), { signal })
  if (epochs === 0) return { epochs, cumulative: 0n }
  const known = newest.get(client) ?? new Map()
  newest.set(client, known)
  const before = known.get(challenge)
  const amounts = before?.epoch === epochs ? before.amounts : amountsOf(client, challenge, epochs)
  known.set(challenge, { epoch: epochs, amounts })
  try {
    return { epochs, cumulative: (await amounts).get(labeler) ?? 0n }
  } catch (error) {
    if (known.get(challenge)?.amounts === amounts) known.delete(challenge)
    // The event that names the report is gone, or nobody has the report.
    if (error instanceof ContentError || (error instanceof UserError && error.code === 'not_found'))
      return { epochs, cumulative: undefined }
    throw error
  }
}

async function amountsOf(client: StellarTrain, challenge: number, epoch: number): Promise<Map<string, bigint>> {
  const leaves = await readLeaves(client, challenge, epoch)
  return new Map(leaves.map(({ labeler, cumulative }) => [labeler, cumulative]))
}
