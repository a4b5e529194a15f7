/** The contract's own entries of challenges whose events are not all to be had, kept as they were read. */
import { connect, networkName } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import { type Hints, restoreReading } from '../verify/reads.ts'
import type { Recorded } from '../verify/recorded.ts'
import type { StoredChallenge } from '../verify/stored.ts'

/** Entries as key and entry, both XDR in base64, and what they were looked for with. */
type Kept = { entries: [key: string, entry: string][]; hints: Hints }

type Row = { ledger: number; entries: Kept; network: string; contract: string }

/** @returns null where its events are whole */
export async function readBase(
  client: ClientBase,
  id: number,
): Promise<{ ledger: number; stored: StoredChallenge } | null> {
  const { rows } = await client.query(
    'select n.ledger, n.entries, s.network, s.contract from snapshots n, sync s where n.challenge = $1',
    [id],
  )
  const [row] = rows as Row[]
  if (!row) return null
  const { network, contract, entries: kept } = row
  // Only names keys: no network is asked.
  const chain = connect({ name: networkName(network), passphrase: network, rpcUrl: 'http://localhost', contract })
  const stored = await restoreReading(chain, id, new Map(kept.entries), kept.hints)
  return stored && { ledger: row.ledger, stored }
}

export async function keepSnapshot(
  client: ClientBase,
  id: number,
  ledger: number,
  { entries }: Recorded,
  { labelers }: Hints,
  stored: StoredChallenge,
): Promise<void> {
  const submissions = stored.submissions.map(({ solver, attempt }) => ({ solver, attempt }))
  const kept: Kept = { entries: [...entries], hints: { labelers, submissions } }
  await client.query(
    `insert into snapshots (challenge, ledger, entries) values ($1, $2, $3)
      on conflict (challenge) do update set ledger = excluded.ledger, entries = excluded.entries`,
    [id, ledger, JSON.stringify(kept)],
  )
}
