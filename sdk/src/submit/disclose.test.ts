/** A judge who has no oracle's key is shown a submission: the solver's disclosure against the commitment in the ledger. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContext } from '../challenge/context.ts'
import { fileDrafts } from '../drafts/draft-files.ts'
import { memoryDrafts } from '../drafts/drafts.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, partedTruth, predictions, startWorld, truthCsv, type World } from '../testing/world.ts'
import { checkDisclosed } from './disclose.ts'
import { submitFile } from './submit.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
let judge: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  ;[maker, judge] = (await world.fixture.people(2)) as [Keypair, Keypair]
})
afterAll(() => world.close())

const HOUR = 3_600
const solverWith = async (file: string, content: Uint8Array) => {
  await writeFile(join(world.folder, file), content)
  return world.fixture.person()
}

test('from the solver to the ballot: disclose, check, grade with the maker’s truth, rule', async () => {
  const plan = await planFile('judged.json', {
    ...{ judge: { address: judge.publicKey() }, patienceSeconds: 60, step: '0.05' },
  })
  expect(await world.run(maker, 'create', plan, '--yes', '--keep', 'truth-key.json')).toMatchObject({ code: 0 })
  const challenge = 1
  await oracle.accept(challenge)
  const solver = await solverWith('mine.csv', predictions(2))
  expect((await world.run(solver, 'submit', String(challenge), 'mine.csv')).code).toBe(0)
  const name = `${challenge}/1`

  // The copy that was kept is used, whatever became of the solver's own file.
  await rm(join(world.folder, 'mine.csv'))
  const disclosed = await world.run(solver, 'disclose', name)
  expect(disclosed).toMatchObject({ code: 0, out: expect.stringContaining('matches the commitment of submission 1/1') })
  expect(disclosed.out).toContain('The judge checks it with: npx stellartrain judge check 1/1')
  expect((await world.run(solver, 'disclose', name)).out).toContain('exists and is not replaced')
  const file = 'submission-1-1.disclosure'
  const shown = await readFile(join(world.folder, file))
  expect(new TextDecoder().decode(shown)).toContain('r000,')

  expect((await world.run(judge, 'judge', 'check', name, file, '--out', 'seen.csv')).out).toContain(
    'This is submission 1/1: the content matches the commitment',
  )
  expect(await readFile(join(world.folder, 'seen.csv'))).toEqual(Buffer.from(predictions(2)))

  // The judge's machine may be another one: nothing of the maker's home is there but the file that it sent.
  await rm(join(world.folder, '.stellartrain/truths'), { recursive: true })
  const grading = ['judge', 'check', name, file, '--truth', 'truth.csv']
  expect(await world.run(judge, ...grading)).toMatchObject({ code: 2, out: expect.stringContaining('--kept FILE') })
  const graded = await world.run(judge, ...grading, '--kept', 'truth-key.json')
  expect(graded.out).toMatch(
    /An honest oracle scores it 0\.95 \(0\.96 before it is rounded\)\.\nThe ballot for that: npx stellartrain judge rule 1\/1 --score 0\.95 --hash [0-9a-f]{64} --reasons FILE/,
  )
  await writeFile(join(world.folder, 'other-truth.csv'), partedTruth)
  expect((await world.run(judge, ...grading.with(5, 'other-truth.csv'), '--kept', 'truth-key.json')).out).toContain(
    'not the one that the challenge committed to',
  )

  await world.fixture.net.warp(30 * HOUR)
  await writeFile(join(world.folder, 'why.md'), 'I checked the file and graded it.\n')
  const flags = /judge (rule .*) --reasons FILE/.exec(graded.out)?.[1]?.split(' ') ?? []
  expect(await world.run(judge, 'judge', ...flags, '--reasons', 'why.md')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Ruled on #1: scored 0.95'),
  })
})

test('another file, another solver, another challenge, a changed byte or nonce are none of them the submission', async () => {
  const { client } = world
  const challenge = await world.open(maker, [oracle])
  const [first, second] = (await world.fixture.people(2)) as [Keypair, Keypair]
  const drafts = memoryDrafts()
  const sent = await submitFile(client, { challenge, csv: predictions(3), signer: first, drafts })
  const other = await submitFile(client, { challenge, csv: predictions(4), signer: second, drafts })
  const { discloseSubmission } = await import('./disclose.ts')
  const mine = await discloseSubmission(client, sent, { drafts })
  const theirs = await discloseSubmission(client, other, { drafts })
  const nonce = (await drafts.list()).find(({ solver }) => solver === first.publicKey())?.nonce ?? ''

  // The same values in another order of rows have the same canonical form: it is what was said that counts.
  for (const content of [predictions(3), predictions(3, (ids) => ids.toReversed())])
    expect(await checkDisclosed(client, sent, { content, nonce })).toMatchObject({ number: 1, nonce })
  const refused = (shown: Parameters<typeof checkDisclosed>[2], ref = sent) =>
    expect(checkDisclosed(client, ref, shown)).rejects.toMatchObject({ code: 'not_the_submission' })
  await refused({ content: predictions(4), nonce })
  await refused({ content: predictions(3), nonce: 'ab'.repeat(32) })
  await refused({ content: bytes('id,label\nr000,cat\n'), nonce })
  await refused({ disclosure: theirs.bytes })
  await refused({ disclosure: mine.bytes }, other)
  await refused({ disclosure: predictions(3) })
  const changed = new Uint8Array(mine.bytes)
  const at = new TextDecoder().decode(changed).indexOf('r000,') + 5
  changed.set(bytes(changed[at] === 0x63 ? 'dog' : 'cat'), at)
  await refused({ disclosure: changed })
  const again = await world.open(maker, [oracle])
  await submitFile(client, { challenge: again, csv: predictions(3), signer: first, drafts })
  await refused({ disclosure: mine.bytes }, { ...sent, challenge: again })
})

test('who submitted elsewhere, or with an older version, is told that the nonce is not here', async () => {
  const { client, folder } = world
  const challenge = await world.open(maker, [oracle])
  const solver = await world.fixture.person()
  const drafts = fileDrafts(join(folder, 'drafts-of-another'))
  const sent = await submitFile(client, { challenge, csv: predictions(5), signer: solver, drafts })
  const { discloseSubmission } = await import('./disclose.ts')
  await expect(discloseSubmission(client, sent, { drafts: memoryDrafts() })).rejects.toMatchObject({
    ...{ code: 'not_found', message: expect.stringContaining('only the machine or the browser that submitted it') },
  })
  // A store that keeps no plaintext needs the file once more.
  const { originals: _, ...lean } = drafts
  await expect(discloseSubmission(client, sent, { drafts: lean })).rejects.toMatchObject({ code: 'not_found' })
  const shown = await discloseSubmission(client, sent, { drafts: lean, content: predictions(5) })
  expect(shown.number).toBe(1)
  await expect(discloseSubmission(client, sent, { drafts: lean, content: predictions(6) })).rejects.toMatchObject({
    code: 'not_the_submission',
  })
  expect((await readContext(client, challenge)).state.submitted).toBe(1)
})

async function planFile(name: string, changes: object): Promise<string> {
  const { inHours, planOf } = await import('../testing/world.ts')
  const { datasets, truth: _, ...plan } = planOf([oracle], { deadline: inHours(world.fixture, 2) })
  for (const dataset of datasets) await writeFile(join(world.folder, dataset.name), dataset.bytes)
  await writeFile(join(world.folder, 'truth.csv'), truthCsv)
  const files = datasets.map(({ name, role }) => ({ name, role, file: name }))
  const text = JSON.stringify({ ...plan, datasets: files, truth: 'truth.csv', ...changes })
  await writeFile(join(world.folder, name), text)
  return name
}

test('without a judge that is said; a file that was submitted is named by its number, and the fee budget is not said to be used up', async () => {
  const challenge = await world.open(maker, [oracle])
  const solver = await solverWith('again.csv', predictions(5))
  const sent = await world.run(solver, 'submit', String(challenge), 'again.csv')
  expect(sent).toMatchObject({ code: 0 })
  expect(sent.out).not.toMatch(/nearly used up|already/)
  const again = await world.run(solver, 'submit', String(challenge), 'again.csv')
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('submitted already, as number 1\n') })
  expect(again.out).not.toContain('handed_out')
  expect((await world.run(solver, 'disclose', `${challenge}/1`)).out).toContain('This challenge has no judge.')
})
