/** Whom labels belong to, by the command line on a whole system: results for the maker's key alone, per unit and by earnings, and appeals against rejected batches. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { asSigner, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Lease, Manifest } from '@stellartrain/ipfs-content'
import { readTasks } from '@stellartrain/sdk/batch'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { readReport } from '@stellartrain/sdk/earnings'
import { generateAgeKey, identityFile } from '@stellartrain/sdk/labels'
import { handInBatch, readWork } from '@stellartrain/sdk/work'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '../../../sdk/src/challenge/history.ts'
import { main } from '../../../sdk/src/cli/main.ts'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { type Parts, startParts } from './parts.ts'

const IDS = Array.from({ length: 10 }, (_, at) => `word-${at}`)
const rightOf = (id: string) => (Number(id.slice(5)) % 2 === 0 ? 'even' : 'odd')
const wrongOf = (id: string) => (rightOf(id) === 'even' ? 'odd' : 'even')
const LABELS_FILE = {
  title: 'Even or odd',
  summary: 'Say of each word whether its number is even.',
  description: 'Ten words.',
  license: 'CC0-1.0',
  items: 'words.csv',
  task: {
    show: [{ column: 'text', as: 'text' }],
    answer: { kind: 'choice', choices: [{ value: 'even' }, { value: 'odd' }] },
    instructions: { text: 'Look at the number.' },
  },
  known: 'known.csv',
  overlap: 2,
  perItem: '0.5',
  secondsPerItem: 5,
  batch: 5,
  deadline: '+2h',
}

let parts: Parts
let maker: Keypair
beforeAll(async () => {
  parts = await startParts()
  maker = await parts.fixture.person()
})
afterAll(() => parts?.close())

type Ran = { code: number; out: string; err: string }
async function run(who: Keypair, ...args: string[]): Promise<Ran> {
  const { rpcUrl, passphrase, contract, ipfsUrl, apiUrl } = parts.config
  const [said, complained]: [string[], string[]] = [[], []]
  const code = await main(args, {
    ...{ stdout: (text) => void said.push(text), stderr: (text) => void complained.push(text) },
    env: {
      ...{ RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract, IPFS_URL: ipfsUrl },
      ...{ API_URL: apiUrl, STELLARTRAIN_SECRET: who.secret(), STELLARTRAIN_HOME: join(parts.folder, who.publicKey()) },
    },
    ...{ cwd: parts.folder, signal: new AbortController().signal },
  })
  return { code, out: said.join(''), err: complained.join('') }
}
async function json<T>(who: Keypair, ...args: string[]): Promise<T> {
  const { code, out, err } = await run(who, ...args, '--json')
  expect([code, err], out).toEqual([0, expect.anything()])
  return JSON.parse(out) as T
}

async function create(name: string, more: object): Promise<number> {
  const folder = join(parts.folder, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'words.csv'), `id,text\n${IDS.map((id) => `${id},Nobody else reads ${id}.`).join('\n')}\n`)
  writeFileSync(
    join(folder, 'known.csv'),
    `id,answer\n${IDS.slice(0, 6)
      .map((id) => `${id},${rightOf(id)}`)
      .join('\n')}\n`,
  )
  writeFileSync(join(folder, 'labels.json'), JSON.stringify({ ...LABELS_FILE, ...more }))
  const made = await json<{ challenge: number }>(
    maker,
    ...['labels', 'create', name, '--oracle', parts.oracle, '--identity', `${name}.txt`, '--yes'],
  )
  await waitForAcceptance(parts.sdk, made.challenge)
  return made.challenge
}

/** Writes an answer to each item of a file that a command wrote. */
function fill(name: string, say: (item: string) => string): void {
  const at = join(parts.folder, name)
  const [header, ...lines] = readFileSync(at, 'utf8').trim().split('\n')
  expect(header).toBe('id,text,answer')
  writeFileSync(at, `${header}\n${lines.map((line) => `${line}${say(line.split(',')[0]!)}`).join('\n')}\n`)
}

