/** How strong each compared output is, over all preferences: Bradley–Terry's strengths where the comparisons hang together, and the counts behind them. */
import { GradeError } from '@stellartrain/oracle-grade'
import { bradleyTerry, type Preference } from '@stellartrain/oracle-grade/consensus'
import { csvText } from '../../challenge/csv.ts'
import type { Exported } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'

/** Nothing for other kinds of answers. */
export function strengthFiles({ labels }: Pick<Exported, 'labels'>): ExportFile[] {
  const asked = labels.task.answer
  if (asked.kind !== 'preference') return []
  const preferences: Preference[] = []
  const counts = new Map<string, { won: number; lost: number; tied: number }>()
  const countOf = (output: string) => {
    const known = counts.get(output) ?? { won: 0, lost: 0, tied: 0 }
    counts.set(output, known)
    return known
  }
  for (const { item, answer } of labels.votes) {
    if (answer.kind !== 'preference') continue
    const values = labels.items.get(item)
    const [a, b] = [values?.[asked.a] ?? '', values?.[asked.b] ?? '']
    // The same output on both sides says nothing.
    if (a === b) continue
    if (answer.value === 'tie') {
      countOf(a).tied++
      countOf(b).tied++
      continue
    }
    const [winner, loser] = answer.value === 'a' ? [a, b] : [b, a]
    countOf(winner).won++
    countOf(loser).lost++
    preferences.push({ winner, loser })
  }
  const strengths = strengthsOf(preferences)
  const rows = [...counts]
    .map(([output, { won, lost, tied }]) => ({ output, strength: strengths?.get(output), won, lost, tied }))
    .toSorted((x, y) => (y.strength ?? 0) - (x.strength ?? 0) || y.won - x.won || (x.output < y.output ? -1 : 1))
  const lines = rows.map(({ output, strength, won, lost, tied }) => [output, strength ?? '', won, lost, tied])
  return [fileOf('strengths.csv', csvText([['output', 'strength', 'won', 'lost', 'tied'], ...lines]))]
}

/** Undefined where some outputs were never better than the others: then no strengths are the most likely ones. */
function strengthsOf(preferences: readonly Preference[]): ReadonlyMap<string, number> | undefined {
  if (preferences.length === 0) return undefined
  try {
    const { items, scores } = bradleyTerry(preferences)
    return new Map(items.map((item, at) => [item, scores[at]!]))
  } catch (error) {
    if (error instanceof GradeError && error.code === 'votes_invalid') return undefined
    throw error
  }
}
