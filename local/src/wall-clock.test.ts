/** Waits and ages are measured on a clock that only grows (`performance.now()`); each use of the machine's own clock has its reason here. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = '{contracts/client,devnet,indexer/*,ipfs/*,oracle/*,sdk,service}/src/**/*.ts'
const TESTS = /\.(test|fixture)\.ts$|\/(testing|journeys|vectors)\/|harness|test-database/

const REASONS: Readonly<Record<string, string>> = {
  'contracts/client/src/rpc/wait.ts': 'Retry-After may be a date',
  'devnet/src/devnet.ts': 'a ledger closes at a time of the day, and never before the last one',
  'indexer/service/src/indexer.ts': 'the lag is shown against the day; a wait in the database outlives the process',
  'indexer/service/src/source/cross-check.ts':
    'a ledger closes at a time of the day: how old it is shows whether an RPC stopped',
  'indexer/service/src/webhooks/due.ts': 'a ping says when it was written',
  'ipfs/node/src/app.ts':
    'a day of an address, dates of pins, and without a ledger the age of uploads outlive the process',
  'ipfs/node/src/http/uploads.ts': 'without a ledger, the age of an upload outlives the process',
  'ipfs/node/src/replica/copier.ts': 'shown',
  'ipfs/node/src/start.ts': 'dates of pins and of parts outlive the process',
  'oracle/service/src/cli/rotate-key.ts': 'the end of a session',
  'oracle/service/src/options.ts': 'ages of files and of submissions, and the end of a session',
  'sdk/src/cli/create.ts': 'a plan names days',
  'sdk/src/cli/labels-create.ts': 'a plan names days',
  'sdk/src/submit/resume.ts': 'shown',
  'sdk/src/system/session.ts': 'a token ends at a time of the day; a refused one is renewed',
  'sdk/src/submit/submit.ts': 'shown',
  'service/src/log/log.ts': 'shown',
  'service/src/process/run.ts': 'shown',
  'service/src/sign-in/session.ts': 'SEP-10 speaks of the time of the day',
}

test('every use of the clock of the day has a reason', () => {
  const files = globSync(FOLDERS, { cwd: ROOT }).filter((file) => !TESTS.test(file))
  expect(files.length).toBeGreaterThan(300)
  const using = files.filter((file) => /\bDate\.now\b|new Date\(\)/.test(readFileSync(join(ROOT, file), 'utf8')))
  expect(using.toSorted()).toEqual(Object.keys(REASONS).toSorted())
})
