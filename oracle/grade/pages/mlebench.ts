/** MLE-bench's 82 competitions and the metric, with its parameters, that a challenge plan names for each. */

import type { TaskSource } from '../src/manifesttask.ts'
import type { MetricId } from '../src/metrics/metric.ts'

type Type = TaskSource['submission']['columns'][number]['type']

export interface BenchPlan {
  readonly metric: MetricId
  /** Columns of a submission: their type and how many there are (3 stands for one for each class, label or value). */
  readonly type: Type
  readonly columns?: number
  readonly params?: Readonly<Record<string, unknown>>
  /** Columns of the truth beside its values. */
  readonly truth?: 'weight' | 'group'
  /** What differs from the competition's own grader, or how its data are written. */
  readonly note?: string
}

const AUC: BenchPlan = { metric: 'roc_auc', type: 'number' }
const COLUMN_AUC: BenchPlan = { metric: 'roc_auc', type: 'number', columns: 3 }
const ACCURACY: BenchPlan = { metric: 'accuracy', type: 'string' }
const LOG_LOSS: BenchPlan = { metric: 'log_loss', type: 'number' }
const CLASS_LOG_LOSS: BenchPlan = {
  metric: 'log_loss',
  type: 'number',
  columns: 3,
  note: 'rows must add up to 1, where the competition divides by their sum',
}
const MACRO_F1: BenchPlan = { metric: 'f1_macro', type: 'string' }
const MICRO_F1: BenchPlan = { metric: 'f1_micro', type: 'list' }
const MAP5: BenchPlan = { metric: 'map_at_k', type: 'list', params: { k: 5 } }
const RMSE: BenchPlan = { metric: 'rmse', type: 'number' }
const QWK: BenchPlan = { metric: 'quadratic_weighted_kappa', type: 'integer' }
const LEVENSHTEIN: BenchPlan = { metric: 'levenshtein', type: 'text' }
const EXACT: BenchPlan = { metric: 'exact_match', type: 'text', params: { variant: 'plain' } }
const JACCARD: BenchPlan = { metric: 'word_jaccard', type: 'text', note: 'only A to Z lose their case' }

