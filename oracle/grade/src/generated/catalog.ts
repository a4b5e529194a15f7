/** Written by `npm run pages -w @stellartrain/oracle-grade`. */

import type { ParamSpecs } from '../metrics/paramspec.ts'

export interface CatalogEntry {
  readonly family: string
  readonly title: string
  readonly words: string
  readonly formula: string
  readonly direction: 'maximize' | 'minimize'
  readonly params: ParamSpecs
}

export const METRIC_FAMILIES: Readonly<Record<string, { readonly title: string; readonly about: string }>> = {
 "classes": {
  "title": "Classes",
  "about": "Each row gets one of several classes; a submission names it."
 },
 "probabilities": {
  "title": "Probabilities and scores of classes",
  "about": "A submission says how likely each class is, or how strongly a row belongs to the positive one."
 },
 "regression": {
  "title": "Numbers",
  "about": "A submission predicts a number."
 }
}

export const METRIC_CATALOG: Readonly<Record<string, CatalogEntry>> = {
 "accuracy": {
  "family": "classes",
  "title": "Accuracy",
  "words": "The share of rows whose predicted label is the true one.",
  "formula": "rows with the right label ÷ rows",
  "direction": "maximize",
  "params": {
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "balanced_accuracy": {
  "family": "classes",
  "title": "Balanced accuracy",
  "words": "The share of right rows of each true class, averaged, so that a common class cannot carry the score.",
  "formula": "mean over the classes of the truth of TP ÷ (TP + FN); adjusted: (that − 1/classes) ÷ (1 − 1/classes)",
  "direction": "maximize",
  "params": {
   "adjusted": {
    "kind": "boolean",
    "default": false,
    "words": "Rescale so that a guess scores 0 and a perfect prediction 1."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "zero_one_loss": {
  "family": "classes",
  "title": "Zero-one loss (error rate)",
  "words": "The share of rows whose label, or whole set of labels, is not the true one. Lower is better.",
  "formula": "rows with a wrong label ÷ rows",
  "direction": "minimize",
  "params": {
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "f1_macro": {
  "family": "classes",
  "title": "F1, macro average",
  "words": "F1 of each class, averaged with equal weight, so that rare classes count as much as common ones.",
  "formula": "mean over classes of 2·TP ÷ (2·TP + FP + FN); the classes are those in truth or prediction, unless labels names them",
  "direction": "maximize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "f1_micro": {
  "family": "classes",
  "title": "F1, micro average",
  "words": "One F1 over the counts of all classes together.",
  "formula": "2·ΣTP ÷ (2·ΣTP + ΣFP + ΣFN), summed over classes",
  "direction": "maximize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "f1_weighted": {
  "family": "classes",
  "title": "F1, weighted average",
  "words": "F1 of each class, weighted by how many true rows it has.",
  "formula": "mean over classes of 2·TP ÷ (2·TP + FP + FN), each weighted by its rows in the truth",
  "direction": "maximize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "f1_binary": {
  "family": "classes",
  "title": "F1 of one class",
  "words": "F1 of the positive class.",
  "formula": "2·TP ÷ (2·TP + FP + FN) of the class posLabel (default 1)",
  "direction": "maximize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "The positive class; 1 if absent."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "precision": {
  "family": "classes",
  "title": "Precision",
  "words": "The share of the rows given to a class that really belong to it.",
  "formula": "TP ÷ (TP + FP) of each class, averaged by average",
  "direction": "maximize",
  "params": {
   "average": {
    "kind": "choice",
    "choices": [
     "binary",
     "micro",
     "macro",
     "weighted",
     "samples"
    ],
    "default": "binary",
    "words": "binary: of the class posLabel. micro: from the counts of all classes together. macro: mean over classes. weighted: mean over classes by their true rows. samples: mean over rows of label sets."
   },
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "posLabel": {
    "kind": "label",
    "words": "The positive class; 1 if absent."
   },
   "zero_division": {
    "kind": "number",
    "min": 0,
    "max": 1,
    "default": 0,
    "words": "What a ratio without any row counts as."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "recall": {
  "family": "classes",
  "title": "Recall",
  "words": "The share of the rows of a class that were given to it.",
  "formula": "TP ÷ (TP + FN) of each class, averaged by average",
  "direction": "maximize",
  "params": {
   "average": {
    "kind": "choice",
    "choices": [
     "binary",
     "micro",
     "macro",
     "weighted",
     "samples"
    ],
    "default": "binary",
    "words": "binary: of the class posLabel. micro: from the counts of all classes together. macro: mean over classes. weighted: mean over classes by their true rows. samples: mean over rows of label sets."
   },
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "posLabel": {
    "kind": "label",
    "words": "The positive class; 1 if absent."
   },
   "zero_division": {
    "kind": "number",
    "min": 0,
    "max": 1,
    "default": 0,
    "words": "What a ratio without any row counts as."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "fbeta": {
  "family": "classes",
  "title": "F-beta",
  "words": "Precision and recall in one number, where recall counts beta times as much as precision.",
  "formula": "(1 + β²)·TP ÷ (β²·(TP + FN) + TP + FP) of each class, averaged by average",
  "direction": "maximize",
  "params": {
   "beta": {
    "kind": "number",
    "min": 0,
    "max": 1000,
    "needed": true,
    "words": "How many times recall counts as much as precision."
   },
   "average": {
    "kind": "choice",
    "choices": [
     "binary",
     "micro",
     "macro",
     "weighted",
     "samples"
    ],
    "default": "binary",
    "words": "binary: of the class posLabel. micro: from the counts of all classes together. macro: mean over classes. weighted: mean over classes by their true rows. samples: mean over rows of label sets."
   },
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "posLabel": {
    "kind": "label",
    "words": "The positive class; 1 if absent."
   },
   "zero_division": {
    "kind": "number",
    "min": 0,
    "max": 1,
    "default": 0,
    "words": "What a ratio without any row counts as."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "jaccard": {
  "family": "classes",
  "title": "Jaccard index",
  "words": "Of the rows that belong to a class or were given to it, the share for which both holds.",
  "formula": "TP ÷ (TP + FP + FN) of each class, averaged by average",
  "direction": "maximize",
  "params": {
   "average": {
    "kind": "choice",
    "choices": [
     "binary",
     "micro",
     "macro",
     "weighted",
     "samples"
    ],
    "default": "binary",
    "words": "binary: of the class posLabel. micro: from the counts of all classes together. macro: mean over classes. weighted: mean over classes by their true rows. samples: mean over rows of label sets."
   },
   "labels": {
    "kind": "labels",
    "words": "The classes that count; without it those of truth or prediction. Averages over classes are safer with it."
   },
   "posLabel": {
    "kind": "label",
    "words": "The positive class; 1 if absent."
   },
   "zero_division": {
    "kind": "number",
    "min": 0,
    "max": 1,
    "default": 0,
    "words": "What a ratio without any row counts as."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "mcc": {
  "family": "classes",
  "title": "Matthews correlation coefficient",
  "words": "Correlation between true and predicted classes; 0 is a guess, also where classes are of unequal size.",
  "formula": "(c·s − Σ t·p) ÷ √((s² − Σ p²)·(s² − Σ t²)), with s rows, c right rows, and of each class t true and p predicted rows; 0 where the divisor is 0",
  "direction": "maximize",
  "params": {
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "cohen_kappa": {
  "family": "classes",
  "title": "Cohen’s kappa",
  "words": "Agreement with the truth beyond what chance would give: 1 is perfect, 0 is chance.",
  "formula": "1 − Σ w·observed ÷ Σ w·expected over pairs of classes; w is 1 for unequal classes, or by weights |i − j| or (i − j)²",
  "direction": "maximize",
  "params": {
   "weights": {
    "kind": "choice",
    "choices": [
     "none",
     "linear",
     "quadratic"
    ],
    "default": "none",
    "words": "How much a wrong class counts: each alike, by its distance, or by the square of the distance."
   },
   "labels": {
    "kind": "labels",
    "words": "All classes in their order, which distances are counted in. Without it the order is that of the values, and only classes of truth or prediction take a place."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "quadratic_weighted_kappa": {
  "family": "classes",
  "title": "Quadratic weighted kappa",
  "words": "Agreement of grades beyond chance, where a grade that is further off counts by the square of the distance.",
  "formula": "1 − Σ (i − j)²·observed ÷ Σ (i − j)²·expected, i and j being places of the classes in their order",
  "direction": "maximize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "All classes in their order, which distances are counted in. Without it the order is that of the values, and only classes of truth or prediction take a place."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "hamming_loss": {
  "family": "classes",
  "title": "Hamming loss",
  "words": "The share of labels that are wrong: of all rows, or of all rows and labels where a row has a set of them.",
  "formula": "wrong labels ÷ rows; for sets: labels in exactly one of the two sets ÷ (rows × labels)",
  "direction": "minimize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "All labels that there are; needed for lists, and only there."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "roc_auc": {
  "family": "probabilities",
  "title": "Area under the ROC curve",
  "words": "How often a random positive row is ranked above a random negative one. With several columns, each a label of its own, their mean.",
  "formula": "(pairs of a positive and a negative row in the right order + ½ · tied pairs) ÷ pairs",
  "direction": "maximize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "The positive class; the greater of the two labels if absent."
   },
   "max_fpr": {
    "kind": "number",
    "above": 0,
    "max": 1,
    "default": 1,
    "words": "Only the part of the curve up to this false positive rate, rescaled so that 0.5 is a guess and 1 perfect."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "log_loss": {
  "family": "probabilities",
  "title": "Log loss",
  "words": "How surprised the probabilities are by the truth; lower is better.",
  "formula": "mean of −ln p, p being the probability given to the true class, clipped to [2^-52, 1 − 2^-52]",
  "direction": "minimize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "With one column: the positive class; the greater of the two labels if absent."
   },
   "labels": {
    "kind": "labels",
    "words": "With several columns: the class of each column; its name if absent."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "rmse": {
  "family": "regression",
  "title": "Root mean squared error",
  "words": "The typical error in the unit of the target; large errors weigh more. Of several columns it is the mean (MCRMSE). Lower is better.",
  "formula": "√(mean of (truth − prediction)²)",
  "direction": "minimize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "mse": {
  "family": "regression",
  "title": "Mean squared error",
  "words": "The mean of the squared errors; large errors weigh more. Lower is better.",
  "formula": "mean of (truth − prediction)²",
  "direction": "minimize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "mae": {
  "family": "regression",
  "title": "Mean absolute error",
  "words": "The mean distance to the truth, in its unit. Lower is better.",
  "formula": "mean of |truth − prediction|",
  "direction": "minimize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 },
 "r2": {
  "family": "regression",
  "title": "R², coefficient of determination",
  "words": "The share of the variance explained: 1 is perfect, 0 is no better than the mean.",
  "formula": "1 − Σ(truth − prediction)² ÷ Σ(truth − mean of truth)²",
  "direction": "maximize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "group_average": {
    "kind": "choice",
    "choices": [
     "none",
     "worst",
     "macro",
     "weighted"
    ],
    "default": "none",
    "words": "For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them)."
   }
  }
 }
}
