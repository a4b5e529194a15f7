/** Why a submission is rejected: the numbered list that the chain, the pages and the reports share. A number never changes its meaning. */

/**
 * Number, name and sentence of every reason. The number is posted on-chain as a `u8` (1 to 255); where oracles differ, the lowest
 * number stands, so what is nearer to the envelope has the lower number. Not listed on purpose: content that cannot be fetched is
 * "unavailable", which is no rejection.
 *
 * 1-19 belong to the sealed file and its envelope and are listed in `ipfs/content/src/sealed/reasons.ts`; here: 20-39 the file, 40-49 its header, 50-69 values, 70-79 ids, 80-89 the score; 90-99 batches of labels, 100-109 other submissions,
 * 110-119 models, 200-255 evaluators.
 */
export const REASONS = {
  file_too_large: { code: 20, text: 'The file is larger than this challenge allows.' },
  empty_file: { code: 21, text: 'The file is empty.' },
  not_text: { code: 22, text: 'The file is not a plain CSV file. Send it unpacked, as UTF-8 text.' },
  bad_utf8: { code: 23, text: 'The text is not valid UTF-8. Save the file as UTF-8.' },
  nul_byte: { code: 24, text: 'There is a NUL byte in the text.' },
  control_character: { code: 25, text: 'There is a control character in the text.' },
  bad_quoting: { code: 26, text: 'A quotation mark is misplaced or never closed.' },
  bare_carriage_return: { code: 27, text: 'A line ends with a carriage return alone. End lines with LF or CRLF.' },
  blank_line: { code: 28, text: 'There is a blank line between rows.' },
  field_too_long: {
    code: 29,
    text: 'A value is too long: above 4096 bytes, or above 4 MiB where texts, lists or masks are asked for.',
  },
  too_many_columns: { code: 30, text: 'The file has too many columns.' },
  too_many_rows: { code: 31, text: 'The file has more rows than this challenge allows.' },
  ragged_row: { code: 32, text: 'The row does not have as many values as the header has columns.' },
  wrong_format: {
    code: 33,
    text: 'The file is not in a format that this challenge takes, or not in the one that it is declared to have.',
  },
  bad_compression: { code: 34, text: 'The packed file is damaged, cut off, or packed in a way that is not read.' },
  unpacks_too_large: { code: 35, text: 'The file unpacks to more than this challenge allows.' },
  bad_json: { code: 36, text: 'The line is not one JSON object with each key once.' },
  bad_parquet: {
    code: 37,
    text: 'The Parquet file is damaged, or uses a type, an encoding or a compression that is not read.',
  },

  missing_column: { code: 40, text: 'A column is missing from the header.' },
  duplicate_column: { code: 41, text: 'The header has a column twice.' },
  unexpected_column: { code: 42, text: 'The header has a column that this challenge does not ask for.' },
  no_rows: { code: 43, text: 'There are no rows below the header.' },

  empty_value: { code: 50, text: 'The value is empty.' },
  padded_value: { code: 51, text: 'There are spaces around the value. Remove them.' },
  not_a_number: { code: 52, text: 'The value is not a plain decimal number such as 12, -0.5 or 1e-3.' },
  not_finite: { code: 53, text: 'The value is not a finite number.' },
  number_too_large: { code: 54, text: 'The number is too large for a 64-bit float.' },
  not_an_integer: { code: 55, text: 'The value is not a whole number below 2^53.' },
  not_a_probability: { code: 56, text: 'The value is not a probability from 0 to 1.' },
  out_of_range: { code: 57, text: 'The number is outside the range that this challenge allows.' },
  unknown_label: { code: 58, text: 'The label is not one of the labels of this challenge.' },
  probabilities_sum: {
    code: 59,
    text: 'The probabilities of the row do not add up to 1 (within 0.00001). Write more decimals.',
  },
  bad_list: { code: 60, text: 'The items of the list are not separated by single spaces.' },
  too_many_items: { code: 61, text: 'The cell has more items than this challenge allows.' },
  bad_mask: {
    code: 62,
    text: 'The mask is not pairs of a start and a length, both at least 1, in ascending order and without overlap.',
  },
  text_too_long: { code: 63, text: 'The text is too long: above 100,000 characters.' },
  too_much_text: {
    code: 64,
    text: 'The texts or lists are too long, all together, to be compared with the true ones. Make them about as long as those are.',
  },
  nested_value: { code: 65, text: 'The value is a list or an object where one value is asked for.' },

  duplicate_id: { code: 70, text: 'The id already occurs in an earlier row.' },
  unknown_id: { code: 71, text: 'The id is not one of the ids of this challenge.' },
  missing_id: { code: 72, text: 'Ids of this challenge are missing from the file.' },
  wrong_row_count: { code: 73, text: 'The file does not have as many rows as this challenge asks for.' },

  score_undefined: { code: 80, text: 'The metric has no finite value for this submission.' },
  score_out_of_range: { code: 81, text: 'The score is too large to be posted on-chain.' },

  wrong_units: { code: 90, text: 'The batch was declared with another number of items than are assigned to it.' },
  below_accuracy: { code: 91, text: 'Too many of the known items in the batch are labeled wrongly.' },
  no_lease: {
    code: 92,
    text: 'This challenge takes only batches that its oracles leased to their labeler, and the file names no lease.',
  },
  bad_lease: {
    code: 93,
    text: 'The lease in the file is not one of a majority of the oracles for this labeler, this attempt and these items.',
  },
  lease_expired: { code: 94, text: 'The batch was submitted after its lease had ended.' },
  bad_answer: { code: 95, text: 'An answer of the batch is not one that the labeling task allows.' },

  copied_content: { code: 100, text: 'An earlier submission of another solver has the same content.' },

  bad_module: { code: 110, text: 'The model is not a WebAssembly module of the kind that this challenge takes.' },
  model_trapped: { code: 111, text: 'The model stopped with a fault.' },
  model_out_of_fuel: { code: 112, text: 'The model needed more steps than this challenge allows.' },
  model_too_deep: { code: 113, text: 'The model called itself too often.' },
  model_no_room: { code: 114, text: 'The model had no room for the rows in the memory that it may use.' },
  model_bad_table: {
    code: 115,
    text: 'What the model returned is not a table with the columns of this challenge and one row for each row that it got.',
  },
  bad_graph: { code: 116, text: 'The model is not an ONNX model of the kind that this challenge takes.' },

  evaluator_trapped: { code: 200, text: 'The evaluator of this challenge stopped at this submission with a fault.' },
  evaluator_out_of_fuel: {
    code: 201,
    text: 'The evaluator of this challenge needed more steps for this submission than it may take.',
  },
  evaluator_too_deep: {
    code: 202,
    text: 'The evaluator of this challenge called itself too often for this submission.',
  },
  evaluator_no_room: {
    code: 203,
    text: 'The evaluator of this challenge had no room for this submission in the memory that it may use.',
  },
  evaluator_refused: { code: 204, text: 'The evaluator of this challenge refuses this submission.' },
} as const satisfies Record<string, { code: number; text: string }>

/** The name of a reason, stable like its number. */
export type ReasonName = keyof typeof REASONS

const byCode = new Map<number, ReasonName>(
  Object.entries(REASONS).map(([name, { code }]) => [code, name as ReasonName]),
)

/** The name of a reason number, or undefined for a number that this version does not know. */
export const reasonName = (code: number): ReasonName | undefined => byCode.get(code)

/** The sentence for people of a reason number; a number of a later version gets a sentence that says so. */
export const reasonText = (code: number): string => {
  const name = reasonName(code)
  return name ? REASONS[name].text : `Rejected with reason ${code}, which this version does not know.`
}