async function readManifest(challenge: number): Promise<Manifest> {
  const { manifest } = await parts.api<{ manifest: string }>(`/v1/challenges/${challenge}`)
  return (await fetch(`${parts.config.ipfsUrl}/ipfs/${manifest}`)).json() as Promise<Manifest>
}

/** Its rows as `id,labeler,answer` of a CSV export. */
async function exported(challenge: number, identity: string, out: string): Promise<string> {
  await json(maker, 'labels', 'export', String(challenge), '--identity', identity, '--out', out)
  return readFileSync(join(parts.folder, out, 'votes.csv'), 'utf8')
}

test('by earnings a rejection has a reason, an appeal is decided by the reviewer alone and paid, and the export has the batch', async () => {
  const id = await create('earned', { payout: 'earnings', earnings: { epochSeconds: 5 } })
  const [good, careless] = [await parts.fixture.person(), await parts.fixture.person()]
  const label = async (who: Keypair, say: (item: string) => string) => {
    const drafts = memoryDrafts()
    const { rows } = await readWork(parts.sdk, { challenge: id }, { signer: who, drafts })
    const csv = new TextEncoder().encode(`id,answer\n${rows.map(([item]) => `${item},${say(item!)}`).join('\n')}\n`)
    await handInBatch(parts.sdk, { challenge: id, csv, signer: who, drafts })
  }
  // One of them by the command line, as a file that is filled in.
  const batch = join(parts.folder, 'earned.csv')
  expect(await run(good, 'tasks', String(id), '--out', batch)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Submit it by'),
  })
  const [header, ...items] = readFileSync(batch, 'utf8').trim().split('\n')
  expect(header).toBe('id,text,answer')
  const filled = items.map((line) => `${line}${rightOf(line.split(',')[0]!)}`)
  writeFileSync(batch, `${[header, ...filled.slice(1)].join('\n')}\n`)
  expect((await run(good, 'submit', String(id), batch, '--check')).code).toBe(1)
  writeFileSync(batch, `${[header, ...filled].join('\n')}\n`)
  expect((await run(good, 'submit', String(id), batch, '--wait')).code).toBe(2)
  expect((await run(good, 'submit', String(id), batch, '--check')).out).toContain('passes the check: 5 rows')
  expect(await json(good, 'submit', String(id), batch)).toMatchObject({
    attempt: 1,
    units: 5,
    took: [expect.anything()],
  })
  expect((await run(good, 'submit', String(id), batch)).code).toBe(1)
  await label(careless, wrongOf)
  type Own = { batches: { state: string; appeal?: string; earned?: string; why?: string }[]; cumulative: string }
  const own = () => json<Own>(careless, 'labels', 'batches', String(id))
  const rejected = await until(
    async () => {
      const { batches } = await own()
      return batches[0]?.state === 'rejected' ? batches[0] : undefined
    },
    { what: 'the epoch that rejects it' },
  )
  for (const item of IDS) expect(rejected.why).not.toContain(item)
  expect((await run(careless, 'labels', 'batches', String(id))).out).toContain(`labels appeal ${id} --attempt 1`)
  // Nobody appeals for another, and nobody twice.
  expect((await run(good, 'labels', 'appeal', String(id), '--attempt', '1', '--why', 'Why?')).code).toBe(1)
  const why = 'The instructions say it\u001b[2J the other way round.'
  expect((await run(careless, 'labels', 'appeal', String(id), '--attempt', '1', '--why', why)).code).toBe(0)
  expect((await own()).batches[0]).toMatchObject({ appeal: 'open' })
  const listed = await run(maker, 'labels', 'appeals', String(id))
  expect(listed.out).toContain('The instructions say it')
  expect(listed.out).not.toContain('\u001b')
  expect(listed.out).toContain('1 appeal to decide')
  const name = `${careless.publicKey()}/1`
  // Whoever has the key reads what was answered, and nobody else.
  type Listed = { answers: Record<string, [string, string][]> }
  const { answers } = await json<Listed>(maker, 'labels', 'appeals', String(id), '--identity', 'earned.txt')
  expect(Object.keys(answers)).toEqual([name])
  expect(answers[name]).toHaveLength(5)
  for (const [item, answer] of answers[name]!) expect(answer).toBe(wrongOf(item))
  expect((await run(careless, 'labels', 'decide', String(id), '--accept', name)).err).toContain(maker.publicKey())
  expect((await run(maker, 'labels', 'decide', String(id), '--accept', name, '--note', 'True.')).code).toBe(0)
  const paid = await until(
    async () => {
      const { batches, cumulative } = await own()
      return batches[0]?.state === 'accepted' ? { ...batches[0], cumulative } : undefined
    },
    { what: 'the epoch that pays it' },
  )
  expect(paid).toMatchObject({ appeal: 'granted', earned: '25000000', cumulative: '25000000' })
  const after = await json<{ won: number; lost: number; appeals: unknown[] }>(maker, 'labels', 'appeals', String(id))
  expect(after).toMatchObject({ won: 1, lost: 0, appeals: [] })
  // What was decided is not decided again.
  const { total } = await view(parts.sdk.chain, views.earnings({ challenge: id }))
  expect(total).toBe(50_000_000n)
  expect((await run(good, 'labels', 'export', String(id))).err).toContain('--identity')
  // The file that `labels create` writes unless told otherwise is found again.
  copyFileSync(join(parts.folder, 'earned.txt'), join(parts.folder, 'labels-identity.txt'))
  await json(maker, 'labels', 'export', String(id), '--out', 'found-out')
  rmSync(join(parts.folder, 'labels-identity.txt'))
  const votes = await exported(id, 'earned.txt', 'earned-out')
  expect(votes.trim().split('\n')).toHaveLength(2 * 5 + 1)
  // From each batch a way leads to the transaction that posted the root of its epoch.
  const { batches } = JSON.parse(readFileSync(join(parts.folder, 'earned-out', 'provenance.json'), 'utf8')) as {
    batches: { epoch: number; cid: string; transaction: { hash: string } | null }[]
  }
  const { events } = await readHistory(parts.sdk, id)
  const posted = events.flatMap((event) => (event.type === 'earnings_posted' && event.quorum ? [event] : []))
  expect(batches).toHaveLength(2)
  for (const { epoch, cid, transaction } of batches) {
    const event = posted.find((one) => one.epoch === epoch)!
    expect(transaction?.hash).toBe(event.txHash)
    expect((await readReport(parts.sdk, id, epoch)).work).toBe(cid)
  }
})

