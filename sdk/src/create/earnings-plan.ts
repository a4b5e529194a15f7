/**
 * The plan of a challenge that pays by earnings. It takes no submissions, but every manifest describes some: this one describes
 * the amounts that the oracles post. Its truth is empty, and left out of the manifest.
 */
import type { ChallengePlan } from './plan.ts'

export type EarningsPlan = Pick<
  ChallengePlan,
  'title' | 'summary' | 'description' | 'license' | 'asset' | 'oracles' | 'deadline'
> &
  Partial<
    Pick<
      ChallengePlan,
      'tags' | 'datasets' | 'oracleFee' | 'feeBudget' | 'opens' | 'acceptBy' | 'patienceSeconds' | 'gradeBy'
    >
  > & {
    /** All that labelers can earn, decimal; anyone can add to it until the deadline. */
    prize: string
  }

export function planEarnings({ prize, ...plan }: EarningsPlan): ChallengePlan {
  return {
    datasets: [],
    ...plan,
    payout: { rule: 'earnings', prize },
    truth: new TextEncoder().encode('labeler,cumulative\n'),
    submission: {
      format: 'csv',
      idColumn: 'labeler',
      columns: [{ name: 'cumulative', type: 'number', min: 0 }],
      rows: 1,
      maxBytes: 1,
    },
    metric: { id: 'rmse' },
    baseline: { description: 'None: labelers are paid what a quorum of the oracles posts.', score: 0 },
    threshold: '0',
    publishes: { truth: false, submissions: 'none' },
    oracleFee: plan.oracleFee ?? '0',
    feeBudget: plan.feeBudget ?? '0',
  }
}
