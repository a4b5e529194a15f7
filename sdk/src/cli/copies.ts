/** `stellartrain copies`: opened submissions of different solvers that resemble each other, in one challenge or between two. */

import { type ComparedOf, type FoundCopies, findCopiesAcross, findNearCopies } from '../opened/near-copies.ts'
import { counted, partOf } from '../system/counted.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'

const WORDS = {
  errors: 'go wrong in the same places',
  residuals: 'are off by the same amounts',
  cells: 'have the same cells',
} as const

export const copies: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, { ...NETWORK_OPTIONS, with: { type: 'string' } })
    const challenge = challengeNumber(positionals[0])
    const other = values.with === undefined ? undefined : challengeNumber(values.with)
    if (other === challenge) throw new UsageError('--with names another challenge.')
    const { client, options } = await connect(values, io)
    if (other === undefined) {
      const found = await findNearCopies(client, challenge, options)
      if (values.json) printJson(io, { challenge, ...found })
      else sayWithin(io, found)
      return EXIT.ok
    }
    const found = await findCopiesAcross(client, [challenge, other], options)
    if (values.json) {
      printJson(io, found)
      return EXIT.ok
    }
    sayPairs(io, found.pairs, (number, side) => `${found.challenges[side].challenge}/${number}`)
    const { pairs, morePairs, rows, shared } = found
    const [mine, theirs] = found.challenges.map((one) => `${ofOpened(one)} of challenge ${one.challenge}`)
    io.stdout(`${countOf(pairs.length + morePairs)} between ${mine} and ${theirs}.\n`)
    if (morePairs > 0) io.stdout(`Not shown: the ${morePairs} least alike of them.\n`)
    io.stdout(`Compared on ${partOf(rows, shared, 'id')} that both have.\n`)
    for (const one of found.challenges) sayLeftOut(io, one, ` of challenge ${one.challenge}`, HALF)
    return EXIT.ok
  },
}

function sayWithin(io: Io, found: FoundCopies): void {
  sayPairs(io, found.pairs, (number) => `#${number}`)
  io.stdout(`${countOf(found.pairs.length)} among ${ofOpened(found)}.\n`)
  sayLeftOut(io, found, '', WHOLE)
}

function sayPairs(io: Io, pairs: FoundCopies['pairs'], nameOf: (number: number, side: 0 | 1) => string): void {
  for (const { numbers, solvers, measure, value } of pairs)
    io.stdout(
      `  ${value.toFixed(4)}  ${nameOf(numbers[0], 0)} and ${nameOf(numbers[1], 1)} ${WORDS[measure]}\n          ${solvers.join('\n          ')}\n`,
    )
}

const countOf = (pairs: number): string =>
  pairs === 0 ? 'No pairs of near-copies' : counted(pairs, 'pair of near-copies', 'pairs of near-copies')
const ofOpened = ({ compared, opened }: ComparedOf): string => partOf(compared, opened, 'opened submission')

/** What the submissions of one challenge may take. */
const WHOLE = { steps: '20,000,000,000', mib: 256 }
const HALF = { steps: '10,000,000,000', mib: 128 }

function sayLeftOut(io: Io, { leftOut }: ComparedOf, where: string, most: typeof WHOLE): void {
  if (leftOut.files > 0) io.stdout(`Not compared${where}: the ${leftOut.files} behind the first 100.\n`)
  if (leftOut.bytes > 0)
    io.stdout(`Not compared${where}: ${leftOut.bytes}, for all files together may have ${most.mib} MiB.\n`)
  if (leftOut.steps > 0)
    io.stdout(`Not compared${where}: ${leftOut.steps}, for all models together may take ${most.steps} steps.\n`)
}