test('private items are shown to whoever leases them and to the maker; strangers and those whose lease ended get none', async () => {
  const id = await create('hidden', { private: true, secondsPerItem: 1 })
  const secret = (item: string) => `Nobody else reads ${item}.`
  const [labeler, stranger] = [await parts.fixture.person(), await parts.fixture.person()]
  const { rows } = await json<{ rows: string[][] }>(labeler, 'tasks', String(id))
  const ids = rows.map(([item]) => item!)
  expect(rows).toEqual(ids.map((item) => [item, secret(item)]))
  // What is on IPFS is sealed, whoever names it.
  const manifest = await readManifest(id)
  const { cid } = manifest.datasets.find(({ name }) => name === 'items.csv')!
  const file = await (await fetch(`${parts.config.ipfsUrl}/ipfs/${cid}`)).text()
  expect(file).toMatch(/^age-encryption\.org\/v1\n/)
  expect(file + JSON.stringify(manifest)).not.toContain('Nobody else reads')
  // The lease as the labeler's own device keeps it: it shows its items to the labeler alone.
  const drafts = memoryDrafts()
  const taken = { challenge: id, labeler: labeler.publicKey() }
  await readTasks(parts.sdk, taken, { signer: labeler, drafts })
  const place = { network: parts.config.passphrase, contract: parts.config.contract, challenge: id }
  const lease = JSON.parse(
    new TextDecoder().decode(await drafts.leases!.read({ ...place, solver: labeler.publicKey(), attempt: 1 })),
  ) as Lease
  const [url] = parts.config.oracleUrls!
  const ask = async (who: Keypair | undefined, of: Lease) => {
    const token = who && (await parts.sdk.sessions.token(url!, asSigner(who), {}))
    const answer = await fetch(`${url}/v1/tasks/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ challenge: id, lease: of }),
    })
    const body = await answer.text()
    if (!answer.ok) expect(body).not.toContain('Nobody else reads')
    return [answer.status, (JSON.parse(body) as { code?: string }).code]
  }
  expect(await ask(labeler, lease)).toEqual([200, undefined])
  const other = IDS.find((item) => !lease.items.includes(item))!
  expect((await ask(undefined, lease))[0]).toBe(401)
  expect(await ask(stranger, lease)).toEqual([403, 'no_lease'])
  expect(await ask(labeler, { ...lease, items: [...lease.items.slice(1), other].sort() })).toEqual([403, 'no_lease'])
  expect(await ask(labeler, { ...lease, expires: lease.expires + 3_600 })).toEqual([403, 'no_lease'])
  expect(await ask(labeler, { ...lease, signatures: [] })).toEqual([expect.any(Number), expect.any(String)])
  // It is labeled, paid, and exported with its items by whoever has the key.
  expect((await run(labeler, 'tasks', String(id), '--out', 'hidden.csv')).code).toBe(0)
  fill('hidden.csv', rightOf)
  expect(await run(labeler, 'submit', String(id), 'hidden.csv', '--check')).toMatchObject({
    ...{ code: 0, out: expect.stringContaining('passes the check: 5 rows') },
  })
  expect((await run(labeler, 'submit', String(id), 'hidden.csv', '--wait')).out).toContain('Paid')
  expect((await run(stranger, 'labels', 'export', String(id))).code).toBe(1)
  // Payment and lease are checked; the score stays open, for the known items are closed.
  const verified = await run(stranger, 'verify', `${id}/1`)
  expect([verified.code, verified.err], verified.out).toEqual([4, expect.anything()])
  await json(
    maker,
    'labels',
    'export',
    String(id),
    '--identity',
    'hidden.txt',
    '--format',
    'jsonl',
    '--out',
    'hidden-out',
  )
  const folder = join(parts.folder, 'hidden-out')
  const all = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(all.join('')).toContain(secret(ids[0]!))
  await parts.warpTo(lease.expires + 5)
  await until(async () => (await ask(labeler, lease))[0] === 403, { what: 'the oracle to see that the lease ended' })
})

test('a quiz by the command line: no items before it, one try of guesses, then the items', async () => {
  const id = await create('asked', { quiz: { questions: 2, items: 3, minAccuracy: 1, tries: 2 } })
  const manifest = await readManifest(id)
  expect(manifest.labeling?.quiz).toEqual({ items: 'quiz.csv', questions: 2, minAccuracy: 1, tries: 2 })
  const labeler = await parts.fixture.person()
  const refused = await run(labeler, 'tasks', String(id))
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(`stellartrain quiz ${id}`)])
  type Asked = { rows: string[][]; try: number; admitted: boolean }
  const ask = () => json<Asked>(labeler, 'quiz', String(id))
  const answer = async (say: (item: string) => string) => {
    rmSync(join(parts.folder, 'quiz.csv'), { force: true })
    const written = await run(labeler, 'quiz', String(id), '--out', 'quiz.csv')
    expect(written.out).toContain(`in the column "answer", then: npx stellartrain quiz ${id} quiz.csv`)
    expect(written.out).toMatch(/\n {2}answer is one of \w+, \w+/)
    fill('quiz.csv', say)
    return run(labeler, 'quiz', String(id), 'quiz.csv')
  }
  expect((await run(labeler, 'status', String(id))).out).toMatch(/quiz +both answers right in one of 2 tries/)
  expect((await ask()).rows).toHaveLength(2)
  const bad = await answer(() => 'neither')
  expect([bad.code, (await ask()).try], bad.err).toEqual([1, 1])
  const wrong = await answer(wrongOf)
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('were not enough')])
  const early = await answer(rightOf)
  expect([early.code, early.err]).toEqual([3, expect.stringContaining('next try is from')])
  await parts.warpTo(parts.fixture.net.ledger().closeTime + 700)
  const passed = await until(
    async () => {
      const found = await answer(rightOf)
      return found.code === 0 ? found : undefined
    },
    { what: 'the wait to end' },
  )
  expect(passed.out).toContain('can label')
  // What was asked is not labeled.
  const { rows } = await json<{ rows: string[][] }>(labeler, 'tasks', String(id))
  const { cid } = manifest.datasets.find(({ name }) => name === 'quiz.csv')!
  const kept = await (await fetch(`${parts.config.ipfsUrl}/ipfs/${cid}`)).text()
  expect(kept.trim().split('\n')).toHaveLength(1 + 3)
  for (const [item] of rows) expect(kept).not.toContain(`${item},`)
})

test('per unit the labels are for the key of the maker alone: a stranger, and everyone after the end, read none', async () => {
  const id = await create('units', {})
  const labeler = await parts.fixture.person()
  const { rows } = await json<{ rows: string[][] }>(labeler, 'tasks', String(id))
  const ids = rows.map(([item]) => item!)
  expect((await run(labeler, 'tasks', String(id), '--out', 'batch.csv')).code).toBe(0)
  fill('batch.csv', rightOf)
  // A check knows the items by the lease that `tasks` kept; where there is none it asks for none.
  const check = (who: Keypair) => run(who, 'submit', String(id), 'batch.csv', '--check')
  expect(await check(labeler)).toMatchObject({ code: 0, out: expect.stringContaining('passes the check: 5 rows') })
  const stranger = await check(await parts.fixture.person())
  expect(stranger.err).toContain(`Get them first: npx stellartrain tasks ${id}`)
  expect((await run(labeler, 'submit', String(id), 'batch.csv', '--wait')).out).toContain('Paid')
  const refused = await run(labeler, 'labels', 'export', String(id))
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--identity')])
  writeFileSync(join(parts.folder, 'other.txt'), identityFile(await generateAgeKey(), 'Another'))
  expect((await run(maker, 'labels', 'export', String(id), '--identity', 'other.txt')).code).toBe(1)
  const votes = await exported(id, 'units.txt', 'units-out')
  for (const item of ids) expect(votes).toContain(`${item},${labeler.publicKey()},${rightOf(item)},`)
  expect(votes.trim().split('\n')).toHaveLength(ids.length + 1)
  // Of what the oracle sends, nothing can be read without the key.
  const sent = await fetch(`${parts.config.oracleUrls![0]}/v1/work/challenges/${id}/results`)
  expect(sent.status).toBe(200)
  expect(new TextDecoder().decode(await sent.arrayBuffer())).toMatch(/^age-encryption\.org\/v1\n/)
  // After the end too: the truth is opened, and no batch.
  const { terms } = await view(parts.sdk.chain, views.challenge({ challenge: id }))
  await parts.warpTo(Number(terms.grade_by) + Number(terms.patience) + 60)
  await until(async () => (await run(maker, 'files', String(id))).out.includes('truth.csv'), { what: 'the truth' })
  expect((await run(maker, 'files', String(id))).out).not.toContain('submissions/')
  expect((await run(labeler, 'labels', 'export', String(id))).code).toBe(1)
  expect(await exported(id, 'units.txt', 'units-later')).toBe(votes)
})
