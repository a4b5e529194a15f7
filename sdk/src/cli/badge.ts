/** `stellartrain badge`: takes the badge of a winning submission, or shows one. */
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import { createClient } from '../client.ts'
import { type BadgeFacts, mintBadge, readBadge } from '../records.ts'
import { namedSubmission, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'

const help = `Usage: stellartrain badge mint CHALLENGE/SOLVER/ATTEMPT   take the badge of your winning submission
       stellartrain badge NUMBER                          show a badge

A badge is a token that nobody can transfer. Its document is composed by the contract; minting also puts it on the IPFS
node and checks that it has the CID that the contract names. Done twice, it goes on with the badge that is there.
A submission can also be named CHALLENGE/NUMBER.

${SIGNER_HELP}${NETWORK_HELP}`

export const badge: Command = {
  summary: 'take or show a badge',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    if (positionals[0] === 'mint') {
      const ref = await namedSubmission(client, positionals[1], { signal })
      const minted = await mintBadge(client, ref, readSecret(values, config, io), { signal })
      if (values.json) printJson(io, { ...shown(minted), hash: minted.hash, ledger: minted.ledger })
      else {
        io.stdout(`${text(minted)}${minted.hash ? `  transaction ${minted.hash}\n` : '  it had been minted before\n'}`)
      }
      return EXIT.ok
    }
    const found = await readBadge(client, badgeNumber(positionals[0]), { signal })
    if (values.json) printJson(io, shown(found))
    else io.stdout(text(found))
    return EXIT.ok
  },
}

function badgeNumber(text: string | undefined): number {
  if (!/^[1-9]\d{0,8}$/.test(text ?? '')) throw new UsageError('Name a badge by its number, e.g. 3.')
  return Number(text)
}

function shown({ badge, facts, owner, uri, document }: BadgeFacts) {
  return { badge, owner, uri, ...facts, document: JSON.parse(new TextDecoder().decode(document)) as object }
}

function text({ badge, facts, owner, uri }: BadgeFacts): string {
  const { number, challenge, score } = facts
  return `Badge ${badge} of ${owner}\n  submission ${number} of challenge ${challenge}, score ${scoreToDecimal(score)}\n  ${uri}\n`
}
