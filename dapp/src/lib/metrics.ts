/** Metrics in words and formulas, as the engine computes them. */

export type MetricText = { formula: string; words: string }

export const metricTexts: Record<string, MetricText> = {
  accuracy: { formula: 'correct rows ÷ all rows', words: 'The share of rows whose predicted label is the true one.' },
  f1_macro: {
    formula: 'mean over classes of 2·TP ÷ (2·TP + FP + FN)',
    words: 'F1 of each class, averaged with equal weight, so that rare classes count as much as common ones.',
  },
  f1_micro: { formula: '2·ΣTP ÷ (2·ΣTP + ΣFP + ΣFN)', words: 'One F1 over the counts of all classes together.' },
  f1_weighted: {
    formula: 'mean over classes of F1, weighted by true rows',
    words: 'F1 of each class, weighted by how many true rows it has.',
  },
  f1_binary: { formula: '2·TP ÷ (2·TP + FP + FN)', words: 'F1 of the positive class.' },
  roc_auc: {
    formula: 'P(score of a positive > score of a negative) + ½·P(equal)',
    words: 'How often a random positive row is ranked above a random negative one.',
  },
  log_loss: {
    formula: '−mean of ln p(true class)',
    words: 'How surprised the probabilities are by the truth; lower is better.',
  },
  rmse: {
    formula: '√ mean of (predicted − true)²',
    words: 'The typical error in the unit of the target; large errors weigh more. Lower is better.',
  },
  mae: {
    formula: 'mean of |predicted − true|',
    words: 'The mean distance to the truth, in its unit. Lower is better.',
  },
  r2: {
    formula: '1 − Σ(true − predicted)² ÷ Σ(true − mean)²',
    words: 'The share of the variation that is explained; 1 is perfect, 0 is no better than the mean.',
  },
}
