/**
 * The cheap comparison, a few dozen challenges a request: how many challenges the contract counts, and the counters and the money of
 * each. Almost any event that was left out shows here; the rest is found by looking at one challenge after the other (look.ts).
 */

import { scValToNative } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  type Earnings,
  type ReadOptions,
  readEntries,
  type State,
  storage,
  stored,
  view,
  views,
} from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import { World } from '../project/world.ts'
import { loadChallenges } from '../store/load.ts'
import { lastEventSql } from '../store/partitions.ts'
import { stateOfContract, stateOfRow } from './challenge.ts'
import { type Difference, differing } from './compare.ts'
import { hex } from './fields.ts'
import { readAs } from './reads.ts'
import { replayEntries } from './recorded.ts'

/** RPC takes 200 keys a request: the counter, and at most four entries of each. */
const AT_ONCE = 49

export type Swept = {
  /** How many challenges the contract has. */
  challenges: number
  /** Of those asked for, the ones that differ, and the ones that could not be compared. */
  different: { id: number; differences: Difference[] }[]
  moving: number[]
  /** Those that have a row here and whose state nobody shows: archived or left out, which only the contract can tell. */
  unread: number[]
  /** The ledger in which the others were equal; null: not even the counter could be read. */
  ledger: number | null
}

export async function sweep(
  client: ClientBase,
  chain: Chain,
  ids: readonly number[],
  options: ReadOptions & { pace?: () => Promise<void> } = {},
): Promise<Swept> {
  const all: Swept = { challenges: 0, different: [], moving: [], unread: [], ledger: null }
  for (let at = 0; at === 0 || at < ids.length; at += AT_ONCE) {
    const part = await sweepPart(client, chain, ids.slice(at, at + AT_ONCE), options)
    all.challenges = Math.max(all.challenges, part.challenges)
    all.different.push(...part.different)
    all.moving.push(...part.moving)
    all.unread.push(...part.unread)
    if (part.ledger === null) return { ...all, ledger: null }
    all.ledger = Math.min(all.ledger ?? part.ledger, part.ledger)
    await options.pace?.()
  }
  return all
}

type OpenVotes = { epochs: number; votes: string; rankingVotes: number }

/** Votes that change no counter yet: on the epoch to come, and on a ranking. */
async function openVotes(client: ClientBase, ids: readonly number[]): Promise<Map<number, OpenVotes>> {
  const { rows } = await client.query(
    `select c.id::float8 as id, c.epochs, coalesce((select string_agg(v.oracle || '/' || v.root || '/' || v.total, ',' order by v.event_id)
        from epoch_votes v where v.challenge = c.id and v.epoch = c.epochs + 1), '') as votes,
      (select count(*)::int from rankings r where r.challenge = c.id and r.by < 253) as ranked
      from challenges c where c.id = any($1)`,
    [ids],
  )
  return new Map(
    (rows as { id: number; epochs: number; votes: string; ranked: number }[]).map(({ id, epochs, votes, ranked }) => [
      id,
      { epochs, votes, rankingVotes: ranked },
    ]),
  )
}

