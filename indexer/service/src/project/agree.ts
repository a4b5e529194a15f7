/** An event says what came of a call; what we make of the call must be the same, or events are missing before it. */
import { packFlags, type Standing } from '@stellartrain/contracts-client/rules'
import type { Row } from '../decode/events.ts'
import type { ChallengeRow } from './model.ts'
import { MissingError } from './world.ts'

/** @throws MissingError */
export function agreeOnRows({ id }: ChallengeRow, mine: readonly Row[], theirs: readonly Row[]): void {
  if (mine.length !== theirs.length)
    throw new MissingError(`${theirs.length} rows of challenge ${id} come to ${mine.length}`)
  theirs.forEach((row, index) => {
    if (isSame(mine[index]!, row)) return
    const [found, told] = [rowText(mine[index]!), rowText(row)]
    if (found !== told) throw new MissingError(`a row of challenge ${id} says ${told}, and comes to ${found}`)
  })
}

/** @throws MissingError */
export function agree<Value>(what: string, mine: Value, theirs: Value): void {
  if (mine !== theirs) throw new MissingError(`${what}: the event says ${theirs}, and it comes to ${mine}`)
}

/**
 * By whom a ranking's prizes go is told by an event of its own where no quorum of oracles made it so, right before the event of the
 * call that decided it. @throws MissingError
 */
export function agreeOnRanking({ id, facts, rankingFixed }: ChallengeRow): void {
  const { placed } = facts.rankings
  agree(`the ranking of challenge ${id}`, placed === 'oracles' ? null : placed, rankingFixed)
}

const rowText = ({ number, by, says, flags, status, amount }: Row): string =>
  [number, by, ...Object.values(says), packFlags(flags), status, amount].join('/')

/** Almost always, and told without text. */
function isSame(one: Row, other: Row): boolean {
  return (
    one.number === other.number &&
    one.by === other.by &&
    one.status === other.status &&
    one.amount === other.amount &&
    packFlags(one.flags) === packFlags(other.flags) &&
    saysSame(one.says, other.says)
  )
}

function saysSame(one: Standing, other: Standing): boolean {
  if (one.status === 'scored' && other.status === 'scored')
    return one.score === other.score && one.content === other.content && one.units === other.units
  if (one.status === 'rejected' && other.status === 'rejected') return one.reason === other.reason
  return one.status === other.status
}
