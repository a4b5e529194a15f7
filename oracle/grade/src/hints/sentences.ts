import { LATIN1 } from './encoding.ts'

/**
 * What people do wrong again and again, and what to do about it. Sentences without any value of a file: which one applies is all that is
 * told. They change no verdict; wording may change at any time.
 */
export const HINTS = {
  // The file.
  html: 'This is a web page (HTML), perhaps an error or sign-in page that was saved in place of the data. Download the CSV itself.',
  json: 'This is JSON. Write the same rows as CSV.',
  packed: 'Unpack the file and submit the CSV that is inside.',
  zip: 'Unpack a zip file and submit the CSV that is inside; save a spreadsheet (xlsx) as “CSV UTF-8”.',
  spreadsheet: 'Save the table as “CSV UTF-8”.',
  parquet: 'Write the table as CSV; in pandas: read_parquet(…).to_csv(…, index=False).',
  other_format:
    'Write the table in one of the formats that this challenge takes; its page and `stellartrain status` name them.',
  json_array: 'This is one JSON array. Write an object a line; in pandas: to_json(…, orient="records", lines=True).',
  array: 'Write the values as CSV with their ids; in pandas: to_csv(…, index=False).',
  utf16: 'Save the file as UTF-8; in Excel: “CSV UTF-8 (comma delimited)”.',
  sealed: 'Submit the CSV itself: it is sealed on the way.',
  latin1: LATIN1,
  // Its columns.
  semicolons: 'The values are separated by semicolons. Separate them by commas, and write decimals with a point.',
  tabs: 'The values are separated by tabs. Separate them by commas.',
  bars: 'The values are separated by bars (|). Separate them by commas.',
  quoted_row: 'The whole line is in quotation marks, so it is one value. Leave them out around the line.',
  index_column: 'pandas wrote its index as a column without a name. Write the file with to_csv(…, index=False).',
  unnamed_index:
    'pandas wrote the ids as an index without a name. Write the file with to_csv(…, index_label=…) and the name of the id column.',
  no_header: 'The first line seems to hold values. Put a line with the names of the columns above it.',
  header_case: 'The name is there in other upper and lower case. Write it exactly as the challenge does.',
  header_spaces: 'The name is there with spaces around it, or characters that cannot be seen. Remove them.',
  header_form: 'The name is there in another Unicode form. Write it exactly as the challenge does.',
  byte_order_mark:
    'There is a second byte-order mark before the name. Save the file as UTF-8 without a byte-order mark.',
  comma_in_value: 'A comma in a value separates it in two. Put the value in quotation marks.',
  // Numbers.
  decimal_comma: 'The number has a decimal comma. Write a point; in pandas: to_csv(…, decimal=".").',
  thousands: 'The number has separators between its thousands. Leave them out.',
  percent: 'The number is a percentage. Write the plain number without the sign.',
  share: 'The numbers may be percentages. Divide them by 100.',
  boolean: 'The value is True or False. Write 1 or 0; in pandas: astype(int).',
  missing: 'A prediction is missing (NaN). Give every row a value; in pandas, isna() finds the rows.',
  invisible_number: 'The number has a no-break space or another character that cannot be seen. Remove it.',
  // Texts.
  spaces: 'Remove spaces behind commas and at the ends of values; in pandas: str.strip().',
  invisible: 'It has a no-break space or another character that cannot be seen. Without it, it is known.',
  unicode_form:
    'It is known in another Unicode form (NFC or NFD). Copy it from the data, or use unicodedata.normalize in Python.',
  other_case: 'It is known in other upper and lower case. Write it as the challenge does.',
  decimal_text:
    'It is known as a whole number, without “.0”; in pandas: astype(int), or read the column with dtype=str.',
  lost_zeros: 'It is known with zeros in front, which were lost. Read the id column as text; in pandas: dtype=str.',
  added_zeros: 'It is known without the zeros in front. Write it as the data does.',
} as const

export type HintName = keyof typeof HINTS
