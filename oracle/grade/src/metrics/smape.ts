/** Symmetric mean absolute percentage error, as a share. Minimize, 0 to 2. */

import type { Metric } from './metric.ts'
import { meanLoss, regression } from './regression.ts'

export const smape: Metric = {
  ...regression,
  id: 'smape',
  title: 'Symmetric mean absolute percentage error',
  words: 'The mean error as a share of the mean of truth and prediction; 2 is the worst. Lower is better.',
  range: [0, 2],
  formula: 'mean of 2·|truth − prediction| ÷ (|truth| + |prediction|); a row where both are 0 counts 0',
  source: 'Makridakis, Hibon: The M3-Competition, 2000',
  prepare: meanLoss((t, p) => (t === p ? 0 : (2 * Math.abs(t - p)) / (Math.abs(t) + Math.abs(p)))),
}
