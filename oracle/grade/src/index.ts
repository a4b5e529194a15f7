/** The grading engine: validation, metrics, scores and content hashes, without any input or output of its own. */

export { naturalLog } from './arithmetic/log.ts'
export { type AnswerRules, answerRules } from './batch/answers.ts'
export { assignedIds, type BatchName, itemIds } from './batch/assign.ts'
export { checkGold } from './batch/check.ts'
export {
  batchKey,
  type Earned,
  earnedBy,
  isAccepted,
  type PaidBatch,
  type PayTerms,
  type QualityRule,
  type WorkedBatch,
  type WorkedEpoch,
} from './batch/earned.ts'
export { type Accepted, type BatchInput, goldIds, gradeBatch, type Held } from './batch/grade.ts'
export { gradeLeasedBatch, type Lease, type LeasedInput, ownIds } from './batch/leased.ts'
export { gradeQuiz, type Quiz, type QuizTry, quizQuestions } from './batch/quiz.ts'
export {
  BATCH_CANONICAL_VERSION,
  CANONICAL_VERSION,
  type CanonicalInput,
  contentHash,
  fromHex,
  hashForm,
  SALT_BYTES,
  toHex,
  writeCanonical,
} from './canonical/canonical.ts'
export {
  FILE_CANONICAL_VERSION,
  NESTED_CANONICAL_VERSION,
  type NestedItem,
  writeFile,
  writeNested,
} from './canonical/canonicalfile.ts'
export { TRUTH_CANONICAL_VERSION, writeTruth } from './canonical/canonicaltruth.ts'
export type { Sink } from './canonical/canonicalwriter.ts'
export { hashSubmission, writeSubmission } from './canonical/hashsubmission.ts'
export { canonicalJson, type Json } from './canonical/json.ts'
export { type CreateHash, createSha256, type Hasher } from './canonical/sha256.ts'
export {
  type Common,
  type CopiesAcross,
  commonOf,
  copiesAcross,
  LEAST_SHARED,
  type Misfit,
} from './copies/copiesacross.ts'
export type { Alike, Likeness } from './copies/likeness.ts'
export { type ComparedEntry, MOST_COMPARED, type NearCopies, type NearCopy, nearCopies } from './copies/nearcopies.ts'
export { headerNames } from './csv/header.ts'
export { binaryKind } from './csv/magic.ts'
export { GradeError, type GradeErrorCode } from './errors.ts'
export {
  extensionOf,
  FORMATS,
  type Format,
  formatOfMediaType,
  isModelFormat,
  MODEL_FORMATS,
  MODEL_METRICS,
  MODEL_NAMES,
  type ModelFormat,
  mediaTypeOf,
  mediaTypesOf,
} from './formats/names.ts'
export { contentMediaType, type PayloadTypes, payloadTypes } from './formats/payload.ts'
export { type Graded, type GradeInput, type GradeResult, grade, type Rejected } from './grade.ts'
export { gradeTask, type TaskInput, type TaskResult } from './gradetask.ts'
export { metricOf, type Task, type TaskSource, taskOf } from './manifesttask.ts'
export { getMetric, isMetricId, METRICS } from './metrics/index.ts'
export type { Direction, Metric, MetricId, MetricParams, Scorer } from './metrics/metric.ts'
export { type Precheck, type PrecheckShape, precheck } from './precheck.ts'
export { type Problem, type ProblemKind, problemLine } from './problems.ts'
export { PROGRAM_LIMITS } from './program/limits.ts'
export type { EvaluatorFile } from './program/metric.ts'
export { predict } from './program/model.ts'
export {
  EVALUATOR,
  EVALUATOR_METRICS,
  EVALUATOR_VERSION,
  evaluatorLanguage,
  evaluatorModule,
  evaluatorSteps,
  evaluatorVersion,
  LANGUAGES,
  type Language,
} from './program/params.ts'
export { REFUSALS, RefusedModule } from './program/refusal.ts'
export { createEvaluator, type Ran } from './program/run.ts'
export { sampleRows } from './program/sample.ts'
export { MachineMemoryError } from './program/start.ts'
export { tableOf } from './program/table.ts'
export { createPython, type Python, type PythonFiles } from './python/interpreter.ts'
export { evaluatorFile, supplyPython } from './python/supply.ts'
export { REASONS, type ReasonName, reasonName, reasonText } from './reasons.ts'
export { formatUnits, roundToStep, SCORE_SCALE, scoreUnits } from './score.ts'
export { type ColumnShape, type ColumnType, LIMITS, type SubmissionShape, type TruthShape } from './shape.ts'
export { type ColumnSummary, type LabelSummary, type NumberSummary, summarize } from './summary.ts'
export type { Column, LabelColumn, NumberColumn } from './table/columns.ts'
export { type IdIndex, indexIds } from './table/ids.ts'
export { checkShape, checkTask } from './task.ts'
export { type Trial, trial } from './trial.ts'
export { type Part, type PreparedTruth, partRows, prepareTruth } from './truth.ts'
