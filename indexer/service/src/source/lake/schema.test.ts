/** Paths as Galexie's own tests have them. */
import { expect, test } from 'vitest'
import { pathOf, readConfig } from './schema.ts'

test.each([
  [1, 10, 100, 'FFFFFFFF--0-99'],
  [2, 10, 100, 'FFFFFFFF--0-199/FFFFFFFF--0-99'],
  [2, 150, 50, 'FFFFFF9B--100-199/FFFFFF69--150-199'],
  [2, 300, 200, 'FFFFFFFF--0-399/FFFFFF37--200-399'],
  [2, 1, 1, 'FFFFFFFF--0-1/FFFFFFFE--1'],
  [4, 250, 50, 'FFFFFF37--200-399/FFFFFF05--250-299'],
  [1, 300, 200, 'FFFFFF37--200-399'],
  [1, 1, 1, 'FFFFFFFE--1'],
])('%i files a folder, ledger %i, %i ledgers a file: %s', (batchesPerPartition, ledger, ledgersPerBatch, path) => {
  expect(pathOf({ ledgersPerBatch, batchesPerPartition }, ledger)).toBe(`${path}.xdr.zst`)
})

test.each([
  [{ networkPassphrase: 'net', compression: 'zstd', ledgersPerBatch: 1, batchesPerPartition: 64_000 }, true],
  [{ networkPassphrase: 'net', compression: 'gz', ledgersPerBatch: 1, batchesPerPartition: 64_000 }, false],
  [{ networkPassphrase: 'net', compression: 'zstd', ledgersPerBatch: 0, batchesPerPartition: 64_000 }, false],
  [{ compression: 'zstd', ledgersPerBatch: 1, batchesPerPartition: 64_000 }, false],
  [null, false],
])('%j is a configuration: %s', (value, is) => {
  expect(readConfig(value) !== null).toBe(is)
})
