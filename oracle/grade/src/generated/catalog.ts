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
 },
 "multilabel": {
  "title": "Several labels a row",
  "about": "Each row has any number of labels. Other metrics take them, too: those of classes as lists in a cell, roc_auc, average_precision and mean_columnwise_log_loss as a column for each label."
 },
 "ranking": {
  "title": "Ranked lists",
  "about": "A submission lists items for each row, best first, or scores the documents of each query."
 },
 "text": {
  "title": "Texts",
  "about": "A submission holds a text, or a sequence of tags, for each row."
 },
 "images": {
  "title": "Images",
  "about": "A submission holds masks as run lengths (type rle: pairs of a start, from 1 on, and a length), masks of single objects as a list (an item each, such as 1:4+11:2), or boxes as a list of class, score, x, y, width and height, again and again."
 },
 "tracking": {
  "title": "Tracks of objects",
  "about": "A submission follows objects through the frames of sequences: a row is a frame, with a box of each object as a list of track, x, y, width and height, again and again. The truth says which number the frame has (frame), and which sequence it is of (group)."
 },
 "clustering": {
  "title": "Clusters",
  "about": "A submission says which rows belong together; the names of its clusters do not matter."
 },
 "survival": {
  "title": "Survival times",
  "about": "A submission predicts how long until an event, which some rows of the truth have not seen yet."
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
 "roc_auc_ovr": {
  "family": "probabilities",
  "title": "ROC AUC, one against the rest",
  "words": "For each class, how often a row of it gets a higher probability of it than a row of another class; averaged.",
  "formula": "ROC AUC of each class against all others; their mean (macro), or by the rows of each class (weighted)",
  "direction": "maximize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "With several columns: the class of each column; its name if absent."
   },
   "average": {
    "kind": "choice",
    "choices": [
     "macro",
     "weighted"
    ],
    "default": "macro",
    "words": "macro: each class counts alike. weighted: by its rows."
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
 "roc_auc_ovo": {
  "family": "probabilities",
  "title": "ROC AUC, one against one",
  "words": "For each pair of classes, how well a score separates their rows; averaged, so that rare classes count.",
  "formula": "for each pair of classes, on their rows alone, the mean of the two ROC AUCs; the mean over pairs, or by the rows of each pair (weighted)",
  "direction": "maximize",
  "params": {
   "labels": {
    "kind": "labels",
    "words": "With several columns: the class of each column; its name if absent."
   },
   "average": {
    "kind": "choice",
    "choices": [
     "macro",
     "weighted"
    ],
    "default": "macro",
    "words": "macro: each class counts alike. weighted: by its rows."
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
 "weighted_auc": {
  "family": "probabilities",
  "title": "Area under the ROC curve, weighted by bands",
  "words": "The area to the right of the ROC curve, cut into bands of true positive rates of which some count more than others.",
  "formula": "Σ wᵦ · Aᵦ ÷ Σ wᵦ · hᵦ over bands; Aᵦ is the area between the curve and false positive rate 1 within the band, hᵦ its height",
  "direction": "maximize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "The positive class; the greater of the two labels if absent."
   },
   "bands": {
    "kind": "numbers",
    "min": 0,
    "max": 1,
    "default": [
     0.4
    ],
    "words": "The true positive rates at which one band ends and the next begins, ascending, without 0 and 1."
   },
   "band_weights": {
    "kind": "numbers",
    "min": 0,
    "default": [
     2,
     1
    ],
    "words": "How much each band counts, the lowest first: one more than bands has."
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
 "bias_auc": {
  "family": "probabilities",
  "title": "ROC AUC with the bias of subgroups",
  "words": "The area under the ROC curve, together with those of subgroups: within each, and between it and the others, so that a model may not be wrong about who is mentioned.",
  "formula": "w · AUC + (1 − w) ÷ 3 · Σ of the power means over subgroups of the AUC of its rows, of its negative with the other positive rows, and of its positive with the other negative rows",
  "direction": "maximize",
  "params": {
   "power": {
    "kind": "number",
    "min": -100,
    "max": 100,
    "default": -5,
    "words": "The exponent of the power mean over subgroups, not 0: the lower, the more the worst ones count."
   },
   "overall_weight": {
    "kind": "number",
    "min": 0,
    "max": 1,
    "default": 0.25,
    "words": "How much the AUC of all rows counts; the three means share the rest."
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
 "average_precision": {
  "family": "probabilities",
  "title": "Average precision",
  "words": "How pure the top of the list is: precision at each positive row, averaged. With several columns, each a label of its own, their mean.",
  "formula": "Σ (recall − recall before) · precision over the distinct scores, highest first",
  "direction": "maximize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "The positive class; the greater of the two labels if absent."
   },
   "average": {
    "kind": "choice",
    "choices": [
     "macro",
     "micro"
    ],
    "default": "macro",
    "words": "With several columns: the mean over columns, or all cells as one list."
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
 "mean_columnwise_log_loss": {
  "family": "probabilities",
  "title": "Mean column-wise log loss",
  "words": "Log loss of each label by itself, averaged over labels, which a row may have any number of. Lower is better.",
  "formula": "mean over columns, or by multioutput, of the mean of −ln p of what is true (label or not)",
  "direction": "minimize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "What says that a row has the label; the greater of the two if absent."
   },
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "How much each column counts; alike if absent."
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
 "brier_score": {
  "family": "probabilities",
  "title": "Brier score",
  "words": "The mean squared error of the probabilities. Lower is better.",
  "formula": "mean over rows of Σ (p − 1 for the true class, p for the others)²; halved for two classes",
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
 "top_k_accuracy": {
  "family": "probabilities",
  "title": "Top-k accuracy",
  "words": "The share of rows whose true class is among the k classes with the highest scores.",
  "formula": "rows with fewer than k columns above that of the true class ÷ rows; of equal scores the later column ranks first",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "default": 2,
    "words": "How many classes count as found."
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
 "d2_log_loss": {
  "family": "probabilities",
  "title": "D² of log loss",
  "words": "The share of the log loss of stating each class’s frequency that is saved: 1 is perfect, 0 no better.",
  "formula": "1 − log loss ÷ log loss of the classes’ frequencies",
  "direction": "maximize",
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
 "d2_brier": {
  "family": "probabilities",
  "title": "D² of the Brier score",
  "words": "The share of the Brier score of stating each class’s frequency that is saved: 1 is perfect, 0 no better.",
  "formula": "1 − Brier score ÷ Brier score of the classes’ frequencies",
  "direction": "maximize",
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
 "hinge_loss": {
  "family": "probabilities",
  "title": "Hinge loss",
  "words": "By how much decision values miss a margin of 1 on the right side. Lower is better.",
  "formula": "mean of max(0, 1 − y·s), y being 1 for the positive class and −1 for the other; with several columns of max(0, 1 − s of the true class + largest other s)",
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
 "expected_calibration_error": {
  "family": "probabilities",
  "title": "Expected calibration error",
  "words": "How far stated probabilities are from the shares that come true, over bins of equal width. Lower is better.",
  "formula": "Σ over bins of (rows of the bin ÷ rows) · |mean probability − share that is true|; of the positive class, or with several columns of the most likely class. A bin holds its upper bound",
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
   "n_bins": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 1000,
    "default": 10,
    "words": "How many bins there are."
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
 "normalized_gini": {
  "family": "probabilities",
  "title": "Normalized Gini coefficient",
  "words": "How well scores separate two classes: 1 is perfect, 0 a guess, −1 reversed.",
  "formula": "2 · ROC AUC − 1",
  "direction": "maximize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "The positive class; the greater of the two labels if absent."
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
 "probabilistic_f1": {
  "family": "probabilities",
  "title": "Probabilistic F1",
  "words": "F1 of the positive class where a probability counts as that part of a decision.",
  "formula": "2·Σp over positive rows ÷ (Σp + positive rows)",
  "direction": "maximize",
  "params": {
   "posLabel": {
    "kind": "label",
    "words": "The positive class; the greater of the two labels if absent."
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
 "kl_divergence": {
  "family": "probabilities",
  "title": "Kullback–Leibler divergence",
  "words": "How far predicted distributions over classes are from the true ones, such as shares of votes. Lower is better.",
  "formula": "mean over rows of Σ t · ln(t ÷ p) over columns, p being at least 2^-52 and a term 0 where t is 0",
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
 "median_ae": {
  "family": "regression",
  "title": "Median absolute error",
  "words": "The distance to the truth that half of the rows stay within. Lower is better.",
  "formula": "median of |truth − prediction|",
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
 "max_error": {
  "family": "regression",
  "title": "Maximum error",
  "words": "The largest distance to the truth. Lower is better.",
  "formula": "largest |truth − prediction|",
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
 "rmsle": {
  "family": "regression",
  "title": "Root mean squared logarithmic error",
  "words": "The typical error of the logarithm: being off by a factor counts alike at every size. Lower is better.",
  "formula": "√(mean of (ln(1 + truth) − ln(1 + prediction))²)",
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
 "msle": {
  "family": "regression",
  "title": "Mean squared logarithmic error",
  "words": "The mean squared difference of logarithms: being off by a factor counts alike at every size. Lower is better.",
  "formula": "mean of (ln(1 + truth) − ln(1 + prediction))²",
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
 "mape": {
  "family": "regression",
  "title": "Mean absolute percentage error",
  "words": "The mean error as a share of the truth: 0.1 is 10 %. Lower is better.",
  "formula": "mean of |truth − prediction| ÷ |truth|",
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
 "smape": {
  "family": "regression",
  "title": "Symmetric mean absolute percentage error",
  "words": "The mean error as a share of the mean of truth and prediction; 2 is the worst. Lower is better.",
  "formula": "mean of 2·|truth − prediction| ÷ (|truth| + |prediction|); a row where both are 0 counts 0",
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
 "wape": {
  "family": "regression",
  "title": "Weighted absolute percentage error",
  "words": "The sum of the errors as a share of the sum of the truth; rows of 0 do no harm. Lower is better.",
  "formula": "Σ |truth − prediction| ÷ Σ |truth|",
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
 "mase": {
  "family": "regression",
  "title": "Mean absolute scaled error",
  "words": "The mean error in units of a naive forecast’s error on the training data: below 1 is better than naive.",
  "formula": "mean of |truth − prediction| ÷ scale",
  "direction": "minimize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "scale": {
    "kind": "number",
    "above": 0,
    "needed": true,
    "words": "The mean absolute error of the naive (for seasons: seasonal naive) forecast on the training data."
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
 "rmspe": {
  "family": "regression",
  "title": "Root mean squared percentage error",
  "words": "The typical error as a share of the truth; large shares weigh more. Lower is better.",
  "formula": "√(mean of ((truth − prediction) ÷ truth)²)",
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
 "log_mae": {
  "family": "regression",
  "title": "Logarithm of the mean absolute error",
  "words": "The logarithm of the mean distance to the truth, so that errors of groups of different size can be averaged.",
  "formula": "ln max(mean of |truth − prediction|, 10^-9)",
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
 },
 "explained_variance": {
  "family": "regression",
  "title": "Explained variance",
  "words": "The share of the variance explained, where a constant offset of all predictions does not count.",
  "formula": "1 − variance of (truth − prediction) ÷ variance of truth",
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
 },
 "pearson": {
  "family": "regression",
  "title": "Pearson correlation",
  "words": "How well predictions follow the truth along a line, whatever its slope and offset. Of several columns it is the mean.",
  "formula": "covariance of truth and prediction ÷ (their standard deviations)",
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
 },
 "spearman": {
  "family": "regression",
  "title": "Spearman rank correlation",
  "words": "How well the order of the predictions follows the order of the truth. Of several columns it is the mean.",
  "formula": "Pearson correlation of the ranks; equal values share the mean of their ranks",
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
 },
 "kendall": {
  "family": "regression",
  "title": "Kendall’s tau",
  "words": "Of the pairs of rows, how many more are in the right order than in the wrong one. Of several columns it is the mean.",
  "formula": "(right pairs − wrong pairs) ÷ √(pairs not tied in truth · pairs not tied in prediction) (tau-b)",
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
 },
 "pinball": {
  "family": "regression",
  "title": "Pinball (quantile) loss",
  "words": "The loss whose best prediction is the quantile alpha. Lower is better.",
  "formula": "mean of alpha·(truth − prediction) where that is positive, else (1 − alpha)·(prediction − truth)",
  "direction": "minimize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "alpha": {
    "kind": "number",
    "above": 0,
    "below": 1,
    "default": 0.5,
    "words": "The quantile that is asked for: the share of rows whose truth should be below the prediction."
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
 "tweedie_deviance": {
  "family": "regression",
  "title": "Mean Tweedie deviance",
  "words": "The error of predicted means of a Tweedie distribution, such as sums of claims with many zeros. Lower is better.",
  "formula": "mean of 2·(max(t, 0)^(2−power) ÷ ((1−power)(2−power)) − t·p^(1−power) ÷ (1−power) + p^(2−power) ÷ (2−power)), and its limits at power 0, 1, 2",
  "direction": "minimize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "power": {
    "kind": "number",
    "min": -10,
    "max": 10,
    "default": 0,
    "words": "0 normal, 1 Poisson, between 1 and 2 compound Poisson, 2 gamma, 3 inverse Gaussian; none between 0 and 1."
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
 "poisson_deviance": {
  "family": "regression",
  "title": "Mean Poisson deviance",
  "words": "The error of predicted mean counts. Lower is better.",
  "formula": "mean of 2·(t·ln(t ÷ p) − t + p)",
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
 "gamma_deviance": {
  "family": "regression",
  "title": "Mean gamma deviance",
  "words": "The error of predicted positive sizes, by factors: the same in every unit. Lower is better.",
  "formula": "mean of 2·(ln(p ÷ t) + t ÷ p − 1)",
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
 "d2_absolute_error": {
  "family": "regression",
  "title": "D² of the absolute error",
  "words": "The share of the absolute error of the median that is saved: 1 is perfect, 0 no better.",
  "formula": "1 − Σ|truth − prediction| ÷ Σ|truth − median of truth|",
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
 },
 "d2_pinball": {
  "family": "regression",
  "title": "D² of the pinball loss",
  "words": "The share of the pinball loss of the constant quantile that is saved: 1 is perfect, 0 no better.",
  "formula": "1 − pinball loss ÷ pinball loss of the truth’s quantile alpha",
  "direction": "maximize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "alpha": {
    "kind": "number",
    "above": 0,
    "below": 1,
    "default": 0.5,
    "words": "The quantile that is asked for: the share of rows whose truth should be below the prediction."
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
 "d2_tweedie": {
  "family": "regression",
  "title": "D² of the Tweedie deviance",
  "words": "The share of the deviance of the constant mean that is saved: 1 is perfect, 0 no better.",
  "formula": "1 − Tweedie deviance ÷ Tweedie deviance of the truth’s mean",
  "direction": "maximize",
  "params": {
   "multioutput": {
    "kind": "numbers",
    "min": 0,
    "words": "With several columns: how much each column’s score counts. Without it the score is their mean."
   },
   "power": {
    "kind": "number",
    "min": -10,
    "max": 10,
    "default": 0,
    "words": "0 normal, 1 Poisson, between 1 and 2 compound Poisson, 2 gamma, 3 inverse Gaussian; none between 0 and 1."
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
 "crps": {
  "family": "regression",
  "title": "Continuous ranked probability score",
  "words": "The error of a predicted distribution, given as samples in a cell; for one sample it is the mean absolute error.",
  "formula": "mean of E|X − truth| − ½·E|X − X′|, X and X′ being samples of the cell",
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
 "laplace_log_likelihood": {
  "family": "regression",
  "title": "Laplace log likelihood",
  "words": "How likely the truth is under a predicted value (first column) and its standard deviation (second column).",
  "formula": "mean of −√2·min(|truth − value|, error_max) ÷ σ − ln(√2·σ), σ being max(deviation, sigma_min)",
  "direction": "maximize",
  "params": {
   "sigma_min": {
    "kind": "number",
    "min": 1,
    "default": 70,
    "words": "The least deviation that counts."
   },
   "error_max": {
    "kind": "number",
    "above": 0,
    "default": 1000,
    "words": "The largest error that counts."
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
 "haversine": {
  "family": "regression",
  "title": "Mean haversine distance",
  "words": "The mean distance on the globe between predicted and true points, in kilometres. Lower is better.",
  "formula": "mean of 2·radius·arcsin √(sin²(Δlat ÷ 2) + cos lat₁ · cos lat₂ · sin²(Δlon ÷ 2)); first column latitude, second longitude, in degrees",
  "direction": "minimize",
  "params": {
   "scale": {
    "kind": "number",
    "above": 0,
    "default": 6371.0088,
    "words": "The radius, in the unit of the score; the Earth’s mean in kilometres."
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
 "haversine_percentiles": {
  "family": "regression",
  "title": "Percentiles of haversine distances",
  "words": "The distance on the globe that a share of the points stay within, averaged over shares; in kilometres. Lower is better.",
  "formula": "mean over percentiles of the percentile of the haversine distances of rows, by linear interpolation between two of them",
  "direction": "minimize",
  "params": {
   "percentiles": {
    "kind": "numbers",
    "min": 0,
    "max": 100,
    "default": [
     50,
     95
    ],
    "words": "Which percentiles are averaged."
   },
   "scale": {
    "kind": "number",
    "above": 0,
    "default": 6371.0088,
    "words": "The radius, in the unit of the score; the Earth’s mean in kilometres."
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
 "angular_error": {
  "family": "regression",
  "title": "Mean angular error",
  "words": "The mean angle between predicted and true directions in space, in radians. Lower is better.",
  "formula": "mean of the angle between two unit vectors; first column azimuth, second zenith, in radians",
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
 "f1_samples": {
  "family": "multilabel",
  "title": "F1 of label sets, mean over rows",
  "words": "F1 between each row’s true and predicted set of labels, averaged over rows.",
  "formula": "mean over rows of 2·|true ∩ predicted| ÷ (|true| + |predicted|); 0 where both are empty",
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
 "label_ranking_average_precision": {
  "family": "multilabel",
  "title": "Label ranking average precision",
  "words": "For each label that a row has, the share of its labels among all that score at least as high; averaged. With a weight of each row’s number of labels it is LWLRAP.",
  "formula": "mean over rows of the mean over true labels of (true labels that score at least as high ÷ labels that do); 1 for a row with no label or all",
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
 "label_ranking_loss": {
  "family": "multilabel",
  "title": "Label ranking loss",
  "words": "The share of pairs of a true and a false label in which the false one scores at least as high. Lower is better.",
  "formula": "mean over rows of pairs in the wrong order or tied ÷ pairs; 0 for a row with no label or all",
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
 "coverage_error": {
  "family": "multilabel",
  "title": "Coverage error",
  "words": "How far down the ranking one must go to have all true labels. The best value is the mean number of labels a row.",
  "formula": "mean over rows of the labels that score at least as high as the lowest true one; 0 for a row without a label",
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
 "map_at_k": {
  "family": "ranking",
  "title": "Mean average precision at k",
  "words": "Precision at each relevant item of the list, averaged over as many as could be found; the mean over rows.",
  "formula": "mean over rows of Σ precision at each relevant item of the first k ÷ min(relevant items, k)",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 10,
    "words": "How many items of a list count, from its beginning."
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
 "ndcg": {
  "family": "ranking",
  "title": "Normalized discounted cumulative gain",
  "words": "How high relevant documents are ranked within their query: a row is a document, its group the query.",
  "formula": "mean over queries of DCG ÷ DCG of the best order, DCG being Σ gain ÷ log₂(place + 1) over the first k places; equal scores share the mean of their places",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 100000,
    "words": "How many items of a list count, from its beginning."
   },
   "gain": {
    "kind": "choice",
    "choices": [
     "linear",
     "exponential"
    ],
    "default": "linear",
    "words": "The gain of a relevance: itself, or 2^relevance − 1 (relevances up to 50)."
   }
  }
 },
 "dcg": {
  "family": "ranking",
  "title": "Discounted cumulative gain",
  "words": "How much relevance is ranked high within its query: a row is a document, its group the query. Queries with more relevant documents count more.",
  "formula": "mean over queries of Σ gain ÷ log₂(place + 1) over the first k places; equal scores share the mean of their places",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 100000,
    "words": "How many items of a list count, from its beginning."
   },
   "gain": {
    "kind": "choice",
    "choices": [
     "linear",
     "exponential"
    ],
    "default": "linear",
    "words": "The gain of a relevance: itself, or 2^relevance − 1 (relevances up to 50)."
   }
  }
 },
 "mrr": {
  "family": "ranking",
  "title": "Mean reciprocal rank",
  "words": "One by the place of the first relevant item; the mean over rows.",
  "formula": "mean over rows of 1 ÷ place of the first relevant item among the first k, 0 without one",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 10,
    "words": "How many items of a list count, from its beginning."
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
 "precision_at_k": {
  "family": "ranking",
  "title": "Precision at k",
  "words": "The share of the first k items that are relevant.",
  "formula": "mean over rows of relevant items among the first k ÷ k",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 10,
    "words": "How many items of a list count, from its beginning."
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
 "recall_at_k": {
  "family": "ranking",
  "title": "Recall at k",
  "words": "The share of the relevant items that are among the first k.",
  "formula": "mean over rows of relevant items among the first k ÷ relevant items",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 10,
    "words": "How many items of a list count, from its beginning."
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
 "hit_rate_at_k": {
  "family": "ranking",
  "title": "Hit rate at k",
  "words": "The share of rows with a relevant item among the first k.",
  "formula": "rows with a relevant item among the first k ÷ rows",
  "direction": "maximize",
  "params": {
   "k": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 100000,
    "default": 10,
    "words": "How many items of a list count, from its beginning."
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
 "order_kendall": {
  "family": "ranking",
  "title": "Kendall’s tau of orders",
  "words": "How far items are put into their true order: of all pairs of a row, how many more are right than wrong.",
  "formula": "1 − 4 · Σ over rows of wrong pairs ÷ Σ over rows of n·(n − 1), n being the items of the row",
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
 "wer": {
  "family": "text",
  "title": "Word error rate",
  "words": "How many words must be replaced, added or removed, by the words of the truth. Lower is better.",
  "formula": "Σ over rows of edits of words ÷ Σ true words",
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
 "cer": {
  "family": "text",
  "title": "Character error rate",
  "words": "How many characters must be replaced, added or removed, by the characters of the truth. Lower is better.",
  "formula": "Σ over rows of edits of code points, spaces at the ends left out ÷ Σ true code points",
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
 "levenshtein": {
  "family": "text",
  "title": "Mean Levenshtein distance",
  "words": "The mean number of characters to replace, add or remove. Lower is better.",
  "formula": "mean of the edits of code points; relative: each by the length of the longer text, 0 for two empty ones",
  "direction": "minimize",
  "params": {
   "relative": {
    "kind": "boolean",
    "default": false,
    "words": "Divide each distance by the length of the longer text."
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
 "exact_match": {
  "family": "text",
  "title": "Exact match",
  "words": "The share of rows whose text is the true one.",
  "formula": "rows with an equal text ÷ rows",
  "direction": "maximize",
  "params": {
   "variant": {
    "kind": "choice",
    "choices": [
     "plain",
     "squad"
    ],
    "default": "squad",
    "words": "squad: compare without case (of A to Z), ASCII punctuation, the articles a, an and the, and repeated spaces."
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
 "answer_f1": {
  "family": "text",
  "title": "F1 of answers",
  "words": "How well questions are answered of which each has any number of right answers: one of them is enough, and where there is none, nothing should be answered.",
  "formula": "2·TP ÷ (2·TP + FP + FN); TP: an answer that is a right one; FP: another answer; FN: no answer where there is a right one",
  "direction": "maximize",
  "params": {
   "variant": {
    "kind": "choice",
    "choices": [
     "f1",
     "accuracy"
    ],
    "default": "f1",
    "words": "accuracy: the share of rows with a right answer, or rightly without one (what MLE-bench computes)."
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
 "token_f1": {
  "family": "text",
  "title": "F1 of words",
  "words": "How far the words of each text are those of the true one, in any order; the mean over rows.",
  "formula": "mean of 2·shared words ÷ (true words + predicted words); 1 where both have none",
  "direction": "maximize",
  "params": {
   "variant": {
    "kind": "choice",
    "choices": [
     "plain",
     "squad"
    ],
    "default": "squad",
    "words": "squad: compare without case (of A to Z), ASCII punctuation, the articles a, an and the, and repeated spaces."
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
 "word_jaccard": {
  "family": "text",
  "title": "Jaccard index of words",
  "words": "Of the distinct words of both texts, without case, the share that both have; the mean over rows.",
  "formula": "mean of |shared words| ÷ |words of either|; 1 where both have none",
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
 "bleu": {
  "family": "text",
  "title": "BLEU",
  "words": "How far runs of one to four words of all translations together are in the true ones; from 0 to 100.",
  "formula": "100 · brevity penalty · geometric mean of the precisions of 1- to 4-grams over the corpus (tokenizer 13a, exponential smoothing)",
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
 "chrf": {
  "family": "text",
  "title": "chrF",
  "words": "How far runs of one to six characters of all translations together are those of the true ones; from 0 to 100.",
  "formula": "100 · (1 + 4)·P·R ÷ (4·P + R), P and R being the mean precision and recall of 1- to 6-grams of characters without spaces",
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
 "ter": {
  "family": "text",
  "title": "Translation edit rate",
  "words": "How many words must be replaced, added, removed or, several at once, moved, by the words of the truth; in percent. Lower is better.",
  "formula": "100 · Σ over rows of edits and shifts of words ÷ Σ true words; only A to Z lose their case",
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
 "rouge1": {
  "family": "text",
  "title": "ROUGE-1",
  "words": "How far the words of a summary are those of the true one; the mean over rows.",
  "formula": "mean of F1 of words (a to z and digits, without case)",
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
 "rouge2": {
  "family": "text",
  "title": "ROUGE-2",
  "words": "How far the pairs of neighboring words of a summary are those of the true one; the mean over rows.",
  "formula": "mean of F1 of pairs of words (a to z and digits, without case)",
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
 "rouge_l": {
  "family": "text",
  "title": "ROUGE-L",
  "words": "How long a sequence of words a summary shares with the true one, gaps allowed; the mean over rows.",
  "formula": "mean of 2·longest common subsequence ÷ (true words + predicted words)",
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
 "span_f1": {
  "family": "text",
  "title": "F1 of spans",
  "words": "How far the labeled spans (B-PER I-PER O …) are the true ones: type, first and last token must be right.",
  "formula": "2·right spans ÷ (true spans + predicted spans), over all rows",
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
 "mask_iou": {
  "family": "images",
  "title": "Intersection over union of masks",
  "words": "Of the pixels in the true or the predicted mask, the share that is in both; the mean over rows.",
  "formula": "mean of shared pixels ÷ pixels of either",
  "direction": "maximize",
  "params": {
   "empty": {
    "kind": "choice",
    "choices": [
     "one",
     "zero"
    ],
    "default": "one",
    "words": "What a row counts whose true and predicted masks are both empty."
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
 "mask_dice": {
  "family": "images",
  "title": "Dice coefficient of masks",
  "words": "F1 of the pixels of a mask; the mean over rows.",
  "formula": "mean of 2·shared pixels ÷ (true pixels + predicted pixels)",
  "direction": "maximize",
  "params": {
   "empty": {
    "kind": "choice",
    "choices": [
     "one",
     "zero"
    ],
    "default": "one",
    "words": "What a row counts whose true and predicted masks are both empty."
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
 "mask_dice_global": {
  "family": "images",
  "title": "Dice coefficient of all masks",
  "words": "F1 of the pixels of all masks together: large masks count more, empty ones do no harm.",
  "formula": "2·Σ shared pixels ÷ (Σ true pixels + Σ predicted pixels)",
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
 "mask_iou_global": {
  "family": "images",
  "title": "Intersection over union of all masks",
  "words": "Of the pixels in any true or predicted mask, the share that is in both; with a class for each group, the mean IoU of semantic segmentation.",
  "formula": "Σ shared pixels ÷ (Σ true pixels + Σ predicted pixels − Σ shared pixels)",
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
 "mask_dice_hausdorff": {
  "family": "images",
  "title": "Dice coefficient with Hausdorff distance in space",
  "words": "How well masks of slices fit, and how far the volume that they make up is from the true one at its farthest point.",
  "formula": "(1 − w) · mean Dice of rows + w · (1 − mean Hausdorff distance of volumes); a volume is a cube of side 1, a distance is divided by its diagonal, 1 where one of both is empty; rows and volumes whose masks are both empty do not count",
  "direction": "maximize",
  "params": {
   "hausdorff_weight": {
    "kind": "number",
    "min": 0,
    "max": 1,
    "default": 0.6,
    "words": "How much the distance of volumes counts; Dice counts the rest."
   }
  }
 },
 "mask_hausdorff": {
  "family": "images",
  "title": "Hausdorff distance of masks",
  "words": "How many pixels the farthest point of one mask is from the other one; the mean over rows. Lower is better.",
  "formula": "mean over rows of the greater one of both directions: the percentile, over the points of a mask, of the distance to the nearest point of the other one; 0 where both are empty, √(width² + height²) of the image where one is",
  "direction": "minimize",
  "params": {
   "percentile": {
    "kind": "number",
    "min": 0,
    "max": 100,
    "default": 100,
    "words": "Which percentile of the distances counts, by linear interpolation: 100 is the farthest point."
   },
   "points": {
    "kind": "choice",
    "choices": [
     "all",
     "boundary"
    ],
    "default": "all",
    "words": "Between which points distances are: all pixels of a mask, or those with one of the four next to them outside of it. Percentiles below 100, such as the HD95 of medical images, mean the boundary."
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
 "mask_boundary_f1": {
  "family": "images",
  "title": "F1 of the boundaries of masks",
  "words": "How well the outline of a mask is drawn, within a few pixels; the mean over rows.",
  "formula": "mean over rows of 2·P·R ÷ (P + R), P being the share of predicted boundary pixels that a true one is within the tolerance of, R the share of true ones that a predicted one is; a boundary pixel has one of the four next to it outside of the mask; 0 where one mask is empty",
  "direction": "maximize",
  "params": {
   "tolerance": {
    "kind": "number",
    "min": 0,
    "default": 2,
    "words": "How many pixels, at most, two boundaries may be apart, from center to center in a straight line."
   },
   "empty": {
    "kind": "choice",
    "choices": [
     "one",
     "zero"
    ],
    "default": "one",
    "words": "What a row counts whose true and predicted masks are both empty."
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
 "mask_fbeta": {
  "family": "images",
  "title": "F-beta of masks",
  "words": "Precision and recall of the pixels of a mask in one number, recall counting beta times as much; the mean over rows.",
  "formula": "mean of (1 + β²)·shared pixels ÷ (β²·true pixels + predicted pixels)",
  "direction": "maximize",
  "params": {
   "empty": {
    "kind": "choice",
    "choices": [
     "one",
     "zero"
    ],
    "default": "one",
    "words": "What a row counts whose true and predicted masks are both empty."
   },
   "beta": {
    "kind": "number",
    "min": 0.01,
    "max": 100,
    "default": 0.5,
    "words": "How much recall counts beside precision."
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
 "mask_map": {
  "family": "images",
  "title": "Mean precision of instance masks",
  "words": "How well the masks of single objects are found: right ones by right, wrong and missing ones, averaged over how much a mask must overlap, then over images.",
  "formula": "mean over rows of the mean over thresholds t of TP ÷ (TP + FP + FN); a mask is right where intersection over union with a true one is above t",
  "direction": "maximize",
  "params": {
   "thresholds": {
    "kind": "numbers",
    "min": 0.5,
    "max": 0.999,
    "words": "How much a mask must overlap a true one, above 0.5 so that it is one of them; 0.5, 0.55, … 0.95 if absent."
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
 "panoptic_quality": {
  "family": "images",
  "title": "Panoptic quality",
  "words": "How well an image is taken apart into segments of classes: whether each one is found, and how well it fits.",
  "formula": "mean over classes of Σ intersection over union of matched segments ÷ (TP + FP ÷ 2 + FN ÷ 2), over all images; segments of a class match where the ratio is above 0.5. Pixels without a true segment count for nothing, nor does a predicted segment with more than half of its pixels there",
  "direction": "maximize",
  "params": {
   "quality": {
    "kind": "choice",
    "choices": [
     "pq",
     "sq",
     "rq"
    ],
    "default": "pq",
    "words": "pq: the whole. sq: the segmentation alone, the mean ratio of what matched. rq: the recognition alone, TP ÷ (TP + FP ÷ 2 + FN ÷ 2)."
   },
   "labels": {
    "kind": "labels",
    "words": "The classes that are averaged, such as those of things; all that are in truth or submission if absent."
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
 "coco_ap": {
  "family": "images",
  "title": "COCO average precision of boxes",
  "words": "How well boxes of objects are found: precision at 101 recalls, averaged over classes and over how much a box must overlap.",
  "formula": "mean over classes and thresholds of the mean of interpolated precision at recall 0, 0.01, …, 1; boxes are matched by score, highest first",
  "direction": "maximize",
  "params": {
   "thresholds": {
    "kind": "numbers",
    "min": 0.01,
    "max": 1,
    "maxItems": 20,
    "words": "Least intersection over union of a match; 0.5, 0.55, … 0.95 if absent. [0.5] gives AP50."
   },
   "max_detections": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 1000,
    "default": 100,
    "words": "How many boxes of a class count in an image, highest scores first."
   },
   "area": {
    "kind": "choice",
    "choices": [
     "all",
     "small",
     "medium",
     "large"
    ],
    "default": "all",
    "words": "Which objects count: small ones up to 32² pixels, medium ones from there to 96², large ones from there. Others may be found or not; nor does a box count that finds none and whose own area is another."
   },
   "annotations": {
    "kind": "choice",
    "choices": [
     "boxes",
     "coco"
    ],
    "default": "boxes",
    "words": "What the truth says of an object: class x y width height, or as COCO has it class x y width height area iscrowd. The area of a plain box is its own, that of COCO the one of the mask. A crowd (iscrowd 1) is not to be found, and boxes of its class that lie in it by the threshold do not count."
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
 "coco_ar": {
  "family": "images",
  "title": "COCO average recall of boxes",
  "words": "How many of the true boxes are found at all with so many boxes an image, averaged over classes and over how much a box must overlap; wrong boxes cost nothing but their places.",
  "formula": "mean over classes and thresholds of matched true boxes ÷ true boxes; boxes are matched by score, highest first, max_detections of a class in an image",
  "direction": "maximize",
  "params": {
   "thresholds": {
    "kind": "numbers",
    "min": 0.01,
    "max": 1,
    "maxItems": 20,
    "words": "Least intersection over union of a match; 0.5, 0.55, … 0.95 if absent."
   },
   "max_detections": {
    "kind": "number",
    "integer": true,
    "min": 1,
    "max": 1000,
    "default": 100,
    "words": "The k of AR@k. How many boxes of a class count in an image, highest scores first."
   },
   "area": {
    "kind": "choice",
    "choices": [
     "all",
     "small",
     "medium",
     "large"
    ],
    "default": "all",
    "words": "Which objects count: small ones up to 32² pixels, medium ones from there to 96², large ones from there. Others may be found or not; nor does a box count that finds none and whose own area is another."
   },
   "annotations": {
    "kind": "choice",
    "choices": [
     "boxes",
     "coco"
    ],
    "default": "boxes",
    "words": "What the truth says of an object: class x y width height, or as COCO has it class x y width height area iscrowd. The area of a plain box is its own, that of COCO the one of the mask. A crowd (iscrowd 1) is not to be found, and boxes of its class that lie in it by the threshold do not count."
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
 "voc_ap": {
  "family": "images",
  "title": "PASCAL VOC average precision of boxes",
  "words": "How well boxes of objects are found: the area under precision over recall of each class, averaged over classes.",
  "formula": "mean over classes of Σ (recallᵢ − recallᵢ₋₁) · best precision at recall ≥ recallᵢ; by score, highest first, a box is right where it overlaps the true box that it overlaps most by more than the threshold, and is the first to do so",
  "direction": "maximize",
  "params": {
   "threshold": {
    "kind": "number",
    "min": 0,
    "below": 1,
    "default": 0.5,
    "words": "Intersection over union that a right box is above."
   },
   "interpolation": {
    "kind": "choice",
    "choices": [
     "all",
     "eleven"
    ],
    "default": "all",
    "words": "all: at each recall that is reached (VOC 2010 and later). eleven: at recall 0, 0.1, … 1 (before)."
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
 "open_images_ap": {
  "family": "images",
  "title": "Open Images average precision of boxes",
  "words": "How well boxes of objects are found where a box can stand for a group of objects, and not every class was looked for in every image.",
  "formula": "mean over classes of Σ (recallᵢ − recallᵢ₋₁) · best precision at recall ≥ recallᵢ; in an image, by score, highest first, a box is right where it overlaps the true object that it overlaps most by the threshold, and is the first to do so; else, where as much of it lies in a group, it counts together with all others there as one right box with the best of their scores",
  "direction": "maximize",
  "params": {
   "threshold": {
    "kind": "number",
    "above": 0,
    "max": 1,
    "default": 0.5,
    "words": "Least intersection over union with an object, and least part of a box that lies in a group."
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
 "box3d_ap": {
  "family": "images",
  "title": "Average precision of boxes in space",
  "words": "How well upright boxes are found in each scene: the area under precision over recall, averaged over how much the volumes must overlap, over the classes of the scene, then over scenes.",
  "formula": "mean over rows, thresholds and the classes of the row of voc_ap’s sum, of that row alone, by intersection over union of volumes; a row without true boxes counts 1 where none is predicted, else 0",
  "direction": "maximize",
  "params": {
   "thresholds": {
    "kind": "numbers",
    "min": 0,
    "max": 0.999,
    "words": "Intersection over union that a right box is above; 0.5, 0.55, … 0.95 if absent."
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
 "point_f1": {
  "family": "images",
  "title": "F1 of points in boxes",
  "words": "How well objects are pointed at: a point is right inside a true box of its class, one for each box.",
  "formula": "2·TP ÷ (boxes + points) over all rows; each box, in its order, takes the first point of its class within it that no other took",
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
 "hota": {
  "family": "tracking",
  "title": "Higher order tracking accuracy",
  "words": "How well objects are found and followed, both alike, over how much their boxes must overlap.",
  "formula": "mean over thresholds of √(DetA · AssA); DetA = TP ÷ (TP + FN + FP), AssA = mean over TP of TPA ÷ (TPA + FNA + FPA), that is of the boxes that its two tracks have matched with each other, of all that either has; over all sequences. Boxes of a frame are matched once, for the greatest sum of overlap · alignment of the tracks, and count at a threshold where they overlap by it",
  "direction": "maximize",
  "params": {
   "thresholds": {
    "kind": "numbers",
    "min": 0.01,
    "max": 1,
    "words": "Least intersection over union of a match; 0.05, 0.1, … 0.95 if absent."
   },
   "quality": {
    "kind": "choice",
    "choices": [
     "hota",
     "deta",
     "assa"
    ],
    "default": "hota",
    "words": "hota: the whole. deta: how well objects are found. assa: how well those that are found are followed."
   }
  }
 },
 "mota": {
  "family": "tracking",
  "title": "Multiple object tracking accuracy",
  "words": "How few boxes of tracked objects are missed, wrong, or of another track than before. Below 0 where there are more of these than true boxes.",
  "formula": "1 − (missed + wrong + switches) ÷ true boxes, over all sequences; in each frame, a true track keeps the predicted one that it had last where they overlap by the threshold, and as many as can be of the others are matched, with the greatest overlaps together; another predicted track than the last one is a switch",
  "direction": "maximize",
  "params": {
   "threshold": {
    "kind": "number",
    "above": 0,
    "max": 1,
    "default": 0.5,
    "words": "Least intersection over union of a true box and one that may be matched with it."
   }
  }
 },
 "idf1": {
  "family": "tracking",
  "title": "F1 of identities",
  "words": "How many boxes of tracked objects have the one track that stands for their object through the sequence.",
  "formula": "2·IDTP ÷ (true boxes + predicted boxes), over all sequences; of each sequence, true and predicted tracks are paired one to one so that most boxes of a pair overlap by the threshold in the same frame, and IDTP is their number",
  "direction": "maximize",
  "params": {
   "threshold": {
    "kind": "number",
    "above": 0,
    "max": 1,
    "default": 0.5,
    "words": "Least intersection over union of a true box and one that may be matched with it."
   }
  }
 },
 "adjusted_rand": {
  "family": "clustering",
  "title": "Adjusted Rand index",
  "words": "Agreement on pairs of rows beyond chance: 1 is perfect, 0 a guess.",
  "formula": "(both − truth·predicted ÷ pairs) ÷ ((truth + predicted) ÷ 2 − truth·predicted ÷ pairs), counting pairs of rows that are together",
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
 "rand": {
  "family": "clustering",
  "title": "Rand index",
  "words": "The share of pairs of rows on which truth and prediction agree whether they belong together.",
  "formula": "(pairs together in both + pairs apart in both) ÷ pairs",
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
 "adjusted_mutual_info": {
  "family": "clustering",
  "title": "Adjusted mutual information",
  "words": "How much truth and prediction say of each other beyond chance: 1 is perfect, 0 a guess.",
  "formula": "(mutual information − its expectation) ÷ (mean of the entropies − the expectation)",
  "direction": "maximize",
  "params": {
   "average_method": {
    "kind": "choice",
    "choices": [
     "arithmetic",
     "geometric",
     "min",
     "max"
    ],
    "default": "arithmetic",
    "words": "Which mean of the two entropies it is divided by."
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
 "normalized_mutual_info": {
  "family": "clustering",
  "title": "Normalized mutual information",
  "words": "How much truth and prediction say of each other, as a share of all that could be said.",
  "formula": "mutual information ÷ mean of the entropies of truth and prediction",
  "direction": "maximize",
  "params": {
   "average_method": {
    "kind": "choice",
    "choices": [
     "arithmetic",
     "geometric",
     "min",
     "max"
    ],
    "default": "arithmetic",
    "words": "Which mean of the two entropies it is divided by."
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
 "v_measure": {
  "family": "clustering",
  "title": "V-measure",
  "words": "Homogeneity and completeness in one number, where completeness counts beta times as much.",
  "formula": "(1 + beta)·homogeneity·completeness ÷ (beta·homogeneity + completeness)",
  "direction": "maximize",
  "params": {
   "beta": {
    "kind": "number",
    "min": 0,
    "max": 1000,
    "default": 1,
    "words": "How many times completeness counts as much."
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
 "homogeneity": {
  "family": "clustering",
  "title": "Homogeneity",
  "words": "How far each predicted cluster has rows of a single true one.",
  "formula": "mutual information ÷ entropy of the truth; 1 where the truth is one cluster",
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
 "completeness": {
  "family": "clustering",
  "title": "Completeness",
  "words": "How far the rows of each true cluster are in a single predicted one.",
  "formula": "mutual information ÷ entropy of the prediction; 1 where the prediction is one cluster",
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
 "fowlkes_mallows": {
  "family": "clustering",
  "title": "Fowlkes–Mallows index",
  "words": "The geometric mean of precision and recall over pairs of rows that are together.",
  "formula": "pairs together in both ÷ √(pairs together in truth · pairs together in prediction)",
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
 "concordance_index": {
  "family": "survival",
  "title": "Concordance index",
  "words": "Of the pairs of rows whose order of survival is known, the share that is predicted in that order.",
  "formula": "(pairs in the right order + ½ · pairs with equal predictions) ÷ pairs that can be compared: the shorter time ended with the event",
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
 }
}
