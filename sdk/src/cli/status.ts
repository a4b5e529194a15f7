/** `stellartrain status`: a challenge as the chain has it, or a submission step by step. */

import { purseOf, view, views } from '@stellartrain/contracts-client'
import { closing } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { readFacts, readManifest } from '../challenge/context.ts'
import { readRulesFacts } from '../challenge/due.ts'
import { readSubmission, watchSubmission } from '../submit/submission-status.ts'
import { challengeNumber, parse, submissionRef } from './args.ts'
import { type ChallengeView, challengeJson } from './challenge-json.ts'
import { challengeText } from './challenge-text.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { type Connection, connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { resumeOwn } from './resume-drafts.ts'
import { showSubmission } from './show.ts'

export const status: Command = {
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
      const shown = await readView(await connect(values, io), id)
      if (values.json) printJson(io, challengeJson(shown))
      else io.stdout(challengeText(shown))
      return EXIT.ok
    }
    const name = submissionRef(what, values)
    const connection = await connect(values, io)
    await resumeOwn(connection, io)
    const { client, options } = connection
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

async function readView({ client, options }: Connection, id: number): Promise<ChallengeView> {
  const facts = await readFacts(client, id, options)
  const { maker } = facts.challenge
  const [manifest, board, counters, opening] = await Promise.all([
    readManifest(client, facts.challenge, options).catch((error: unknown) => {
      if (error instanceof ContentError) return undefined
      throw error
    }),
    view(client.chain, views.board({ challenge: id }), options),
    readRulesFacts(client, facts, options),
    view(client.chain, views.revealed({ challenge: id, by: maker }), options),
  ])
  const rest = closing(facts.terms, counters, purseOf(facts.state), facts.clock.closedAt)
  const { folded, unopened, tallies } = facts.state
  const conduct = { folded, unopened, opened: Boolean(opening), tallies }
  return { facts, manifest, board, counters, conduct, closing: rest }
}
