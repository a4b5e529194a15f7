/** The command as people run it: its exit codes, its sentences; secrets never in what it prints. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestOracle } from '../testing/oracle.ts'
import { inHours, planOf, predictions, startWorld, truthCsv, type World } from '../testing/world.ts'
import { main } from './main.ts'

const BIN = fileURLToPath(new URL('../../bin/stellartrain.js', import.meta.url))

let world: World
let oracle: TestOracle
let maker: Keypair
let solver: Keypair

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  ;[maker, solver] = (await world.fixture.people(2)) as [Keypair, Keypair]
  await mkdir(join(world.folder, '.stellartrain'))
  const demoAccounts = [
    { name: 'maker', secret: maker.secret() },
    { name: 'solver', secret: solver.secret() },
  ]
  await writeFile(join(world.folder, '.stellartrain/config.json'), JSON.stringify({ ...world.config, demoAccounts }))
  await writeFile(join(world.folder, 'predictions.csv'), predictions(2))
  await writeFile(join(world.folder, 'worse.csv'), predictions(4))
  await writeFile(join(world.folder, 'broken.csv'), 'id,label\nr000,bird\n')
  await writeFile(join(world.folder, 'index.csv'), ',id,label\n0,r000,cat\n')
  await writeFile(join(world.folder, 'truth.csv'), truthCsv)
})
afterAll(() => world.close())

type Run = { code: number; out: string; err: string }

/** In this process, for it takes seconds to load everything anew; one test below starts the real thing. */
async function run(args: string[], env: Record<string, string> = {}, cwd = world.folder): Promise<Run> {
  const said: string[] = []
  const complained: string[] = []
  const code = await main(args, {
    stdout: (text) => void said.push(text),
    stderr: (text) => void complained.push(text),
    env,
    cwd,
    signal: new AbortController().signal,
  })
  const [out, err] = [said.join(''), complained.join('')]
  for (const pair of [maker, solver]) expect(out + err).not.toContain(pair.secret())
  return { code, out, err }
}

async function writePlan(name: string, changes: object = {}): Promise<void> {
  const { datasets, truth: _, ...plan } = planOf([oracle], { deadline: inHours(world.fixture, 2) })
  for (const dataset of datasets) await writeFile(join(world.folder, dataset.name), dataset.bytes)
  const files = datasets.map(({ name, role }) => ({ name, role, file: name }))
  await writeFile(
    join(world.folder, name),
    JSON.stringify({ ...plan, datasets: files, truth: 'truth.csv', ...changes }),
  )
}

test('as a process of its own: exit code, streams, the folder that it is started in', async () => {
  const start = (args: string[]) =>
    new Promise<Run>((resolve) => {
      const options = { cwd: world.folder, env: { PATH: process.env.PATH ?? '' } }
      execFile(process.execPath, [BIN, ...args], options, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  const [bare, graded, account] = await Promise.all([
    start([]),
    start(['grade', '--metric', 'accuracy', '--truth', 'truth.csv', '--submission', 'broken.csv', '--json']),
    start(['account', '--as', 'solver', '--json']),
  ])
  expect(bare).toMatchObject({ code: 2, err: '', out: expect.stringContaining('Usage: stellartrain COMMAND') })
  expect(graded.code).toBe(1)
  expect(account).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(account.out)).toMatchObject({ address: solver.publicKey(), exists: true })
})

test('without arguments, with an unknown command and without a system it says what to do', async () => {
  const bare = await run([])
  expect(bare).toMatchObject({ code: 2, out: expect.stringContaining('Usage: stellartrain COMMAND') })
  expect(await run(['fly'])).toMatchObject({ code: 2, err: expect.stringContaining('There is no command "fly".') })
  expect(await run(['submit', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('CHALLENGE FILE.csv') })
  const nowhere = await run(['status', '1'], {}, '/')
  expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('npm start') })
  expect(await run(['status', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('by its number') })
})

test('grade is the engine, without any system', async () => {
  const args = ['grade', '--metric', 'accuracy', '--truth', 'truth.csv', '--submission', 'predictions.csv', '--json']
  const { code, out } = await run(args)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ metric: 'accuracy', score: 0.96, rows: 50 })
  expect((await run([...args.slice(0, 5), '--submission', 'broken.csv'])).code).toBe(1)
})

