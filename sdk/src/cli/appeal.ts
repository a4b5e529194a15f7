/** `stellartrain appeal`: a solver opens its work to the judge that grades, which scores it and rules. */
import { scoreToDecimal, toDecimal } from '@stellartrain/contracts-client'
import type { SubmissionRef } from '../challenge/history.ts'
import { appealSubmission } from '../judge/recount.ts'
import { type RecountStanding, readRecount } from '../judge/recount-standing.ts'
import { counted } from '../system/counted.ts'
import { isoTime } from '../system/iso-time.ts'
import { namedSubmission, parse, submissionRef } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson } from './io.ts'
import { readInput } from './read-write.ts'
import { draftsOf } from './resume-drafts.ts'

export const appeal: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      file: { type: 'string' },
      check: { type: 'boolean' },
      disclosure: { type: 'string' },
      solver: { type: 'string' },
      attempt: { type: 'string' },
    })
    const name = submissionRef(positionals[0], values)
    const content = values.file === undefined ? undefined : readInput(values.file, io)
    const { client, signer, options } = await connect(values, io)
    const ref = await namedSubmission(client, name, options)
    const onChunk = (open: number, of: number) => io.stderr(`Opened chunk ${open} of ${of}\n`)
    const standing = await readRecount(client, ref, options)
    if (values.check) return check(standing, ref, values, io)
    const disclosure = values.disclosure === undefined ? undefined : readInput(values.disclosure, io)
    const from = disclosure ? { disclosure } : { drafts: draftsOf(io), content }
    if (!standing.work.scored) io.stderr(`It takes ${leftWords(standing)}.\n`)
    const done = await appealSubmission(client, ref, from, signer(), { ...options, onChunk })
    if (values.json) printJson(io, { ...done, score: String(done.score) })
    else {
      const name = `${done.challenge}/${done.number}`
      const said = `submission ${name} scores ${scoreToDecimal(done.score)}, before it is rounded to the step.`
      io.stdout(
        done.ruledFrom === null
          ? `Recounted on the ledger: ${said}\n`
          : `Opened to the judge: ${said}\nIdentical content is a copy here, so it is ruled on from ${isoTime(done.ruledFrom)} on: run \`npx stellartrain appeal ${name}\` again then, unless an oracle was faster.\n`,
      )
    }
    return EXIT.ok
  },
}

function check(
  at: RecountStanding,
  { challenge, solver, attempt }: SubmissionRef,
  values: { json?: boolean | undefined },
  io: Io,
): number {
  const { judge, from, openUntil, until, truth, work, cost, rules } = at
  // What is checked is whether it can be appealed at all; what is left of it is shown.
  const possible = rules ? EXIT.ok : EXIT.refused
  if (values.json) {
    const { score, ...rest } = work
    printJson(io, {
      ...{ challenge, solver, attempt, judge, configured: rules !== null, from, openUntil, until, truth },
      work: { ...rest, score: score === null ? null : String(score) },
      cost,
    })
    return possible
  }
  io.stdout(
    [
      `judge     ${judge}, a contract that computes the score on the ledger${rules ? '' : '; its maker never fixed how: nothing can be recounted'}`,
      `opened    from ${isoTime(from)} on, before ${isoTime(openUntil)}; all ends at ${isoTime(until)}`,
      `truth     ${truth.open ? 'open' : `not open yet (${counted(truth.chunks, 'chunk')} so far)`}`,
      `your work ${work.scored ? `open${work.ruled ? ', ruled on' : ''}` : `${work.chunks} of ${atMost(cost.transactions, 'chunk')} open`}`,
      `left      ${leftWords(at)}`,
      '',
    ].join('\n'),
  )
  return possible
}

function leftWords({ cost, work }: RecountStanding): string {
  const left = Math.max(0, cost.transactions - work.chunks)
  const fee = cost.transactions === 0 ? 0n : (cost.stroops * BigInt(left)) / BigInt(cost.transactions)
  return `${atMost(left, 'transaction')}, about ${toDecimal(fee, 7)} XLM`
}

/** Shorter labels than the longest one take fewer chunks. */
const atMost = (count: number, what: string): string => `${count > 1 ? 'at most ' : ''}${counted(count, what)}`