export const MLE_BENCH: Readonly<Record<string, BenchPlan>> = {
  '3d-object-detection-for-autonomous-vehicles': {
    metric: 'box3d_ap',
    type: 'list',
    note: 'the class comes first in a box',
  },
  AI4Code: { metric: 'order_kendall', type: 'list' },
  'aerial-cactus-identification': AUC,
  'alaska2-image-steganalysis': { metric: 'weighted_auc', type: 'number' },
  'aptos2019-blindness-detection': { ...QWK, params: { labels: [0, 1, 2, 3, 4] } },
  'billion-word-imputation': LEVENSHTEIN,
  'bms-molecular-translation': LEVENSHTEIN,
  'cassava-leaf-disease-classification': ACCURACY,
  'cdiscount-image-classification-challenge': ACCURACY,
  'chaii-hindi-and-tamil-question-answering': JACCARD,
  'champs-scalar-coupling': {
    metric: 'log_mae',
    type: 'number',
    params: { group_average: 'macro' },
    truth: 'group',
    note: 'the group is the type of coupling',
  },
  'denoising-dirty-documents': { ...RMSE, note: 'a row a pixel, up to 10,000,000' },
  'detecting-insults-in-social-commentary': AUC,
  'dog-breed-identification': CLASS_LOG_LOSS,
  'dogs-vs-cats-redux-kernels-edition': LOG_LOSS,
  'facebook-recruiting-iii-keyword-extraction': {
    ...MICRO_F1,
    note: 'predicted tags that the truth never has count as wrong, where the competition’s grader ignores them',
  },
  'freesound-audio-tagging-2019': {
    metric: 'label_ranking_average_precision',
    type: 'number',
    columns: 3,
    truth: 'weight',
    note: 'the weight of a row is its number of labels',
  },
  'google-quest-challenge': { metric: 'spearman', type: 'number', columns: 3 },
  'google-research-identify-contrails-reduce-global-warming': { metric: 'mask_dice_global', type: 'rle' },
  'h-and-m-personalized-fashion-recommendations': {
    metric: 'map_at_k',
    type: 'list',
    params: { k: 12 },
    note: 'rows without a purchase are left out',
  },
  'herbarium-2020-fgvc7': MACRO_F1,
  'herbarium-2021-fgvc8': MACRO_F1,
  'herbarium-2022-fgvc9': MACRO_F1,
  'histopathologic-cancer-detection': AUC,
  'hms-harmful-brain-activity-classification': { metric: 'kl_divergence', type: 'number', columns: 3 },
  'hotel-id-2021-fgvc8': MAP5,
  'hubmap-kidney-segmentation': { metric: 'mask_dice', type: 'rle', note: 'masks up to 4 MiB' },
  'icecube-neutrinos-in-deep-ice': { metric: 'angular_error', type: 'number', columns: 2 },
  'imet-2020-fgvc7': MICRO_F1,
  'inaturalist-2019-fgvc6': { metric: 'zero_one_loss', type: 'string' },
  'invasive-species-monitoring': AUC,
  'iwildcam-2019-fgvc6': MACRO_F1,
  'iwildcam-2020-fgvc7': ACCURACY,
  'jigsaw-toxic-comment-classification-challenge': COLUMN_AUC,
  'jigsaw-unintended-bias-in-toxicity-classification': {
    metric: 'bias_auc',
    type: 'number',
    note: 'truth with the columns target and subgroups, of what is at least 0.5; the grader of MLE-bench rounds predictions to 0 and 1 first: round them so to have its numbers',
  },
  'kuzushiji-recognition': { metric: 'point_f1', type: 'list' },
  'leaf-classification': CLASS_LOG_LOSS,
  'learning-agency-lab-automated-essay-scoring-2': { ...QWK, params: { labels: [1, 2, 3, 4, 5, 6] } },
  'lmsys-chatbot-arena': CLASS_LOG_LOSS,
  'ml2021spring-hw2': ACCURACY,
  'mlsp-2013-birds': { ...AUC, note: 'a row for each recording and species' },
  'movie-review-sentiment-analysis-kernels-only': ACCURACY,
  'multi-modal-gesture-recognition': { metric: 'wer', type: 'text', note: 'gestures are words' },
  'new-york-city-taxi-fare-prediction': RMSE,
  'nfl-player-contact-detection': { metric: 'mcc', type: 'integer' },
  'nomad2018-predict-transparent-conductors': { metric: 'rmsle', type: 'number', columns: 2 },
  'osic-pulmonary-fibrosis-progression': { metric: 'laplace_log_likelihood', type: 'number', columns: 2 },
  'paddy-disease-classification': ACCURACY,
  'petfinder-pawpularity-score': RMSE,
  'plant-pathology-2020-fgvc7': COLUMN_AUC,
  'plant-pathology-2021-fgvc8': MICRO_F1,
  'plant-seedlings-classification': { metric: 'f1_micro', type: 'string' },
  'playground-series-s3e18': COLUMN_AUC,
  'predict-volcanic-eruptions-ingv-oe': { metric: 'mae', type: 'number' },
  'random-acts-of-pizza': AUC,
  'ranzcr-clip-catheter-line-classification': COLUMN_AUC,
  'rsna-2022-cervical-spine-fracture-detection': {
    ...LOG_LOSS,
    truth: 'weight',
    note: 'a row for each patient and label, whose weight is its share of the weights of its patient',
  },
  'rsna-breast-cancer-detection': { metric: 'probabilistic_f1', type: 'number' },
  'rsna-miccai-brain-tumor-radiogenomic-classification': AUC,
  'seti-breakthrough-listen': AUC,
  'siim-covid19-detection': {
    metric: 'voc_ap',
    type: 'list',
    note: 'width and height instead of a second corner; the competition’s PASCAL VOC, where the grader of MLE-bench counts what was not found as found with score 0',
  },
  'siim-isic-melanoma-classification': AUC,
  'smartphone-decimeter-2022': {
    metric: 'haversine_percentiles',
    type: 'number',
    columns: 2,
    params: { scale: 6371000, group_average: 'macro' },
    truth: 'group',
    note: 'the group is the trip',
  },
  'spaceship-titanic': ACCURACY,
  'spooky-author-identification': CLASS_LOG_LOSS,
  'stanford-covid-vaccine': { ...RMSE, columns: 3, truth: 'weight', note: 'rows that are not scored have weight 0' },
  'statoil-iceberg-classifier-challenge': LOG_LOSS,
  'tabular-playground-series-dec-2021': ACCURACY,
  'tabular-playground-series-may-2022': AUC,
  'tensorflow-speech-recognition-challenge': ACCURACY,
  'tensorflow2-question-answering': {
    metric: 'answer_f1',
    type: 'list',
    params: { variant: 'accuracy' },
    note: 'what the grader of MLE-bench computes; the competition’s own F1 without the parameter',
  },
  'text-normalization-challenge-english-language': EXACT,
  'text-normalization-challenge-russian-language': EXACT,
  'tgs-salt-identification-challenge': {
    metric: 'mask_map',
    type: 'list',
    note: 'the mask of an image is one item',
  },
  'the-icml-2013-whale-challenge-right-whale-redux': AUC,
  'tweet-sentiment-extraction': JACCARD,
  'us-patent-phrase-to-phrase-matching': { metric: 'pearson', type: 'number' },
  'uw-madison-gi-tract-image-segmentation': {
    metric: 'mask_dice_hausdorff',
    type: 'rle',
    note: 'truth with the columns width, height, slice and group, which is a case and day; the grader of MLE-bench stops at predictions ten times as large as the truth and counts them as farthest',
  },
  'ventilator-pressure-prediction': {
    metric: 'mae',
    type: 'number',
    truth: 'weight',
    note: 'rows of the expiratory phase have weight 0',
  },
  'vesuvius-challenge-ink-detection': {
    metric: 'mask_fbeta',
    type: 'rle',
    params: { empty: 'zero' },
    note: 'masks up to 4 MiB',
  },
  'vinbigdata-chest-xray-abnormalities-detection': {
    metric: 'coco_ap',
    type: 'list',
    params: { thresholds: [0.4] },
    note: 'the competition’s grader puts corners where width and height stand: give both files so to have its numbers',
  },
  'whale-categorization-playground': MAP5,
}