test('create, submit, follow, verify: the loop from the command line', async () => {
  await writePlan('plan.json')
  const looked = await run(['create', 'plan.json', '--check', '--as', 'maker'])
  expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('locked now') })
  expect(looked.out).toMatch(/perfect 1, baseline 0\.6, constant 0\.6\n/)
  expect(looked.out).toMatch(/publishes .*the scores of others cannot be recomputed/)
  expect(looked.out).toContain(
    'silence     If the only oracle falls silent, only a judge could award the prize; this challenge has none, so what is left returns to the maker.',
  )
  expect(looked.out).toMatch(
    /judge +There is no judge\.\n +admission +Everyone may take part\.\n +copies +Content that someone else/,
  )
  expect(looked.out).toContain('Predictions are class labels: honest files can be identical')
  expect(looked.out).toMatch(
    /probing +.*Grading is free here: 50 submissions(, from \d+ accounts,)? are enough to read the truth and win 50 XLM/,
  )
  expect((await run(['create', 'plan.json', '--as', 'maker'])).err).toMatch(/--yes/)
  const created = await run(['create', 'plan.json', '--yes', '--json', '--keep', 'keep.json', '--as', 'maker'])
  expect(created).toMatchObject({ code: 0 })
  const { challenge } = JSON.parse(created.out) as { challenge: number }
  expect((await stat(join(world.folder, 'keep.json'))).mode & 0o777).toBe(0o600)
  await oracle.accept(challenge)

  const now = await run(['status', String(challenge)])
  expect(now).toMatchObject({ code: 0, out: expect.stringContaining('Cats and dogs  [open]') })
  expect(now.out, 'what to send, and by what it is scored').toMatch(
    /threshold +accuracy ≥ .*\n +file +csv: 50 rows of id, \w+; at most [\d,]+ bytes\n/,
  )
  // What lies behind is not shown as a date to come, and of what cannot happen any more there is none.
  expect(now.out).toMatch(/Z {2}opened \(past\)\n {2}2\S+Z {2}last submissions\n/)
  expect(now.out).not.toContain('unless every oracle')
  const early =
    /cannot be closed yet\. It can be closed from its deadline on, 2\d{3}-\S+Z, or as soon as the bounty has its last winner\./
  expect(await run(['close', String(challenge), '--check', '--as', 'maker'])).toMatchObject({
    ...{ code: 1, out: '', err: expect.stringMatching(early) },
  })
  expect(await run(['close', String(challenge), '--as', 'maker'])).toMatchObject({
    ...{ code: 1, err: expect.stringMatching(early) },
  })
  const broken = await run(['submit', String(challenge), 'broken.csv', '--as', 'solver'])
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('would be rejected') })
  expect(broken.err).toMatch(
    /\n {2}Row 2, column label: .* Found: lower-case letters\. Expected: one of the \d+ labels/,
  )
  expect(broken.err.match(/Row 2, column label/g)).toHaveLength(1)
  expect(broken).toMatchObject({ out: '', err: expect.stringContaining('Nothing was spent. Correct the file') })
  const told = await run(['submit', String(challenge), 'broken.csv', '--json', '--as', 'solver'])
  expect(told).toMatchObject({ code: 1, err: '' })
  expect(JSON.parse(told.out)).toMatchObject({
    error: { code: 'check_failed', details: [{ row: 2, column: 'label' }, { reason: 'missing_id' }] },
  })
  const indexed = await run(['submit', String(challenge), 'index.csv', '--check', '--as', 'solver'])
  expect(indexed).toMatchObject({ code: 1, err: expect.stringContaining('    Hint: pandas wrote its index') })
  expect(await run(['submit', String(challenge), 'predictions.csv'])).toMatchObject({ code: 2 })

  const waiting = run(['submit', String(challenge), 'predictions.csv', '--wait', '--json'], {
    STELLARTRAIN_SECRET: solver.secret(),
  })
  await expect.poll(async () => (await run(['status', `${challenge}/1`, '--json'])).code).toBe(0)
  await oracle.gradeAll(challenge)
  const waited = await waiting
  expect(waited, `${waited.out}${waited.err}`).toMatchObject({ code: 0 })
  expect(JSON.parse(waited.out)).toMatchObject({
    number: 1,
    submission: { story: { status: 'scored', score: '9600000', amounts: { sent: '500000000' } } },
  })
  const shown = await run(['status', `${challenge}/1`])
  expect(shown.out).toMatch(/✓ Graded 0\.96/)
  expect(shown.out).toMatch(/✓ Paid 50 XLM/)

  expect(await run(['verify', `${challenge}/1`])).toMatchObject({
    code: 4,
    out: expect.stringContaining(
      `\nNothing contradicts submission 1 of challenge ${challenge} so far; 5 of 13 checks cannot be made yet.`,
    ),
  })
  await oracle.publish(challenge, [1])
  const verified = await run(['verify', `${challenge}/1`, '--json'])
  expect(verified).toMatchObject({ code: 0 })
  expect(JSON.parse(verified.out)).toMatchObject({ verified: true, paid: '500000000' })
  const tampered = await run(['verify', `${challenge}/1`, '--submission', 'worse.csv'])
  expect(tampered).toMatchObject({ code: 1, out: expect.stringContaining('NOT as claimed') })

  const { salt } = JSON.parse(await readFile(join(world.folder, 'keep.json'), 'utf8')) as { salt: string }
  // What a judge gives as --hash: the content hash of a file, with the maker's truth and salt.
  const files = ['--truth', 'truth.csv', '--submission', 'predictions.csv']
  const graded = await run(['grade', '--metric', 'accuracy', ...files, '--salt', salt, '--json'])
  const { checks } = JSON.parse(verified.out) as { checks: { id: string; compared?: { got: string } }[] }
  expect(JSON.parse(graded.out)).toMatchObject({ contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect((JSON.parse(graded.out) as { contentHash: string }).contentHash).toBe(
    checks.find(({ id }) => id === 'content_hash')?.compared?.got,
  )
  // The salt is found where `create` kept it, and asked for where it did not.
  const opening = ['reveal', String(challenge), '--truth', 'truth.csv', '--as', 'maker']
  const truths = join(world.folder, '.stellartrain/truths')
  await rename(truths, join(world.folder, 'elsewhere'))
  expect(await run(opening)).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not kept here: give --kept FILE'),
  })
  await rename(join(world.folder, 'elsewhere'), truths)
  expect(await run(opening)).toMatchObject({ code: 0, out: expect.stringContaining('is open') })
  expect(await run(['release', `${challenge}/1`, '--as', 'maker'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('owed'),
  })
  // A check says what the call would say, in the same form.
  const checked = await run(['release', `${challenge}/1`, '--check', '--json', '--as', 'maker'])
  expect([checked.code, JSON.parse(checked.out)]).toEqual([
    0,
    { nothing: { code: 'nothing_owed', message: expect.stringContaining('Nothing is owed to this submission now. ') } },
  ])
  expect(await run(['close', String(challenge), '--as', 'maker'])).toMatchObject({ code: 0 })
  const again = await run(['close', String(challenge), '--check', '--json', '--as', 'maker'])
  expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { nothing: { code: 'nothing_to_close' } }])
})

