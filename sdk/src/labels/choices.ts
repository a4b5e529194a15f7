/** What `labels export` lets one choose, by name: lists alone, for whoever only names them. */

/** How the answers to an item become one. */
export const METHODS = [
  'majority',
  'wawa',
  'dawid-skene',
  'pooled-dawid-skene',
  'one-coin-dawid-skene',
  'glad',
  'mace',
] as const
export type Method = (typeof METHODS)[number]

/** What the labels are written as. */
export const FORMATS = ['csv', 'jsonl', 'label-studio', 'coco', 'conll', 'spacy', 'huggingface'] as const
export type Format = (typeof FORMATS)[number]