async function sweepPart(
  client: ClientBase,
  chain: Chain,
  ids: readonly number[],
  options: ReadOptions,
): Promise<Swept> {
  const { contract } = chain.network
  const counter = storage.nextChallenge(contract)
  const open = await openVotes(client, ids)
  const keysOf = (id: number) => [
    ...[storage.state(contract, id), storage.earnings(contract, id), storage.rankings(contract, id)],
    storage.epoch(contract, id, (open.get(id)?.epochs ?? 0) + 1),
  ]
  const keys = [counter, ...ids.flatMap(keysOf)]
  let latest = 0
  const rpc = {
    ...chain.rpc,
    async request<T>(method: string, params?: object, more = {}) {
      const answer = await chain.rpc.request<T>(method, params, more)
      latest = (answer as { latestLedger: number }).latestLedger
      return answer
    },
  }
  const entries = await readEntries({ ...chain, rpc }, keys, options)
  const changed = (key: (typeof keys)[number]) => entries.get(key.toXdr('base64'))?.lastModifiedLedger ?? 0
  const data = entries.get(counter.toXdr('base64'))?.data
  // Without a challenge yet there is no counter; where it is archived, only the contract itself can be asked.
  const next =
    data?.type === 'contractData'
      ? Number(scValToNative(data.contractData.val))
      : (await view(chain, views.challenges(), options)) + 1
  const replay = replayEntries(chain, new Map([...entries].map(([key, entry]) => [key, entry.data.toXdr('base64')])))

  await client.query('begin isolation level repeatable read, read only')
  try {
    const { rows } = await client.query(
      `select s.ledger, w.id::float8 as id, coalesce(${lastEventSql('ledger', 'w.id')}, 0) as last from sync s, unnest($1::bigint[]) as w (id)`,
      [[0, ...ids]],
    )
    const places = new Map((rows as { ledger: number; id: number; last: number }[]).map((row) => [row.id, row]))
    const ledger = places.get(0)?.ledger
    if (ledger === undefined) return { challenges: next - 1, different: [], moving: [...ids], unread: [], ledger: null }
    const world = new World()
    if (ids.length > 0) await loadChallenges(client, world, [...ids])
    const votesNow = await openVotes(client, ids)
    const swept: Swept = {
      challenges: next - 1,
      different: [],
      moving: [],
      unread: [],
      ledger: Math.min(ledger, latest),
    }
    if (changed(counter) > ledger) swept.ledger = null
    for (const id of ids) {
      const row = world.challenges.get(id)
      const state: State | undefined = await stored.state(replay, id)
      const modified = Math.max(...keysOf(id).map(changed))
      if (!row) continue
      if (!state) {
        swept.unread.push(id)
        continue
      }
      if (modified > ledger || places.get(id)!.last > latest) {
        swept.moving.push(id)
        continue
      }
      const earnings = await readAs<Earnings>(replay, storage.earnings(contract, id), 'earnings')
      // An epoch that was made between the two reads is looked at the next time.
      if (open.get(id)?.epochs !== row.epochs) {
        swept.moving.push(id)
        continue
      }
      const { votes: told } = await stored.epoch(replay, id, row.epochs + 1)
      const { votes: ranked } = await stored.rankings(replay, id)
      const { votes, rankingVotes } = votesNow.get(id) ?? { votes: '', rankingVotes: 0 }
      const mine = {
        ...{ ...stateOfRow(row), epochs: row.epochs, total: row.earned, claimed: row.claimed, votes, rankingVotes },
      }
      const theirs = {
        ...{ ...stateOfContract(state), ...(earnings ?? { epochs: 0, total: 0n, claimed: 0n }) },
        votes: told.map((vote) => [vote.oracle, hex(vote.root), vote.total].join('/')).join(),
        rankingVotes: ranked.length,
      }
      const differences = differing(`challenge ${id}`, mine, theirs)
      if (differences.length > 0) swept.different.push({ id, differences })
    }
    return swept
  } finally {
    await client.query('commit').catch(() => {})
  }
}

/** A challenge's row beside the state that the contract answered in a ledger. @returns null where they are not of one moment */
export async function compareState(
  client: ClientBase,
  id: number,
  told: { state: State; ledger: number },
): Promise<Difference[] | null> {
  await client.query('begin isolation level repeatable read, read only')
  try {
    const { rows } = await client.query(
      `select s.ledger, coalesce(${lastEventSql('ledger', '$1::bigint')}, 0) as last from sync s`,
      [id],
    )
    const [at] = rows as { ledger: number; last: number }[]
    if (!at || at.ledger < told.ledger || at.last > told.ledger) return null
    const world = new World()
    await loadChallenges(client, world, [id])
    const row = world.challenges.get(id)
    return row ? differing(`challenge ${id}`, stateOfRow(row), stateOfContract(told.state)) : null
  } finally {
    await client.query('commit').catch(() => {})
  }
}
