/** What each call of the judge that grades costs, for a full chunk of every kind of metric. */
import type { Costs } from '@stellartrain/contracts-client/testing/costs'
import { chunksOf, KINDS, type Kind, kindOf, METRICS, openStage, subject, subjectOf } from './stage.ts'

/** As many rows as end in one chunk, about: labels of one byte take five, numbers eight. */
const ROWS: Readonly<Record<Kind, number>> = {
  accuracy: 13_100,
  'f1 macro of 10 classes': 13_100,
  RMSE: 8_180,
  'area under the curve': 8_180,
}

export const fullChunk = (kind: Kind): number => ROWS[kind]

/** How many rows the call of this name works on. */
export function rowsOf(call: string): number | undefined {
  const rows = /([\d,]+) rows/.exec(call)?.[1]
  return rows === undefined ? undefined : Number(rows.replaceAll(',', ''))
}

/** Only the chunks that hold values: those that hold ids stay closed. */
export async function measureRecount(): Promise<Map<string, Costs>> {
  const stage = await openStage()
  const costs = new Map<string, Costs>()
  const opened: { challenge: number; rows: number; chunks: number; named: string }[] = []
  try {
    for (const kind of KINDS) {
      for (const rows of [1000, ROWS[kind]]) {
        const made = subject(kind, rows)
        const { challenge, configured } = await stage.bounty(made)
        if (kind === KINDS[0] && rows === 1000) costs.set('configure', configured)
        await stage.judging()
        const named = `${rows.toLocaleString('en')} rows, ${kind}`
        costs.set(`open_truth, ${named}`, (await stage.openTruth(challenge, made.truth, 0)).costs)
        for (let at = 0; at < chunksOf(made.work); at++)
          costs.set(`open_work with its verdict, ${named}`, (await stage.openWork(challenge, made.work, at)).costs)
        opened.push({ challenge, rows, chunks: chunksOf(made.work), named })
      }
    }
    await stage.over()
    for (const { challenge, rows, chunks, named } of opened.filter(({ rows }) => rows > 1000)) {
      costs.set(`remove_truth, ${named}`, (await stage.removeTruth(challenge, rows)).costs)
      costs.set(`remove_work, ${named}`, (await stage.removeWork(challenge, chunks)).costs)
    }
  } finally {
    await stage.close()
  }
  return costs
}

/** What the two calls take for 1,000 rows of a full chunk, by the name of each metric. */
export type PerThousand = Readonly<{
  metric: string
  call: 'open_truth' | 'open_work'
  per: Record<keyof Costs, number>
}>

export async function measureMetrics(): Promise<PerThousand[]> {
  const stage = await openStage()
  const found: PerThousand[] = []
  try {
    for (const [metric, rule] of METRICS) {
      const rows = ROWS[kindOf(rule)]
      const made = subjectOf(rule, rows)
      const { challenge } = await stage.bounty(made)
      await stage.judging()
      const note = (call: PerThousand['call'], costs: Costs) => {
        const per = { ...costs }
        for (const name of Object.keys(per) as (keyof Costs)[]) per[name] = (per[name] / rows) * 1000
        found.push({ metric, call, per })
      }
      note('open_truth', (await stage.openTruth(challenge, made.truth, 0)).costs)
      note('open_work', (await stage.openWork(challenge, made.work, 0)).costs)
    }
  } finally {
    await stage.close()
  }
  return found
}
