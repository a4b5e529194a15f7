/** `stellartrain record`: what became of a solver's submissions, and counting another one. */

import { foldRecord, readRecord, type SolverRecord } from '../challenge/records.ts'
import { counted } from '../system/counted.ts'
import { parseAddress } from '../system/names.ts'
import { namedSubmission, parse, submissionRef } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { time } from './show.ts'

export const record: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS, 2)
    const [first, second] = positionals
    if (first === 'fold') {
      const name = submissionRef(second)
      const { client, signer, options } = await connect(values, io)
      const ref = await namedSubmission(client, name, options)
      const folded = await foldRecord(client, ref, signer(), options)
      if (values.json) printJson(io, { ...ref, ...folded })
      else io.stdout(`Counted in the record of ${ref.solver}. Transaction ${folded.hash}\n${lines(folded.record)}`)
      return EXIT.ok
    }
    const named = first === undefined ? undefined : parseAddress(first)
    const { client, signer, options } = await connect(values, io)
    const solver = named ?? signer().address
    const found = await readRecord(client, solver, options)
    if (values.json) printJson(io, { solver, ...found })
    else io.stdout(`${solver}\n${lines(found)}`)
    return EXIT.ok
  },
}

function lines(record: SolverRecord): string {
  if (record.submissions === 0) return '  no submissions counted yet\n'
  const { submissions, wins, scored, rejected, unavailable, unsettled } = record
  const when = `  from ${time(record.first)} to ${time(record.last)}\n`
  return `  ${counted(submissions, 'submission')}, ${wins} won\n  ${scored} scored, ${rejected} rejected, ${unavailable} unavailable, ${unsettled} undecided, ${record.void} not needed\n${when}`
}
