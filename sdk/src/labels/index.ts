/** Labels from items to export: what makes a task of a maker's items, and what reads, agrees on and writes the labels. */
export { batchesNeeded, defaultBatch, guessedQuiz, type LabelsPayout, labelsPromised } from './amounts.ts'
export { type AgreedItem, agree, METHODS, type Method } from './consensus.ts'
export { exportLabels, FORMATS, type Format } from './export/export.ts'
export { generateAgeKey, identityFile, identityIn } from './identity.ts'
export {
  type ItemTable,
  itemsCsv,
  itemsFromCsv,
  itemsFromJsonLines,
  itemsFromMedia,
  itemsKind,
  type MediaFile,
} from './items.ts'
export { type Known, knownFromAnswers, knownFromColumn, knownFromCsv } from './known.ts'
export { readLabelStudio } from './label-studio/tasks.ts'
export { type LocalFile, linkMedia, MEDIA_MAX_BYTES, servedPath, sizedTask } from './link.ts'
export {
  hourlyPay,
  ITEMS_FILE,
  KNOWN_FILE,
  type LabelsPlan,
  type LabelsTerms,
  labelsParts,
  planLabels,
  QUIZ_FILE,
  type QuizTerms,
  sealedTo,
} from './plan.ts'
export { withSealedMedia } from './private-media.ts'
export { type KnownFrom, type Source, type SourceFrom, sourceOf } from './source.ts'
export { type Batch, type Labels, readLabels, type Vote } from './votes.ts'
