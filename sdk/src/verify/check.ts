/** One line of a verification: what was compared, and whether it held. */

export type CheckId =
  | 'network'
  | 'storage'
  | 'manifest'
  | 'truth'
  | 'binding'
  | 'content_hash'
  | 'score'
  | 'threshold'
  | 'quorum'
  | 'order'
  | 'ranking_quorum'
  | 'private_score'
  | 'ranking'
  | 'prize'
  | 'units'
  | 'payment'

export type CheckState =
  | 'passed'
  | 'failed'
  /** Cannot be made (yet); `why` says what is missing. */
  | 'open'

export type WhyOpen =
  /** The truth is not opened yet, or never will be. */
  | 'truth_not_opened'
  /** The submission's payload was not published. */
  | 'submission_not_opened'
  /** The RPC no longer keeps the events. */
  | 'events_gone'
  /** The content could not be fetched now. */
  | 'content_unavailable'
  /** The submission has no verdict yet. */
  | 'not_final'
  /** Does not apply to this verdict or payout rule. */
  | 'not_applicable'
  /** This version cannot check it for the challenge's payout rule. */
  | 'rule_not_supported'

export type Check = {
  id: CheckId
  title: string
  state: CheckState
  /** What was compared, as text; null where a check could not be made. */
  compared: { expected: string; got: string } | null
  why: WhyOpen | null
  /** A sentence for people. */
  note: string | null
}

const TITLES: Readonly<Record<CheckId, string>> = {
  network: 'The contract exists on this network',
  storage: 'The stored submission is what the contract shows',
  manifest: 'The manifest is the one that the challenge names, and agrees with its terms',
  truth: 'The opened truth is the one committed to before anybody submitted',
  binding: 'The opened submission belongs to the sealed file on the chain',
  content_hash: 'The content hash of the opened submission is the one on the chain',
  score: 'The recomputed score is the one on the chain',
  threshold: 'A prize was due exactly if the score met the threshold',
  quorum: 'A quorum of the oracles cast this very verdict',
  order: 'Its content was the first of its kind, and its place among the winners is right',
  ranking_quorum: 'A quorum of the oracles posted this very ranking',
  private_score: 'The recomputed score on the private rows is the one of its place, or earns none',
  ranking: 'The places follow from the scores, the prizes and the threshold',
  prize: 'The prize is what the rules give',
  units: 'The known items of the batch decide as the oracles said',
  payment: 'The payment arrived, in the amount that the rules give',
}

export function compare(id: CheckId, expected: unknown, got: unknown, note: string | null = null): Check {
  const texts = { expected: String(expected), got: String(got) }
  return {
    id,
    title: TITLES[id],
    state: texts.expected === texts.got ? 'passed' : 'failed',
    compared: texts,
    why: null,
    note,
  }
}

export function open(id: CheckId, why: WhyOpen, note: string): Check {
  return { id, title: TITLES[id], state: 'open', compared: null, why, note }
}

export function failed(id: CheckId, expected: string, got: string, note: string | null = null): Check {
  return { id, title: TITLES[id], state: 'failed', compared: { expected, got }, why: null, note }
}
