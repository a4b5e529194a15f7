/** Everything that can be known before an attempt is spent: the file by the oracle's own engine, the limits by the chain. */

import {
  type Attempts,
  carryFor,
  readAccount,
  readBalance,
  toDecimal,
  Verdict,
  view,
  views,
} from '@stellartrain/contracts-client'
import { attemptsLeft, maySubmit } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { Precheck, Problem } from '@stellartrain/oracle-grade'
import type { ChallengeContext, ChallengeFacts } from '../challenge/context.ts'
import { columnValues } from '../challenge/csv.ts'
import { checkGate } from '../challenge/gate.ts'
import { type CopyCost, copyCost } from '../challenge/terms-words.ts'
import { gradingTask } from '../grade/task.ts'
import { batchIds, nothingLeft, readItems, requirePay, unitTerms } from '../labeling/batch.ts'
import { needsTrustline } from '../story/from-chain.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

/** Checks a file with the code that the oracle runs. */
export async function checkFile(
  manifest: Manifest,
  csv: Uint8Array,
  { ids, sample }: Published = {},
): Promise<Precheck> {
  const { precheck } = await import('@stellartrain/oracle-grade')
  const { shape } = await gradingTask(manifest)
  return withColumns(precheck(csv, ids ? { ...shape, ids } : shape, { sample }), csv, manifest)
}

/** What a maker published that a file is checked with: the ids that it must have, or rows that a model is tried on. */
export type Published = { ids?: readonly string[] | undefined; sample?: Uint8Array | undefined }

const HEADER_PROBLEMS: ReadonlySet<string> = new Set(['missing_column', 'unexpected_column', 'duplicate_column'])
/** A header of a file that was never meant can be as long as the file. */
const NAME_MAX = 40
const NAMES_MAX = 20

/** The engine never quotes a file, for its reports are public; the file's owner is shown the names that do not fit. */
async function withColumns(found: Precheck, csv: Uint8Array, { submission }: Manifest): Promise<Precheck> {
  if (!found.problems.some(({ reason }) => HEADER_PROBLEMS.has(reason))) return found
  const { headerNames } = await import('@stellartrain/oracle-grade')
  const header = headerNames(csv)
  // Of other files than CSVs the sentences of the engine say enough.
  if (submission.formats && !header.includes(submission.idColumn)) return found
  const list = (names: readonly string[]) =>
    `${names
      .slice(0, NAMES_MAX)
      .map((name) => `"${name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name}"`)
      .join(', ')}${names.length > NAMES_MAX ? ` and ${names.length - NAMES_MAX} more` : ''}`
  const wanted = [submission.idColumn, ...(submission.long?.fields ?? submission.columns).map(({ name }) => name)]
  const compared = ` The file has the columns ${list(header)}; this challenge asks for ${list(wanted)}.`
  const named = <T extends Problem>(problem: T, index: number, all: readonly T[]): T => {
    if (!HEADER_PROBLEMS.has(problem.reason)) return problem
    const first = all.findIndex(({ reason }) => HEADER_PROBLEMS.has(reason))
    const at = /^#(\d+)$/.exec(problem.column ?? '')?.[1]
    const name = at === undefined ? problem.column : header[Number(at) - 1]
    return {
      ...problem,
      message: `Column ${list([name ?? ''])}: ${HEADER_TEXTS[problem.reason]}${index === first ? compared : ''}`,
    }
  }
  return { ...found, problems: found.problems.map(named), kinds: found.kinds.map(named) }
}

const HEADER_TEXTS: Readonly<Record<string, string>> = {
  missing_column: 'it is missing.',
  unexpected_column: 'the challenge does not ask for it.',
  duplicate_column: 'it appears twice.',
}

/** Ids are looked for in published data up to this size. */
const IDS_MAX_BYTES = 50 * 1024 * 1024

/**
 * The ids that a submission must have, where the maker published them: in a sample submission or in the test data.
 * Undefined if there are none or if they cannot be had now; the check is then by the number of rows alone.
 */
