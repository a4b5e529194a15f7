/** The metrics, by id. */

import { didYouMean } from '../closest.ts'
import { GradeError } from '../errors.ts'
import { accuracy } from './accuracy.ts'
import { adjustedRand } from './adjusted_rand.ts'
import { angularError } from './angular_error.ts'
import { answerF1 } from './answer_f1.ts'
import { averagePrecision } from './average_precision.ts'
import { balancedAccuracy } from './balanced_accuracy.ts'
import { biasAuc } from './bias_auc.ts'
import { bleu } from './bleu.ts'
import { box3dAp } from './box3d_ap.ts'
import { brierScore } from './brier_score.ts'
import { cer } from './cer.ts'
import { chrf } from './chrf.ts'
import { cocoAp } from './coco_ap.ts'
import { cocoAr } from './coco_ar.ts'
import { cohenKappa } from './cohen_kappa.ts'
import { concordanceIndex } from './concordance_index.ts'
import { coverageError } from './coverage_error.ts'
import { crps } from './crps.ts'
import { d2Brier, d2LogLoss } from './d2_classes.ts'
import { d2AbsoluteError, d2Pinball, d2Tweedie } from './d2_regression.ts'
import { dcg } from './dcg.ts'
import { exactMatch } from './exact_match.ts'
import { expectedCalibrationError } from './expected_calibration_error.ts'
import { explainedVariance } from './explained_variance.ts'
import { f1Binary, f1Macro, f1Micro, f1Weighted } from './f1.ts'
import { f1Samples } from './f1_samples.ts'
import { FAMILIES } from './families.ts'
import { fbeta } from './fbeta.ts'
import { fowlkesMallows } from './fowlkes_mallows.ts'
import { gammaDeviance } from './gamma_deviance.ts'
import { hammingLoss } from './hamming_loss.ts'
import { haversine } from './haversine.ts'
import { haversinePercentiles } from './haversine_percentiles.ts'
import { hingeLoss } from './hinge_loss.ts'
import { hitRateAtK } from './hit_rate_at_k.ts'
import { hota } from './hota.ts'
import { idf1 } from './idf1.ts'
import { jaccard } from './jaccard.ts'
import { kendall } from './kendall.ts'
import { klDivergence } from './kl_divergence.ts'
import { labelRankingAveragePrecision } from './label_ranking_average_precision.ts'
import { labelRankingLoss } from './label_ranking_loss.ts'
import { laplaceLogLikelihood } from './laplace_log_likelihood.ts'
import { levenshtein } from './levenshtein.ts'
import { logLoss } from './log_loss.ts'
import { logMae } from './log_mae.ts'
import { mae } from './mae.ts'
import { mapAtK } from './map_at_k.ts'
import { mape } from './mape.ts'
import { mase } from './mase.ts'
import { maskBoundaryF1 } from './mask_boundary_f1.ts'
import { maskDice } from './mask_dice.ts'
import { maskDiceGlobal } from './mask_dice_global.ts'
import { maskDiceHausdorff } from './mask_dice_hausdorff.ts'
import { maskFbeta } from './mask_fbeta.ts'
import { maskHausdorff } from './mask_hausdorff.ts'
import { maskIou } from './mask_iou.ts'
import { maskIouGlobal } from './mask_iou_global.ts'
import { maskMap } from './mask_map.ts'
import { maxError } from './max_error.ts'
import { mcc } from './mcc.ts'
import { meanColumnwiseLogLoss } from './mean_columnwise_log_loss.ts'
import { medianAe } from './median_ae.ts'
import type { Metric, MetricId } from './metric.ts'
import { mota } from './mota.ts'
import { mrr } from './mrr.ts'
import { mse } from './mse.ts'
import { msle } from './msle.ts'
import { adjustedMutualInfo, normalizedMutualInfo } from './mutual_information.ts'
import { ndcg } from './ndcg.ts'
import { normalizedGini } from './normalized_gini.ts'
import { openImagesAp } from './open_images_ap.ts'
import { orderKendall } from './order_kendall.ts'
import { panopticQuality } from './panoptic_quality.ts'
import { pearson } from './pearson.ts'
import { pinball } from './pinball.ts'
import { pointF1 } from './point_f1.ts'
import { poissonDeviance } from './poisson_deviance.ts'
import { precision } from './precision.ts'
import { precisionAtK } from './precision_at_k.ts'
import { probabilisticF1 } from './probabilistic_f1.ts'
import { quadraticWeightedKappa } from './quadratic_weighted_kappa.ts'
import { r2 } from './r2.ts'
import { rand } from './rand.ts'
import { recall } from './recall.ts'
import { recallAtK } from './recall_at_k.ts'
import { rmse } from './rmse.ts'
import { rmsle } from './rmsle.ts'
import { rmspe } from './rmspe.ts'
import { rocAuc } from './roc_auc.ts'
import { rocAucOvo, rocAucOvr } from './roc_auc_multi.ts'
import { rouge1, rouge2, rougeL } from './rouge.ts'
import { smape } from './smape.ts'
import { spanF1 } from './span_f1.ts'
import { spearman } from './spearman.ts'
import { ter } from './ter.ts'
import { tokenF1 } from './token_f1.ts'
import { topKAccuracy } from './top_k_accuracy.ts'
import { tweedieDeviance } from './tweedie_deviance.ts'
import { completeness, homogeneity, vMeasure } from './v_measures.ts'
import { vocAp } from './voc_ap.ts'
import { wape } from './wape.ts'
import { weightedAuc } from './weighted_auc.ts'
import { wer } from './wer.ts'
import { wordJaccard } from './word_jaccard.ts'
import { zeroOneLoss } from './zero_one_loss.ts'

