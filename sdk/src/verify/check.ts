/** One line of a verification: what was compared and whether it held, or what is missing to compare it. */

export type CheckId =
  | 'network'
  | 'storage'
  | 'manifest'
  | 'truth'
  | 'binding'
  | 'commitment'
  | 'content_hash'
  | 'score'
  | 'rejection'
  | 'recount'
  | 'decision'
  | 'copies'
  | 'queue'
  | 'board'
  | 'ranking_quorum'
  | 'private_score'
  | 'ranking'
  | 'units'
  | 'lease'
  | 'prize'
  | 'payment'
  | 'rpcs'

export type CheckState =
  | 'passed'
  | 'failed'
  /** Not made, because evidence is missing; `note` names it, `why` and `outlook` say the rest. */
  | 'open'

export type WhyOpen =
  /** The truth is not opened yet, or never will be. */
  | 'truth_not_opened'
  /** The submission's payload was not published. */
  | 'submission_not_opened'
  /** A ranking needs the payload of every scored submission, and some were not published. */
  | 'entrants_not_opened'
  /** The oracles say that they could not grade it again; no one else can know. */
  | 'left_out'
  /** It is the judge's word: nothing recomputes it. */
  | 'judged'
  /** The RPC no longer keeps the events. */
  | 'events_gone'
  /** Another RPC that was to be asked does not answer. */
  | 'rpc_unanswered'
  /** The content could not be fetched now. */
  | 'content_unavailable'
  /** An entry of the contract is archived; restoring it brings it back. */
  | 'archived'
  /** The submission has no verdict yet, or the challenge no ranking. */
  | 'not_final'
  /** It is owed, and was not sent yet. */
  | 'undelivered'
  /** Does not apply to this verdict or payout rule. */
  | 'not_applicable'
  /** This version cannot check it for the challenge's payout rule. */
  | 'rule_not_supported'

/** What can be expected of an open check. */
export type Outlook =
  /** The evidence is still to come. */
  | 'later'
  /** The evidence exists, and could not be fetched now. */
  | 'retry'
  /** The evidence will never be public, or is gone. */
  | 'never'
  /** There is nothing to check. */
  | 'not_applicable'

/** Evidence that was not opened, or could not be fetched. */
export type NotOpened = {
  missing: 'truth_not_opened' | 'submission_not_opened' | 'content_unavailable'
  note: string
  outlook: Outlook
}

export type Check = {
  id: CheckId
  title: string
  state: CheckState
  /** What was compared, as text; null where a check could not be made. */
  compared: { expected: string; got: string } | null
  why: WhyOpen | null
  /** Null unless the check is open. */
  outlook: Outlook | null
  /** A sentence for people. */
  note: string | null
}

const TITLES: Readonly<Record<CheckId, string>> = {
  network: 'The RPC serves the network that was asked for',
  storage: 'The stored submission is what the contract shows',
  manifest: 'The manifest is the one that the challenge names, and agrees with its terms',
  truth: 'The opened truth is the one committed to in the terms before anyone submitted',
  binding: 'The opened submission belongs to the sealed file on the chain',
  commitment: 'The opened submission is what its solver committed to on the chain',
  content_hash: 'The content hash of the opened submission is the one on the chain',
  score: 'The recomputed score is the one on the chain',
  rejection: 'The submission is rejected for the reason on the chain',
  recount: 'The judge scored by the rules of the manifest, and the ledger has what it said',
  decision: 'The votes and ballots cast make this very verdict',
  copies: 'Copies were treated as the terms say',
  queue: 'The queue moved and kept places as the rules have it',
  board: 'The board follows from what was decided, and in that order',
  ranking_quorum: 'A quorum of the oracles posted this very ranking',
  private_score: 'The recomputed score on the private rows is the one of its place, or earns none',
  ranking: 'The places follow from the recomputed scores of all entrants, the prizes and the threshold',
  units: 'The known items of the batch decide as the oracles said',
  lease: 'The batch has a lease of its oracles for these items, this labeler and this attempt, and was in time',
  prize: 'What became due is what the rules give',
  payment: 'Everything due arrived, in the transactions that the contract names',
  rpcs: 'Other RPCs say the same of the submission, its challenge and its payment',
}

const OUTLOOKS: Readonly<Record<WhyOpen, Outlook>> = {
  truth_not_opened: 'later',
  submission_not_opened: 'never',
  entrants_not_opened: 'never',
  left_out: 'never',
  judged: 'never',
  events_gone: 'never',
  content_unavailable: 'retry',
  rpc_unanswered: 'retry',
  archived: 'later',
  not_final: 'later',
  undelivered: 'later',
  not_applicable: 'not_applicable',
  rule_not_supported: 'never',
}

export function compare(id: CheckId, expected: unknown, got: unknown, note: string | null = null): Check {
  const compared = { expected: String(expected), got: String(got) }
  const state = compared.expected === compared.got ? 'passed' : 'failed'
  return { id, title: TITLES[id], state, compared, why: null, outlook: null, note }
}

/** A check that was not made. `note` names what is missing. */
export function open(id: CheckId, why: WhyOpen, note: string, outlook: Outlook = OUTLOOKS[why]): Check {
  return { id, title: TITLES[id], state: 'open', compared: null, why, outlook, note }
}

export function failed(id: CheckId, expected: string, got: string, note: string | null = null): Check {
  return { id, title: TITLES[id], state: 'failed', compared: { expected, got }, why: null, outlook: null, note }
}

/** The check leaves nothing unanswered. */
export const isSettled = ({ state, outlook }: Check): boolean => state === 'passed' || outlook === 'not_applicable'