export async function publishedIds(
  client: StellarTrain,
  manifest: Manifest,
  { signal }: AbortOptions = {},
): Promise<string[] | undefined> {
  const { idColumn, rows } = manifest.submission
  const candidates = ['sample_submission', 'test'].flatMap((role) =>
    manifest.datasets.filter((one) => one.role === role && one.bytes <= IDS_MAX_BYTES && one.mediaType === 'text/csv'),
  )
  for (const dataset of candidates) {
    try {
      const bytes = await fetchContent(client, dataset.cid, dataset.bytes, { signal })
      const ids = columnValues(bytes, idColumn)
      if (ids?.length === rows) return ids
    } catch {
      signal?.throwIfAborted()
    }
  }
  return undefined
}

/** Of a challenge that takes models: a published CSV that has the columns that they get. */
export async function publishedSample(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  { submission, datasets }: Pick<Manifest, 'submission' | 'datasets'>,
  { signal }: AbortOptions = {},
): Promise<Uint8Array | undefined> {
  if (!submission.model) return undefined
  const { headerNames } = await import('@stellartrain/oracle-grade')
  const wanted = [submission.idColumn, ...submission.model.inputs.map(({ name }) => name)]
  const candidates = (['test', 'train', 'other'] as const).flatMap((role) =>
    datasets.filter((one) => one.role === role && one.bytes <= IDS_MAX_BYTES && one.mediaType === 'text/csv'),
  )
  for (const dataset of candidates) {
    try {
      const bytes = await fetchContent(client, dataset.cid, dataset.bytes, { signal })
      const names = headerNames(bytes)
      if (wanted.every((name) => names.includes(name))) return bytes
    } catch {
      signal?.throwIfAborted()
    }
  }
  return undefined
}

/**
 * The ids that this attempt's file must have, as far as they are known: where batches of labels are paid, those assigned to it, or those
 * of its lease.
 * @throws UserError `no_attempts_left`, `escrow_used_up`
 */
export async function expectedIds(
  client: StellarTrain,
  context: ChallengeContext,
  solver: string,
  attempt: number,
  { signal, lease }: AbortOptions & { lease?: { items: readonly string[] } | undefined } = {},
): Promise<readonly string[] | undefined> {
  const { challenge, manifest } = context
  const units = unitTerms(challenge.terms)
  if (units === undefined) return publishedIds(client, manifest, { signal })
  const ids = lease?.items ?? (await assigned(client, context, solver, attempt, { signal }))
  requirePay(context, ids.length)
  return ids
}

async function assigned(
  client: StellarTrain,
  context: ChallengeContext,
  solver: string,
  attempt: number,
  options: AbortOptions,
): Promise<string[]> {
  const items = await readItems(client, context.manifest, options)
  const ids = await batchIds(context, items, { labeler: solver, attempt })
  if (ids.length === 0) throw nothingLeft(solver)
  return ids
}

/** What an attempt costs and whether it is allowed now. Amounts in base units of the challenge's token. */
export type Standing = {
  attempt: number
  attemptsLeft: number
  attemptsLeftToday: number
  deposit: bigint
  /** At most this much of the oracles' fees has to be added; what is not needed comes back in the same call. */
  carry: bigint
  /** What the solver has; null if the account cannot hold the token. */
  balance: bigint | null
  /** What becomes of a file whose content a lower number of another solver has. */
  copy: CopyCost
}

/** @throws UserError `rule_not_supported` where nothing is submitted */
export function refuseSubmission({ payout }: Pick<ChallengeFacts['terms'], 'payout'>): void {
  if (payout.rule !== 'earnings') return
  throw new UserError(
    'rule_not_supported',
    'This challenge takes no submissions: its oracles post what each labeler earned.',
  )
}

/**
 * @throws UserError `rule_not_supported`, `too_late`, `not_open`, `no_attempts_left`, `conflict_of_interest`, `not_admitted`, `already_won`,
 * `batch_pending`, `no_funds`, `no_trustline`:
 * what the contract would refuse, before anything is spent.
 */
