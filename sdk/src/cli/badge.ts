/** `stellartrain badge`: mints the badge of a winning submission, or shows one. */
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import { type BadgeFacts, mintBadge, readBadge } from '../challenge/records.ts'
import { namedSubmission, parse, submissionRef, wholeNumber } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'

export const badge: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS, 2)
    const [first, second] = positionals
    if (first === 'mint') {
      const name = submissionRef(second)
      const { client, signer, options } = await connect(values, io)
      const minted = await mintBadge(client, await namedSubmission(client, name, options), signer(), options)
      if (values.json) printJson(io, { ...shown(minted), hash: minted.hash, ledger: minted.ledger })
      else io.stdout(`${text(minted)}${minted.hash ? `  transaction ${minted.hash}\n` : '  it was minted before\n'}`)
      return EXIT.ok
    }
    if (first === undefined) throw new UsageError('Name a badge by its number, e.g. 3.')
    const number = wholeNumber('A badge’s number', first)
    const { client, options } = await connect(values, io)
    const found = await readBadge(client, number, options)
    if (values.json) printJson(io, shown(found))
    else io.stdout(text(found))
    return EXIT.ok
  },
}

function shown({ badge, facts, owner, uri, document }: BadgeFacts) {
  return { badge, owner, uri, ...facts, document: JSON.parse(new TextDecoder().decode(document)) as object }
}

function text({ badge, facts, owner, uri }: BadgeFacts): string {
  const { number, challenge, score } = facts
  return `Badge ${badge} of ${owner}\n  submission ${number} of challenge ${challenge}, score ${scoreToDecimal(score)}\n  ${uri}\n`
}
