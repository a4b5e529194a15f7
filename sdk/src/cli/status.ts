/** `stellartrain status`: a challenge as the chain has it, or a submission step by step. */

import { Direction, type Place, Ranking, scoreToDecimal, type Terms, view, views } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { type ChallengeFacts, readFacts, readManifest } from '../context.ts'
import { readSubmission, watchSubmission } from '../submission-status.ts'
import { challengeNumber, parse, submissionRef } from './args.ts'
import { challengeJson } from './challenge-json.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { type Connection, connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { money, showSubmission, time } from './show.ts'

const help = `Show a challenge, or a submission step by step, read from the chain.

Usage: stellartrain status CHALLENGE
       stellartrain status SUBMISSION

A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --follow            stay until nothing more happens to the submission by itself
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${NETWORK_HELP}
With --json a challenge has the names and forms of the API (\`stellartrain challenges --json\`, docs/api.md): amounts are
base units as strings, scores {"units", "value"}, times RFC 3339. What only an index knows is left out.
A submission has number, solver, attempt, cid, status, steps, score, paid, earned, owed, held, ranking, asset, final.

Examples
  stellartrain status 7
  stellartrain status 7/3 --follow
`

export const status: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      solver: { type: 'string' },
      attempt: { type: 'string' },
      follow: { type: 'boolean' },
    })
    const [what] = positionals
    if (!what?.includes('/') && !values.solver) {
      const id = challengeNumber(what)
      if (values.follow) throw new UsageError(`--follow follows a submission: name one, such as ${id}/1.`)
      if (values.attempt) throw new UsageError('--attempt belongs to a solver: give --solver G… too.')
      return showChallenge(await connect(values, io), id, Boolean(values.json), io)
    }
    const name = submissionRef(what, values)
    const { client, options } = await connect(values, io)
    let seen = await readSubmission(client, name, options)
    if (values.follow) {
      for await (const next of watchSubmission(client, name, options)) {
        seen = next
        if (!values.json) io.stdout(showSubmission(next))
      }
    }
    if (values.json) printJson(io, seen)
    else if (!values.follow) io.stdout(showSubmission(seen))
    return EXIT.ok
  },
}

async function showChallenge({ client, options }: Connection, id: number, json: boolean, io: Io): Promise<number> {
  const facts = await readFacts(client, id, options)
  const [manifest, board] = await Promise.all([
    readManifest(client, facts.challenge, options).catch((error: unknown) => {
      if (error instanceof ContentError) return undefined
      throw error
    }),
    view(client.chain, views.board({ challenge: id }), options),
  ])
  if (json) printJson(io, challengeJson(facts, manifest, board))
  else io.stdout(challengeText(facts, manifest) + boardText(facts, board))
  return EXIT.ok
}

/** What a submission needs to be paid: a score, or for a batch of labels a share of the known items. */
function requirement(terms: Terms, manifest: Manifest | undefined): string {
  if (terms.payout.tag !== 'PerUnit')
    return `  threshold    ${terms.direction === Direction.Maximize ? '≥' : '≤'} ${scoreToDecimal(terms.threshold)}, scores in steps of ${scoreToDecimal(terms.step)}`
  const share = manifest?.labeling?.minAccuracy
  return `  required     ${share === undefined ? 'a share of the known items that its manifest states (not available now)' : `${Math.round(share * 1e4) / 100} % of a batch's known items right`}`
}

function challengeText({ id, challenge, state, token, phase }: ChallengeFacts, manifest: Manifest | undefined): string {
  const { terms } = challenge
  const earnings = terms.payout.tag === 'Earnings'
  const accepted = state.accepted.filter((version) => version > 0).length
  const lines = [
    `Challenge ${id}: ${manifest?.title ?? '(manifest not available now)'}  [${phase.replace('_', ' ')}]`,
    `  prize        ${prizeOf(terms, token)}; ${money(state.escrow, token)} left`,
    ...(earnings
      ? []
      : [
          requirement(terms, manifest),
          `  deposit      ${money(terms.deposit, token)}`,
          `  attempts     ${terms.attempts} per solver, ${terms.attempts_per_day} a day (UTC)`,
        ]),
    `  oracles      ${terms.quorum} of ${terms.oracles.length} must agree: ${terms.oracles.join(', ')}`,
    `  accepted by  ${accepted} of ${terms.oracles.length}`,
    ...(earnings
      ? []
      : [`  submissions  ${state.submitted}, ${state.finalized} of them final${wonOf(terms, state.winners)}`]),
    `  deadline     ${time(terms.deadline)}`,
    earnings
      ? `  last epoch   ${time(terms.grade_by)}`
      : `  graded by    ${time(terms.grade_by)}; ungraded submissions then share ${terms.silence_share / 100}% of the prize`,
  ]
  return `${lines.join('\n')}\n`
}

const wonOf = ({ payout }: Terms, winners: number): string =>
  payout.tag === 'PerUnit' ? '' : `, ${winners} ${payout.tag === 'Ranked' ? 'with a place' : 'won'}`

/** Winners of a bounty; of a ranking the running table on the public rows, or the ranking itself. */
function boardText({ challenge, state, token, clock }: ChallengeFacts, board: readonly Place[]): string {
  const { payout, grade_by } = challenge.terms
  if (board.length === 0) return ''
  const lapsed = state.ranking !== Ranking.Posted && BigInt(clock.closedAt) >= grade_by
  const running = 'the running table on the public rows'
  const heading =
    payout.tag !== 'Ranked'
      ? 'won by'
      : state.ranking === Ranking.Posted
        ? 'ranking on the private rows'
        : lapsed
          ? `no ranking was posted in time; ${running} counts`
          : `${running}; the prizes go by the private ones`
  const rows = board.map(
    ({ solver, number, score, prize }, index) =>
      `    ${String(index + 1).padStart(2)}  ${solver}  ${scoreToDecimal(score)}  submission ${number}  ${money(prize, token)}`,
  )
  return `  ${heading}\n${rows.join('\n')}\n`
}

function prizeOf({ payout }: Terms, token: ChallengeFacts['token']): string {
  switch (payout.tag) {
    case 'Bounty': {
      const { reward, winners } = payout.values[0]
      return winners === 1 ? money(reward, token) : `${winners} × ${money(reward, token)}`
    }
    case 'Ranked':
      return `${payout.values[0].prizes.map((prize) => money(prize, token)).join(', ')} by rank after the deadline`
    case 'PerUnit':
      return `${money(payout.values[0].rate, token)} for each accepted unit, up to ${payout.values[0].max_units} a batch`
    case 'Earnings':
      return 'what the oracles post as earned, to be claimed'
    default:
      return `by a rule that this version does not know (${(payout as { tag: string }).tag})`
  }
}