export async function checkStanding(
  client: StellarTrain,
  facts: ChallengeFacts,
  solver: string,
  { signal }: AbortOptions = {},
): Promise<Standing> {
  const { chain } = client
  const { challenge, state, token, id, terms } = facts
  refuseSubmission(terms)
  refusePhase(facts)
  const { judge, oracles } = terms
  if (solver === challenge.maker || oracles.includes(solver) || solver === judge?.address)
    throw new UserError(
      'conflict_of_interest',
      'The maker and the oracles of a challenge know the truth, and the judge decides: they cannot take part.',
    )
  const [attempts, board, balance, account] = await Promise.all([
    view(chain, views.attempts({ challenge: id, solver }), { signal }),
    view(chain, views.board({ challenge: id }), { signal }),
    readBalance(chain, token, solver, { signal }),
    solver.startsWith('G') ? readAccount(chain, solver, { signal }) : undefined,
    checkGate(client, challenge.terms.gate, { challenge: id, solver }, { signal }),
  ])
  const place = terms.payout.rule === 'bounty' ? board.find((one) => one.solver === solver) : undefined
  if (place)
    throw new UserError(
      'already_won',
      place.due
        ? `This account has won this challenge already, with submission ${place.number}.`
        : `This account has a place on the board with submission ${place.number} and cannot submit again.`,
    )
  if (terms.payout.rule === 'per_unit') await refusePending(client, id, solver, attempts, { signal })
  if (solver.startsWith('G') && !account) {
    throw new UserError('no_funds', `The account ${solver} does not exist on this network yet; send it some XLM first.`)
  }
  const left = attemptsLeft(terms, counted(attempts), facts.clock.closedAt)
  if (left.all === 0)
    throw new UserError('no_attempts_left', `All ${terms.attempts} attempts of this account are used up.`)
  if (left.today === 0) {
    throw new UserError(
      'no_attempts_left',
      `Today's ${terms.attemptsPerDay} attempts are used up; the day changes at midnight UTC.`,
    )
  }
  const carry = carryFor(challenge.terms, state)
  const needed = terms.deposit + carry
  if (balance === null && needsTrustline(token)) {
    throw new UserError(
      'no_trustline',
      `The account has no trustline for ${token.code}: add one first, or the prize cannot be delivered.`,
    )
  }
  if ((balance ?? 0n) < needed) {
    throw new UserError(
      'no_funds',
      `This needs ${toDecimal(needed, token.decimals)} ${token.code} (deposit and fees); the account has ${toDecimal(balance ?? 0n, token.decimals)}.`,
    )
  }
  return {
    attempt: attempts.attempts + 1,
    attemptsLeft: left.all,
    attemptsLeftToday: left.today,
    deposit: terms.deposit,
    carry,
    balance,
    copy: copyCost(terms),
  }
}

const counted = ({ attempts, day, today }: Attempts) => ({ count: attempts, day, today })

/** A labeler has one ungraded batch at a time. @throws UserError `batch_pending` */
async function refusePending(
  { chain }: StellarTrain,
  challenge: number,
  solver: string,
  { attempts: attempt }: Attempts,
  { signal }: AbortOptions,
): Promise<void> {
  if (attempt === 0) return
  const { verdict, number } = await view(chain, views.submission({ challenge, solver, attempt }), { signal })
  if (verdict !== Verdict.Pending) return
  throw new UserError('batch_pending', `Your last batch, submission ${number}, is not graded yet; one at a time.`, {
    retryable: true,
  })
}

function refusePhase({ phase, terms }: ChallengeFacts): void {
  if (maySubmit(phase)) return
  switch (phase) {
    case 'announced':
      throw new UserError('not_open', `The challenge opens at ${isoTime(terms.opens)}.`)
    case 'accepting':
      throw new UserError('not_open', 'Not all oracles have accepted the challenge yet.', { retryable: true })
    case 'lapsed':
      throw new UserError('too_late', 'Not all oracles accepted this challenge in time; it never opens.')
    case 'cancelled':
      throw new UserError('too_late', 'The challenge was cancelled.')
    case 'ended':
      throw new UserError('too_late', 'The challenge has found its last winner.')
    default:
      throw new UserError('too_late', `The deadline was at ${isoTime(terms.deadline)}.`)
  }
}
