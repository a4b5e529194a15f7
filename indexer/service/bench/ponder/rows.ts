/** The rows that both write, in one form, so that they can be compared: columns that only one of them has are left out. */
import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { bytes32, hex32 } from './chain.ts'

/** Of one side: how many rows there are, and what they say. */
export type Content = Record<Table, { rows: number; hash: string; lines: readonly string[] }>
export type Table = keyof typeof OURS

type Sql = { select: string; from: string }

/** `address:` and `hex:` mark what an EVM contract says in 32 bytes. */
const OURS = {
  events: { select: 'closed_at, tx_hash, type, coalesce(challenge, 0)', from: 'public.events' },
  challenges: {
    select: 'id, address:maker, address:token, prize, created_at, submitted, concluded, events',
    from: 'public.challenges',
  },
  submissions: {
    select:
      'challenge, number, address:solver, attempt, cid, hex:commitment, units, submitted_at, submit_tx, status, score, hex:content_hash, accepted_units, verdict_at, verdict_tx, paid',
    from: 'public.submissions',
  },
  votes: {
    select:
      'v.challenge, v.number, address:coalesce(o.address, c.judge), v.verdict, v.score, hex:v.content_hash, v.units, v.report, v.at, v.tx',
    from: `public.votes v join public.challenges c on c.id = v.challenge
      left join public.challenge_oracles o on o.challenge = v.challenge and o.place = v.oracle`,
  },
  payments: {
    select: 'challenge, number, prize + pay + back, at, tx',
    from: 'public.payments',
  },
} satisfies Record<string, Sql>

/** Ponder's, column by column the same. */
const THEIRS: Record<Table, Sql> = {
  events: { select: 'closed_at, tx, type, challenge', from: 'told.events' },
  challenges: {
    select: 'id, maker, token, prize, created_at, submitted, concluded, events',
    from: 'told.challenges',
  },
  submissions: {
    select:
      'challenge, number, solver, attempt, cid, commitment, units, submitted_at, submit_tx, status, score, content, accepted_units, verdict_at, verdict_tx, paid',
    from: 'told.submissions',
  },
  votes: {
    select: 'challenge, number, oracle, verdict, score, content, units, report, at, tx',
    from: 'told.votes',
  },
  payments: { select: 'challenge, number, amount, at, tx', from: 'told.payments' },
}

const TABLES = Object.keys(OURS) as Table[]
const ZEROS = hex32('')

export const readOurs = (client: Client): Promise<Content> =>
  readAll((table) => {
    const parts = OURS[table].select.split(/, (?![^(]*\))/)
    const forms = parts.map((part) => (/^(?:address|hex):/.exec(part)?.[0] ?? '').slice(0, -1))
    const columns = parts.map((part) => part.replace(/^(?:address|hex):/, ''))
    return linesOf(client, { ...OURS[table], select: columns.join(', ') }, (value, index) =>
      forms[index] === 'address' ? bytes32(value) : forms[index] === 'hex' ? hex32(value) : value,
    )
  })

export const readTheirs = (client: Client): Promise<Content> =>
  readAll((table) => {
    const columns = THEIRS[table].select.split(', ')
    return linesOf(client, THEIRS[table], (value, index) => {
      if (columns[index] === 'content') return value === '' ? ZEROS : value
      return columns[index]!.endsWith('tx') ? value.replace(/^0x/, '') : value
    })
  })

/** @throws Error that names the table and the first rows that differ */
export function compare(ours: Content, theirs: Content): void {
  for (const table of TABLES) {
    if (ours[table].hash === theirs[table].hash) continue
    const [here, there] = [new Set(ours[table].lines), new Set(theirs[table].lines)]
    const only = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((line) => !other.has(line))
    const [left, right] = [only(here, there), only(there, here)]
    throw new Error(
      `${table} differ: ${ours[table].rows} rows of the indexer, ${theirs[table].rows} of Ponder; of the indexer alone ${left.length}, ` +
        `as ${left.slice(0, 3).join(' | ')}; of Ponder alone ${right.length}, as ${right.slice(0, 3).join(' | ')}`,
    )
  }
}

async function readAll(linesOf: (table: Table) => Promise<string[]>): Promise<Content> {
  const content: Partial<Content> = {}
  for (const table of TABLES) {
    // Ids, which tell the order, are their own on each side.
    const lines = (await linesOf(table)).toSorted()
    content[table] = { rows: lines.length, lines, hash: createHash('sha256').update(lines.join('\n')).digest('hex') }
  }
  return content as Content
}

async function linesOf(client: Client, { select, from }: Sql, form: (value: string, index: number) => string) {
  const { rows } = await client.query({ text: `select ${select} from ${from}`, rowMode: 'array' })
  return (rows as unknown[][]).map((row) => row.map((value, index) => form(String(value), index)).join(' '))
}
