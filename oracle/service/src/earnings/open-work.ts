/** The work of one challenge that pays earnings: what was handed in, by which terms it is paid, and what this oracle is about to post. */
import { fromDecimal } from '@stellartrain/contracts-client'
import { ContentError, type Place } from '@stellartrain/ipfs-content'
import type { Earned } from '@stellartrain/oracle-grade'
import type { Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Results } from '../publish/sent-results.ts'
import type { Candidate, EpochTerms } from './epoch.ts'
import type { Listed } from './listed.ts'
import { type Held, openWorkStore, type WorkStore } from './store.ts'

export type OpenWork = {
  readonly store: WorkStore
  readonly terms: EpochTerms & { epochSeconds: number; maxBytes: number }
  readonly inputs: GradingInputs
  candidate: Candidate | undefined
  /** CID of the candidate's report, once it is on IPFS. */
  report: string | undefined
  /** Keys of what is accepted and appealed for; `of` changes with these. */
  results: { of: string; sent: Promise<Results> } | undefined
  /** Keys of files that were opened for results, by the file's hash. */
  readonly fileKeys: Map<string, string>
  earned: { epochs: number; earned: Earned } | undefined
  listed: { epochs: number; listed: Listed } | undefined
  /** Batches whose places are leased to nobody yet, though they are rejected (`standingOf`). */
  readonly keeping: Set<Held>
  /** Root that this oracle posted for the next epoch, hex. */
  posted: string | undefined
  /** Ledger time of the last epoch, and since when the next one could be. */
  lastAt: number
  dueSince: number | undefined
  busy: boolean
  notBefore: number
  /** The ledger at which it was last asked whether an epoch is due. */
  lookedAt: number | undefined
}

export type OpenWorkDeps = Readonly<{
  folder: string
  place: Place
  networkPassphrase: string
  inputs(challenge: Challenge): Promise<GradingInputs>
  decimals(challenge: Challenge): Promise<number>
  log: Log
}>

const EPOCH_SECONDS = 3_600

/** Null where the challenge takes no signed batches. */
export async function openWork(challenge: Challenge, deps: OpenWorkDeps): Promise<OpenWork | null> {
  const { folder, place, networkPassphrase, log } = deps
  if (challenge.payout.tag !== 'Earnings') return null
  const inputs = await deps.inputs(challenge).catch((error: unknown) => {
    // Amounts that are posted by hand: there is no truth.
    if (error instanceof ContentError && !error.retryable) return undefined
    throw error
  })
  const { labeling, submission } = inputs?.manifest ?? {}
  if (inputs?.labeling?.leased === undefined || labeling?.perItem === undefined || submission === undefined) return null
  const store = await openWorkStore(folder, challenge.id, () =>
    log.warn('work_damaged', {
      challenge: challenge.id,
      message: 'Some lines of the journal of work cannot be read.',
    }),
  )
  const terms = {
    ...{ rate: fromDecimal(labeling.perItem, await deps.decimals(challenge)), minAccuracy: labeling.minAccuracy },
    ...{ quality: labeling.quality, place: { ...place, challenge: challenge.id }, networkPassphrase },
    ...{ reviewer: labeling.reviewer ?? challenge.maker, epochSeconds: labeling.epochSeconds ?? EPOCH_SECONDS },
    maxBytes: submission.maxBytes,
  }
  const ahead = { candidate: undefined, report: undefined, posted: undefined, dueSince: undefined }
  const known = { results: undefined, earned: undefined, listed: undefined }
  return {
    store,
    terms,
    inputs,
    fileKeys: new Map(),
    keeping: new Set(),
    ...ahead,
    ...known,
    lastAt: challenge.terms.opens,
    busy: false,
    notBefore: 0,
    lookedAt: undefined,
  }
}