const ALL: readonly Metric[] = [
  accuracy,
  adjustedRand,
  angularError,
  averagePrecision,
  balancedAccuracy,
  bleu,
  brierScore,
  cer,
  chrf,
  ter,
  cocoAp,
  cocoAr,
  weightedAuc,
  biasAuc,
  haversinePercentiles,
  answerF1,
  maskDiceHausdorff,
  vocAp,
  openImagesAp,
  box3dAp,
  pointF1,
  cohenKappa,
  concordanceIndex,
  coverageError,
  crps,
  d2LogLoss,
  d2Brier,
  d2AbsoluteError,
  d2Pinball,
  d2Tweedie,
  exactMatch,
  expectedCalibrationError,
  explainedVariance,
  f1Macro,
  f1Micro,
  f1Weighted,
  f1Binary,
  f1Samples,
  fbeta,
  fowlkesMallows,
  gammaDeviance,
  hammingLoss,
  haversine,
  hingeLoss,
  hitRateAtK,
  hota,
  idf1,
  jaccard,
  kendall,
  klDivergence,
  labelRankingAveragePrecision,
  labelRankingLoss,
  laplaceLogLikelihood,
  levenshtein,
  logLoss,
  logMae,
  mae,
  mapAtK,
  mape,
  mase,
  maskBoundaryF1,
  maskDice,
  maskDiceGlobal,
  maskIouGlobal,
  maskFbeta,
  maskMap,
  maskHausdorff,
  maskIou,
  maxError,
  mcc,
  meanColumnwiseLogLoss,
  medianAe,
  mota,
  mrr,
  mse,
  msle,
  normalizedMutualInfo,
  adjustedMutualInfo,
  dcg,
  ndcg,
  normalizedGini,
  orderKendall,
  panopticQuality,
  pearson,
  pinball,
  poissonDeviance,
  precision,
  precisionAtK,
  probabilisticF1,
  quadraticWeightedKappa,
  r2,
  rand,
  recall,
  recallAtK,
  rmse,
  rmsle,
  rmspe,
  rocAuc,
  rocAucOvr,
  rocAucOvo,
  rouge1,
  rouge2,
  rougeL,
  smape,
  spanF1,
  spearman,
  tokenF1,
  topKAccuracy,
  tweedieDeviance,
  homogeneity,
  completeness,
  vMeasure,
  wape,
  wer,
  wordJaccard,
  zeroOneLoss,
]

const byId = new Map<string, Metric>(ALL.map((metric) => [metric.id, metric]))

/** Every metric, in the order in which pages list them. */
export const METRICS: readonly Metric[] = Object.values(FAMILIES).flatMap(({ ids }) => ids.map((id) => byId.get(id)!))

export const isMetricId = (id: string): id is MetricId => byId.has(id)

/** The metric of an id. Throws `metric_unknown`. */
export function getMetric(id: string): Metric {
  const metric = byId.get(id)
  if (metric) return metric
  const meant = didYouMean(id, [...byId.keys()]) || ' `stellartrain grade --metrics` lists all.'
  throw new GradeError('metric_unknown', `There is no metric ${id}.${meant}`)
}
