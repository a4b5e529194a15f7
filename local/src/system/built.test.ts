/** Built services are the services. */

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Manifest } from '@stellartrain/ipfs-content'
import { silentLog } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { openCell } from '../../../oracle/service/src/grading/cell.ts'
import { createGrader } from '../../../oracle/service/src/grading/grader.ts'
import { builtMain, MAINS } from './built.ts'

const help = (main: string) =>
  execFileSync(process.execPath, ['--conditions=stellartrain-source', main, '--help'], { encoding: 'utf8' })

test.for(['network', 'ipfs', 'indexer', 'oracle'])('%s as one file knows the options of its source', async (name) => {
  const source = MAINS[name]!
  const built = await builtMain(source)
  expect(built).not.toBe(source)
  expect(help(built)).toBe(help(source))
})

test('what is no service runs from its source', async () => {
  expect(await builtMain(import.meta.filename)).toBe(import.meta.filename)
})

test('a built grading process finds the interpreter of Python, in the narrowest cell of this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'built-'))
  const cell = await openCell(folder, silentLog)
  const script = pathToFileURL(await builtMain(MAINS.worker!))
  const grader = createGrader({ workers: 1, memoryMb: 1024, seconds: 300, cell, script })
  try {
    const params = { module: 'evaluator.py', language: 'python', direction: 'maximize' }
    const submission = { idColumn: 'id', columns: [{ name: 'y', type: 'number' }], rows: 2, maxBytes: 1000 }
    const manifest = { submission, metric: { id: 'evaluator', version: 1, params } } as unknown as Manifest
    const source = "def score(solution, submission): return sum(solution['y']) + sum(submission['y'])"
    const bytes = (text: string) => new TextEncoder().encode(text)
    const truth = { csv: bytes('id,y\n1,2\n2,5\n'), salt: new Uint8Array(32) }
    const inputs = { manifest, manifestCid: '', evaluator: bytes(source), truth, ranked: false, labeling: undefined }
    expect(await grader.trial(inputs)).toMatchObject({ perfect: { score: 140_000_000n } })
  } finally {
    grader.close()
    await rm(folder, { recursive: true, force: true })
  }
})
