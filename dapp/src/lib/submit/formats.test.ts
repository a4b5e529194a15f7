/** What the page says of the formats that a challenge takes. */
import { expect, test } from 'vitest'
import { acceptedFiles, formatsInWords } from './formats.ts'

test('a challenge that names no formats takes a CSV', () => {
  expect(formatsInWords(undefined)).toBe('a CSV')
  expect(acceptedFiles(undefined)).toBe('.csv,text/csv')
})

test('formats are named, packed ones by how they are packed', () => {
  expect(formatsInWords(['csv', 'jsonl.gz', 'parquet'])).toBe('a CSV, JSON Lines (gzip) or a Parquet file')
  expect(acceptedFiles(['csv', 'csv.gz', 'jsonl.gz', 'parquet'])).toBe('.csv,.gz,.parquet')
})
