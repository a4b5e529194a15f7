/** Lists as CSV for spreadsheets and notebooks: every page of them, written as it is read. */
import { formatUnits } from '@stellartrain/oracle-grade'
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { AppEnv } from './context.ts'
import type { LeaderboardRow, Score, Submission } from './types.ts'

/** The largest pages that the readers give. */
export const CSV_PAGE = 200

type Cell = string | number | boolean | null
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>

export const LEADERBOARD_COLUMNS: Columns<LeaderboardRow> = {
  rank: (row) => row.rank,
  place: (row) => row.place,
  due: (row) => row.due,
  waiting: (row) => row.waiting,
  kept: (row) => row.kept,
  solver: (row) => row.solver,
  number: (row) => row.number,
  attempt: (row) => row.attempt,
  score: (row) => decimal(row.score),
  private_score: (row) => decimal(row.privateScore),
  meets_threshold: (row) => row.meetsThreshold,
  won: (row) => row.won,
  prize: (row) => row.prize,
  paid: (row) => row.paid,
  attempts: (row) => row.attempts,
  submitted_at: (row) => row.submittedAt,
}

export const SUBMISSION_COLUMNS: Columns<Submission> = {
  number: (row) => row.number,
  solver: (row) => row.solver,
  attempt: (row) => row.attempt,
  status: (row) => row.status,
  standing: (row) => row.standing,
  reason: (row) => row.reason?.name ?? row.reason?.code ?? null,
  score: (row) => decimal(row.score),
  units: (row) => row.units,
  accepted_units: (row) => row.acceptedUnits,
  place: (row) => row.place,
  prize: (row) => row.prize,
  owed: (row) => row.owed.total,
  paid: (row) => row.payment?.amount ?? '0',
  deposit: (row) => row.deposit,
  carried: (row) => row.carried,
  passed: (row) => row.flags.passed,
  kept: (row) => row.flags.kept,
  decided_by: (row) => row.decision?.by ?? null,
  submitted_at: (row) => row.submittedAt,
  verdict_at: (row) => row.verdictAt,
  cid: (row) => row.cid,
  content_hash: (row) => row.contentHash,
  submit_tx: (row) => row.submitTx,
  verdict_tx: (row) => row.verdictTx,
}

export const wantsCsv = (c: Context<AppEnv>): boolean => c.req.header('accept')?.includes('text/csv') ?? false

/** The first page is read before the answer begins, so that trouble is told as trouble. */
export async function csv<Row>(
  c: Context<AppEnv>,
  columns: Columns<Row>,
  read: (cursor: string | undefined) => Promise<{ data: Row[]; next: string | null }>,
): Promise<Response> {
  let page = await read(undefined)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('vary', 'accept', { append: true })
  return stream(c, async (out) => {
    await out.write(`${Object.keys(columns).join(',')}\r\n`)
    for (;;) {
      const lines = page.data.map(
        (row) =>
          `${Object.values(columns)
            .map((of) => cell(of(row)))
            .join(',')}\r\n`,
      )
      await out.write(lines.join(''))
      if (page.next === null || out.aborted) return
      page = await read(page.next)
    }
  })
}

function cell(value: Cell): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Exact, without what floating point would make of it. */
function decimal(score: Score | null): string | null {
  return score && formatUnits(BigInt(score.units))
}
