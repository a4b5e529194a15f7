/** Everything that moves about a submission, read as of one moment: what is compared with each other must not be of two. */
import {
  type LedgerClock,
  readClock,
  type StoredStanding,
  type Submission,
  stored,
  view,
  viewed,
  views,
} from '@stellartrain/contracts-client'
import { phase, type Terms } from '@stellartrain/contracts-client/rules'
import { phaseFacts } from '../challenge/context.ts'
import { type ChallengeHistory, extendHistory, type SubmissionRef } from '../challenge/history.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'

export type Moment = {
  /** From storage: the submission, and the counters and boards that decide on it. */
  own: StoredStanding
  /** What the contract says of it. */
  shown: Submission
  /** What `release_payment` would send, base units. */
  owed: bigint
  history: ChallengeHistory
  /** Who submitted what, by the events, and the entries of these in storage. */
  named: { solver: string; attempt: number }[]
  entries: (Submission | undefined)[]
  clock: LedgerClock
}

/** How often a challenge that moves meanwhile is read again. What differs in the last reading is told as a difference. */
const TRIES = 5

/** Reads until the challenge was the same before and after. `known` is its history so far. */
export async function readMoment(
  client: StellarTrain,
  ref: SubmissionRef,
  terms: Terms,
  known: ChallengeHistory,
  { signal }: AbortOptions,
): Promise<Moment> {
  const { chain } = client
  const { challenge } = ref
  const look = async () => ({
    own: await stored.standing(chain, challenge, ref, { signal }),
    clock: await readClock(chain, { signal }),
  })
  let before = await look()
  for (let tried = 1; ; tried++) {
    const history = await extendHistory(client, challenge, known, { signal })
    const named = submittedIn(history)
    const [{ result: shown }, owed, entries] = await Promise.all([
      viewed(chain, views.submission(ref), { signal }),
      view(chain, views.owed(ref), { signal }),
      stored.submissions(chain, challenge, named, { signal }),
    ])
    const after = await look()
    if (tried === TRIES || mark(before, terms) === mark(after, terms))
      return { own: before.own, shown, owed, history, named, entries, clock: before.clock }
    before = after
  }
}

/** Whoever changes a submission or a board of a challenge changes its counters; time changes its phase. */
function mark({ own, clock }: { own: StoredStanding; clock: LedgerClock }, terms: Terms): string {
  const now = own.state && phase(terms, phaseFacts(own.state), clock.closedAt)
  return JSON.stringify([now, own], (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

const submittedIn = ({ events }: ChallengeHistory) =>
  events.flatMap((event) => (event.type === 'submitted' ? [{ solver: event.solver, attempt: event.attempt }] : []))
