/** Two accounts of the same challenges and people: what events add up to, and what the contract stores. */
import { createHash } from 'node:crypto'
import { Address, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'
import { cidToString } from '@stellartrain/contracts-client'
import { NO_ATTEMPTS, tryOnce } from '@stellartrain/contracts-client/rules'
import { boardOf, rankingOf } from '../project/lists.ts'
import { type ChallengeRow, JUDGE, type RankingPost, type SubmissionRow } from '../project/model.ts'
import { makerRecords, oracleRecords } from '../project/records.ts'
import type { World } from '../project/world.ts'
import { compareAnswers } from './answers.ts'
import { frozenOfContract, frozenOfRow, listOfContract, listOfRow, stateOfContract, stateOfRow } from './challenge.ts'
import { type Compare, type Difference, differing, type Fields, fieldsOf, hex } from './fields.ts'
import type { StoredChallenge, StoredPeople } from './stored.ts'
import { submissionOfContract, submissionOfRow } from './submission.ts'

export type { Difference } from './fields.ts'
export { differing } from './fields.ts'

/** What is wrong with one challenge. The world must be whole. */
export function compareChallenge(world: World, row: ChallengeRow, stored: StoredChallenge): Difference[] {
  const differences: Difference[] = []
  const where = `challenge ${row.id}`
  const compare: Compare = (what, mine, theirs) => {
    differences.push(...differing(what === '' ? where : `${where} ${what}`, mine, theirs))
  }
  const rows = submissionsOf(world, row.id)
  compare('', frozenOfRow(row), frozenOfContract(stored.challenge))
  compare('', stateOfRow(row), stateOfContract(stored.state))
  compare('', listsOf(world, row, rows), {
    board: listOfContract(stored.board),
    rankingRows: listOfContract(stored.rankings.rows),
    rankingVotes: stored.rankings.votes.map(({ oracle, hash }) => `${oracle}/${hex(hash)}`).join(),
    shares: stored.shares ? hex(stored.shares) : '',
  })
  compare('', { submissions: rows.length }, { submissions: stored.state.submitted })
  const theirs = new Map(stored.submissions.map((one) => [slot(one), one.submission]))
  for (const mine of rows) {
    const { number, solver } = mine.facts
    const found = theirs.get(slot({ solver, attempt: mine.attempt }))
    compare(`submission ${number}`, submissionOfRow(mine, world.votesOn(row.id, number)), submissionOfContract(found))
  }
  compareEarnings(world, row, stored, compare)
  const reveals = world.newReveals.filter((reveal) => reveal.challenge === row.id)
  const revealed = Object.fromEntries(reveals.map(({ by, cid }) => [by, cid]))
  compare('revealed', revealed, fieldsOf(stored.revealed, cidToString))
  const attempts = fieldsOf(stored.attempts, (a) => [a.attempts, a.day, a.today].join('/'))
  compare('attempts', attemptsOf(rows), attempts)
  if (stored.answers) compareAnswers(row, rows, stored.answers, compare)
  return differences
}

const slot = ({ solver, attempt }: { solver: string; attempt: number }): string => `${solver} ${attempt}`

function listsOf(world: World, row: ChallengeRow, rows: readonly SubmissionRow[]): Fields {
  const posts = (world.rankings.get(row.id) ?? []).filter(({ by }) => by !== JUDGE)
  return {
    board: listOfRow(boardOf(row.facts), rows),
    rankingRows: listOfRow(rankingOf(row.facts), rows),
    rankingVotes: posts.map((post) => `${post.by}/${hashOf(post)}`).join(),
    shares: world.newShares.find(({ challenge }) => challenge === row.id)?.shares ?? '',
  }
}

/** SHA-256 of the XDR of the rows, as the contract keeps it. */
function hashOf({ rows }: RankingPost): string {
  const symbol = (name: string) => xdr.ScVal.scvSymbol(name)
  const entry = (name: string, val: xdr.ScVal) => new xdr.ScMapEntry({ key: symbol(name), val })
  const value = xdr.ScVal.scvVec(
    rows.map(({ solver, attempt, score }) =>
      xdr.ScVal.scvMap([
        entry('attempt', nativeToScVal(attempt, { type: 'u32' })),
        entry('score', nativeToScVal(score, { type: 'i64' })),
        entry('solver', new Address(solver).toScVal()),
      ]),
    ),
  )
  return createHash('sha256')
    .update(Buffer.from(value.toXdr('base64'), 'base64'))
    .digest('hex')
}

/** What is wrong with the public records. The world must be whole. */
export function comparePeople(world: World, stored: StoredPeople): Difference[] {
  const differences: Difference[] = []
  const oracles = oracleRecords(world)
  const makers = makerRecords(world)
  for (const address of new Set([...oracles.keys(), ...stored.oracles.keys()])) {
    const theirs = stored.oracles.get(address)
    differences.push(...differing(`oracle ${address}`, { ...oracles.get(address) }, { ...theirs?.record }))
    const keys = world.newKeys.filter((key) => key.oracle === address).sort((a, b) => a.version - b.version)
    const mine = keys.map((key) => [key.key, key.url, key.metadata, key.at].join('/'))
    const known = (theirs?.keys ?? []).map(({ key, url, metadata, time }) =>
      // As it is written down: no text column takes a NUL.
      [hex(key), String(url).replaceAll('\0', '\ufffd'), cidToString(metadata), time].join('/'),
    )
    differences.push(...differing(`oracle ${address} keys`, { ...mine }, { ...known }))
  }
  for (const address of new Set([...makers.keys(), ...stored.makers.keys()])) {
    differences.push(...differing(`maker ${address}`, { ...makers.get(address) }, { ...stored.makers.get(address) }))
  }
  return differences
}

function compareEarnings(world: World, row: ChallengeRow, stored: StoredChallenge, compare: Compare): void {
  const { epochs, total, claimed } = stored.earnings
  const mine = { epochs: row.epochs, total: row.earned, claimed: row.claimed }
  compare('earnings', mine, { epochs, total, claimed })
  const votes = world.epochVotes.get(row.id) ?? []
  const posted = votes.filter((vote) => vote.quorum)
  compare(
    'epochs',
    Object.fromEntries(posted.map((vote) => [vote.epoch, [vote.root, vote.total, vote.at].join('/')])),
    Object.fromEntries(
      stored.epochs.flatMap(({ posted: e }, index) =>
        e ? [[index + 1, [hex(e.root), e.total, e.time].join('/')]] : [],
      ),
    ),
  )
  const coming = votes.filter((vote) => vote.epoch === row.epochs + 1)
  compare(
    'epochs',
    { votes: coming.map((vote) => [vote.oracle, vote.root, vote.total].join('/')).join() },
    { votes: (stored.epochs[epochs]?.votes ?? []).map((v) => [v.oracle, hex(v.root), v.total].join('/')).join() },
  )
  compare('claimed', claimedOf(world, row.id), fieldsOf(stored.claimed, String))
}

/** What each labeler was sent. */
export function claimedOf(world: World, challenge: number): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const claim of world.newClaims) {
    if (claim.challenge === challenge) sums[claim.labeler] = (sums[claim.labeler] ?? 0n) + claim.amount
  }
  return sums
}

export function submissionsOf(world: World, challenge: number): SubmissionRow[] {
  return [...world.submissions.values()]
    .filter((row) => row.challenge === challenge)
    .sort((a, b) => a.facts.number - b.facts.number)
}

function attemptsOf(rows: readonly SubmissionRow[]): Fields {
  const found = new Map<string, typeof NO_ATTEMPTS>()
  for (const { facts } of rows) found.set(facts.solver, tryOnce(found.get(facts.solver) ?? NO_ATTEMPTS, facts.time))
  return fieldsOf(found, ({ count, day, today }) => [count, day, today].join('/'))
}