test('a challenge that nobody accepted is taken back', async () => {
  await writePlan('cancelled.json', { reward: '7' })
  const created = await run(['create', 'cancelled.json', '--yes', '--json', '--as', 'maker'])
  const { challenge } = JSON.parse(created.out) as { challenge: number }
  expect(await run(['cancel', String(challenge), '--as', 'maker'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('7 XLM sent back'),
  })
})

test('accounts: a new key goes into a file only, and is not written over another', async () => {
  const made = await run(['account', 'new', '--secret-file', 'key', '--json'])
  expect(made.code).toBe(0)
  const { address } = JSON.parse(made.out) as { address: string }
  const secret = (await readFile(join(world.folder, 'key'), 'utf8')).trim()
  expect(made.out).not.toContain(secret)
  expect(await run(['account', 'new', '--secret-file', 'key'])).toMatchObject({
    ...{ code: 2, err: expect.stringContaining('The file key exists and is not replaced.') },
  })
  expect(await run(['account', 'fund', '--secret-file', 'key'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('10000 XLM'),
  })
  const asset = await world.fixture.asset('GOLD')
  const name = `GOLD:${asset.issuer.publicKey()}`
  expect(await run(['account', 'trust', name, '--secret-file', 'key'])).toMatchObject({ code: 0 })
  expect((await run(['account', address])).out).toContain(address)
})

test('an API that does not answer is worth another try', async () => {
  expect(await run(['challenges'])).toMatchObject({ code: 3, err: expect.stringContaining('does not answer') })
})
