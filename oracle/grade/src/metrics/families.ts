/** The ids of all metrics, by family, in the order in which pages and commands list them. An id is forever. */

export const FAMILIES = {
  classes: {
    title: 'Classes',
    about: 'Each row gets one of several classes; a submission names it.',
    ids: [
      'accuracy',
      'balanced_accuracy',
      'zero_one_loss',
      'f1_macro',
      'f1_micro',
      'f1_weighted',
      'f1_binary',
      'precision',
      'recall',
      'fbeta',
      'jaccard',
      'mcc',
      'cohen_kappa',
      'quadratic_weighted_kappa',
      'hamming_loss',
    ],
  },
  probabilities: {
    title: 'Probabilities and scores of classes',
    about: 'A submission says how likely each class is, or how strongly a row belongs to the positive one.',
    ids: ['roc_auc', 'log_loss'],
  },
  regression: {
    title: 'Numbers',
    about: 'A submission predicts a number.',
    ids: ['rmse', 'mse', 'mae', 'r2'],
  },
} as const

export type MetricFamily = keyof typeof FAMILIES
export type MetricId = (typeof FAMILIES)[MetricFamily]['ids'][number]