/** The task of a plan, as a manifest would state it. */
export const benchTask = ({ metric, type, columns = 1, params = {} }: BenchPlan, version: number): TaskSource => ({
  submission: {
    idColumn: 'id',
    columns: Array.from({ length: columns }, (_, i) => ({ name: columns === 1 ? 'p' : `p${i + 1}`, type })),
    rows: 2,
    maxBytes: 1_000_000,
  },
  metric: { id: metric, params, version },
})

export function renderBench(note: string): string {
  const rows = Object.entries(MLE_BENCH).map(([name, plan]) => {
    const params = plan.params ? ` \`${JSON.stringify(plan.params)}\`` : ''
    const columns = `${(plan.columns ?? 1) > 1 ? 'several columns' : 'one column'} of ${plan.type}`
    const more = [columns, plan.truth && `truth with a column ${plan.truth}`, plan.note].filter(Boolean).join('; ')
    return `| ${name} | \`${plan.metric}\`${params} | ${more} |`
  })
  return `${note}# MLE-bench\n\nThe ${rows.length} competitions of [MLE-bench](https://github.com/openai/mle-bench) (at \`783b15a\`) and the metric of a challenge that grades the same. Where something differs from the competition’s own grader, the table says what.\n\n| competition | metric | |\n|---|---|---|\n${rows.join('\n')}\n`
}
