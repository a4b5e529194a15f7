/** `stellartrain status`: a challenge as the chain has it, or the path of a submission. */

import { Direction, type Place, Ranking, scoreToDecimal, type Terms, view, views } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { createClient } from '../client.ts'
import { type ChallengeFacts, readContext, readFacts } from '../context.ts'
import { readSubmission, watchSubmission } from '../submission-status.ts'
import { challengeNumber, parse, submissionRef } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig } from './config.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { money, showSubmission, time } from './show.ts'

const help = `Usage: stellartrain status CHALLENGE
       stellartrain status CHALLENGE/NUMBER
       stellartrain status CHALLENGE --solver G… [--attempt N]

Shows a challenge, or the path of a submission, read from the chain.

  --follow            stay until the submission's path has ended
${NETWORK_HELP}`

export const status: Command = {
  summary: 'show a challenge, or the path of a submission',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      solver: { type: 'string' },
      attempt: { type: 'string' },
      follow: { type: 'boolean' },
    })
    const client = createClient(readConfig(values, io))
    const [what] = positionals
    if (!what?.includes('/') && !values.solver) {
      const id = challengeNumber(what)
      const facts = await readFacts(client, id, { signal: io.signal })
      const title = await readContext(client, id, { signal: io.signal })
        .then((context) => context.manifest.title)
        .catch((error: unknown) => {
          if (error instanceof ContentError) return null
          throw error
        })
      const board = await view(client.chain, views.board({ challenge: id }), { signal: io.signal })
      const { phase, challenge, state } = facts
      if (values.json) printJson(io, { id, title, phase, challenge, state, board })
      else io.stdout(showChallenge(facts, title) + showBoard(facts, board))
      return EXIT.ok
    }
    const ref = submissionRef(what, values)
    let path = await readSubmission(client, ref, { signal: io.signal })
    if (values.follow) {
      for await (const next of watchSubmission(client, ref, { signal: io.signal })) {
        path = next
        if (!values.json) io.stdout(showSubmission(next))
      }
    }
    if (values.json) printJson(io, path)
    else if (!values.follow) io.stdout(showSubmission(path))
    return EXIT.ok
  },
}

function showChallenge({ id, challenge, state, token, phase }: ChallengeFacts, title: string | null): string {
  const { terms } = challenge
  const lines = [
    `Challenge ${id}: ${title ?? '(manifest not available now)'}  [${phase.replace('_', ' ')}]`,
    `  prize       ${prizeOf(terms, token)}; ${money(state.escrow, token)} left`,
    `  threshold   ${terms.direction === Direction.Maximize ? '≥' : '≤'} ${scoreToDecimal(terms.threshold)}, scores in steps of ${scoreToDecimal(terms.step)}`,
    `  deposit     ${money(terms.deposit, token)}`,
    `  oracles     ${terms.quorum} of ${terms.oracles.length}: ${terms.oracles.join(', ')}`,
    `  accepted    ${state.accepted.filter((version) => version > 0).length} of ${terms.oracles.length}`,
    `  submissions ${state.submitted}, ${state.finalized} of them final, ${state.winners} won`,
    `  deadline    ${time(terms.deadline)}`,
    `  if nobody grades by ${time(terms.grade_by)}, ungraded submissions share ${terms.silence_share / 100}% and the rest goes back`,
  ]
  return `${lines.join('\n')}\n`
}

/** Winners of a bounty; of a ranking the running table on the public rows, or the ranking itself. */
function showBoard({ challenge, state, token, clock }: ChallengeFacts, board: readonly Place[]): string {
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
          ? `nobody ranked in time; ${running} counts`
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
