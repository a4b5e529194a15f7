/** `stellartrain record`: what became of a solver's submissions, and folding another one in. */
import { asSigner } from '@stellartrain/contracts-client'
import { createClient } from '../client.ts'
import { foldRecord, readRecord, type SolverRecord } from '../records.ts'
import { namedSubmission, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { time } from './show.ts'

const help = `Usage: stellartrain record [G…]                     a solver's record (yours, unless named)
       stellartrain record fold CHALLENGE/NUMBER    count a final submission in its solver's record, once

A record is kept on-chain and counts what somebody folded in; anybody may fold any final submission.
A submission is named CHALLENGE/NUMBER or CHALLENGE/SOLVER/ATTEMPT.

${SIGNER_HELP}${NETWORK_HELP}`

export const record: Command = {
  summary: "show a solver's record, or fold a submission into it",
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    if (positionals[0] === 'fold') {
      const ref = await namedSubmission(client, positionals[1], { signal })
      const folded = await foldRecord(client, ref, readSecret(values, config, io), { signal })
      if (values.json) printJson(io, { ...ref, ...folded })
      else {
        io.stdout(`Counted in the record of ${ref.solver}, transaction ${folded.hash}\n${lines(folded.record)}`)
      }
      return EXIT.ok
    }
    const solver = positionals[0] ?? asSigner(readSecret(values, config, io)).address
    const found = await readRecord(client, solver, { signal })
    if (values.json) printJson(io, { solver, ...found })
    else io.stdout(`${solver}\n${lines(found)}`)
    return EXIT.ok
  },
}

function lines(record: SolverRecord): string {
  if (record.submissions === 0) return '  nothing folded in yet\n'
  const { submissions, wins, scored, duplicates, rejected, unsettled } = record
  const when = `  from ${time(record.first)} to ${time(record.last)}\n`
  return `  ${submissions} submissions, ${wins} won\n  ${scored} scored, ${duplicates} duplicates, ${rejected} rejected, ${unsettled} without a verdict, ${record.void} void\n${when}`
}
