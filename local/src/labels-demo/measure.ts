/** What a run comes to, and whether it is what it must be. */
import { fromDecimal } from '@stellartrain/contracts-client'
import { indexVotes, type Votes } from '@stellartrain/oracle-grade/consensus'
import type { AgreedItem, Labels } from '@stellartrain/sdk/labels'
import { KINDS, type Labeler } from './crowd.ts'

export type KindResult = {
  labelers: number
  batches: number
  rejected: number
  paidUnits: number
  /** Decimal, the mean of its labelers. */
  earnedEach: string
}

/** More than any asset here has. */
const DECIMALS = 18

type Done = { person: Labeler; units: number; accepted: boolean }

export function byKind(
  people: readonly Labeler[],
  done: readonly Done[],
  rate: bigint,
  decimal: (amount: bigint) => string,
): Record<string, KindResult> {
  const of = (kind: string): KindResult => {
    const labelers = people.filter((one) => one.kind === kind).length
    const own = done.filter(({ person }) => person.kind === kind)
    const paidUnits = own.reduce((all, { units }) => all + units, 0)
    const rejected = own.filter(({ accepted }) => !accepted).length
    const earnedEach = decimal((rate * BigInt(paidUnits)) / BigInt(Math.max(1, labelers)))
    return { labelers, batches: own.length, rejected, paidUnits, earnedEach }
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)]))
}

export const votesOf = ({ votes }: Pick<Labels, 'votes'>): Votes =>
  indexVotes(votes.map(({ item, labeler, cell }) => ({ item, labeler, label: cell })))

/** The share of items whose consensus is right. */
export function accuracyOf(items: readonly AgreedItem[], truth: ReadonlyMap<string, string>): number {
  return items.filter(({ id, cell }) => truth.get(id) === cell).length / items.length
}

/**
 * Every promise of a run that it did not keep, for people; none where it is as it must be. `few`: each labeler has few votes, so that the
 * pooled model has to beat the majority: ten answers do not tell a hundred chances of confusion.
 */
export function broken(
  run: {
    coverage: number
    uncovered: readonly string[]
    accuracyMajority: number
    accuracyDawidSkene: number
    accuracyPooledDawidSkene: number
    exported: boolean
    verified: boolean
    money: { paidIn: string; paid: string; left: string }
    kinds: Record<string, KindResult>
  },
  { few: fewVotes = false }: { few?: boolean } = {},
): string[] {
  const { kinds, money } = run
  const each = (kind: string) => (kinds[kind]?.paidUnits ?? 0) / Math.max(1, kinds[kind]?.labelers ?? 0)
  const few = (kind: string) => each(kind) * 10 < each('careful')
  const said = {
    [`items lack labels: ${run.uncovered.slice(0, 5).join(', ')}`]: run.coverage === 1,
    [`${fewVotes ? 'pooled ' : ''}Dawid–Skene is not better than the majority`]:
      (fewVotes ? run.accuracyPooledDawidSkene : run.accuracyDawidSkene) > run.accuracyMajority,
    'labels are missing in the export': run.exported,
    'a paid batch was not verified': run.verified,
    'money in is not what was paid and what is left':
      fromDecimal(money.paidIn, DECIMALS) === fromDecimal(money.paid, DECIMALS) + fromDecimal(money.left, DECIMALS),
    ...Object.fromEntries(
      ['random', 'first', 'copier'].map((kind) => [
        `${kind} labelers earn a tenth of a careful one, or more`,
        few(kind),
      ]),
    ),
  }
  return Object.entries(said).flatMap(([what, holds]) => (holds ? [] : [what]))
}
