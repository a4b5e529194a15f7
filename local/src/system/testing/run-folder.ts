/**
 * A run of tests has a folder of its own for what is temporary, which goes with it. What a test kills, as a power cut would, leaves its
 * files behind; they must not stay on the machine.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endTestServer } from '@stellartrain/indexer-postgres'

export default function setUp(): () => Promise<void> {
  const before = process.env.TMPDIR
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-run-'))
  // Where root tests, its Postgres runs as another user, who has to pass.
  chmodSync(folder, 0o711)
  // Workers, and every process that a test starts, inherit it.
  process.env.TMPDIR = folder
  return async () => {
    await endTestServer(process.pid)
    rmSync(folder, { recursive: true, force: true })
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
