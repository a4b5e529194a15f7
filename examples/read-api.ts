/** Reads challenges and a leaderboard with nothing but fetch: `npx node examples/read-api.ts`. */
import { readFileSync } from 'node:fs'

const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const { apiUrl } = JSON.parse(readFileSync(`${home}/config.json`, 'utf8')) as { apiUrl: string }

type Challenge = { id: number; phase: string; info: { title: string } | null }
type Row = { rank: number; solver: string; score: { value: number } | null; paid: string }
type Problem = { code: string; detail: string }
type Page<T> = { data: T[]; next: string | null; _meta: { ledger: number } }

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${apiUrl}${path}`)
  if (response.ok) return (await response.json()) as T
  const { code, detail } = (await response.json()) as Problem
  throw new Error(`${path}: ${code}: ${detail}`)
}

// Lists are paged: `next` is the cursor of the following page, null on the last one.
for (let path: string | null = '/v1/challenges?limit=50'; path !== null; ) {
  const page: Page<Challenge> = await get(path)
  for (const { id, phase, info } of page.data) {
    console.log(`${id} [${phase}] ${info?.title ?? '(manifest not read yet)'}`)
    const board = await get<Page<Row>>(`/v1/challenges/${id}/leaderboard?limit=3`)
    for (const row of board.data)
      console.log(`  ${row.rank}. ${row.solver} ${row.score?.value ?? '-'} paid ${row.paid}`)
  }
  // Every answer says how fresh it is.
  console.log(`as of ledger ${page._meta.ledger}`)
  path = page.next === null ? null : `/v1/challenges?limit=50&cursor=${page.next}`
}
