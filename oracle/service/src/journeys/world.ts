/** A whole world for tests: a real local network, a real IPFS node, the real contract, and people with money. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Asset, Keypair } from '@stellar/stellar-sdk'
import {
  type Chain,
  type ContractEvent,
  connect,
  createChallenge,
  Direction,
  deployAssetContract,
  deployContract,
  followEvents,
  invoke,
  promisedPrize,
  type Receipt,
  type State,
  type Submission,
  stored,
  submit,
  type Terms,
  view,
  views,
} from '@stellartrain/contracts-client'
import { keepTime } from '@stellartrain/contracts-client/testing/keep-time'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readContractWasm } from '@stellartrain/contracts-client/wasm'
import { type Devnet, startDevnet } from '@stellartrain/devnet'
import {
  cidFromChain,
  cidToChain,
  encodeManifest,
  fetchCid,
  type GradeReport,
  type Manifest,
  networkId,
  parseReport,
  REPORT_MAX_BYTES,
  recipientFromKey,
  type SealedLease,
  type SubmissionFile,
  sealSubmissionFile,
  sealTruthFile,
} from '@stellartrain/ipfs-content'
import { type RunningIpfs, startIpfs } from '@stellartrain/ipfs-node'
import { contentMediaType } from '@stellartrain/oracle-grade'
import { type Log, silentLog } from '@stellartrain/service'
import { onTestFinished, TestRunner } from 'vitest'
import type { Status } from '../api/status.ts'
import { createIdentity } from '../challenge-files/identity.ts'
import { createGrader } from '../grading/grader.ts'
import type { OracleOptions } from '../options.ts'
import { type RunningOracle, startOracle } from '../oracle.ts'
import { createUploader, type Publish } from '../publish/upload.ts'
import { builtFile } from './built.ts'
import { ROWS, TRUTH } from './data.ts'
import { bytes, carOf, NOWHERE, submissionForm, truthForm } from './files.ts'

export type World = Awaited<ReturnType<typeof startWorld>>

export type ChallengeOptions = Partial<Terms> & {
  oracles: string[]
  feeBudget?: bigint
  /** Paid in where the rule does not say how much. */
  prize?: bigint
  edit?: (manifest: Manifest) => Manifest
  csv?: string
  /** Whom the truth is sealed for, if not the maker. */
  boundTo?: string
  /** What the sealed truth is replaced with. */
  sealedTruth?: Uint8Array<ArrayBuffer>
}

export async function startWorld(options: { interval?: number; retention?: number; log?: Log } = {}) {
  const devnet: Devnet = await startDevnet({
    interval: options.interval ?? 'auto',
    retention: options.retention,
    controls: true,
  })
  const stopTime = options.interval === undefined ? keepTime(devnet) : () => {}
  const home = await mkdtemp(join(tmpdir(), 'oracle-world-'))
  const networkPassphrase = devnet.passphrase
  const ipfs: RunningIpfs = await startIpfs({ home, networkPassphrase })
  const network = { name: 'local', passphrase: networkPassphrase, rpcUrl: devnet.rpcUrl, contract: '' }
  const maker = await person()
  const deployment = await deployContract(connect(network), {
    wasm: await readContractWasm(),
    minPatience: 2,
    minWindow: 2,
    signer: maker,
    pollMs: 50,
  })
  const { contract } = deployment
  const chain: Chain = connect({ ...network, contract })
  const token = await deployAssetContract(chain, Asset.native(), maker, { pollMs: 50 })
  const place = { network: await networkId(networkPassphrase), contract }
  const oracles: RunningOracle[] = []
  // A grading process of each oracle's own would be most of a journey's work; `process.ts` starts oracles that have theirs.
  const worker = builtFile('worker')
  const script = worker === undefined ? {} : { script: pathToFileURL(worker) }
  const grader = createGrader({ workers: 1, memoryMb: 512, seconds: 120, ...script })
  const grading = () => ({ ...grader, close() {} })
  const manifests = new Map<number, Manifest>()
  /** An oracle that is started again keeps its address: another one would register another key. */
  const urls = new Map<string, string>()

  async function person(): Promise<Keypair> {
    const keypair = Keypair.random()
    // 400 says that the account exists: an earlier try was answered too late.
    await until(
      async () => [200, 400].includes((await fetch(`${devnet.friendbotUrl}?addr=${keypair.publicKey()}`)).status),
      { what: 'an account' },
    )
    return keypair
  }

  function publisher(keypair: Keypair): Publish {
    const identity = createIdentity(keypair.secret(), { networkPassphrase, contract })
    const signal = new AbortController().signal
    return createUploader({ url: ipfs.url, identity, networkPassphrase, signal, now: Date.now })
  }

  /** An oracle's options; with `secretKey` one that was started before. */
  function oracleOptions(secretKey: string, more: Partial<OracleOptions> = {}): OracleOptions {
    const log = options.log ?? silentLog
    const base = { rpcUrl: devnet.rpcUrl, networkPassphrase, contract, ipfsUrls: [ipfs.url] }
    const publicUrl = urls.get(secretKey)
    return { ...base, secretKey, log, grading, ...(publicUrl !== undefined && { publicUrl }), ...more }
  }

  /** One that a test starts ends with it: those left behind would follow the ledger beside every later test. */
  async function oracle(secretKey?: string, more: Partial<OracleOptions> = {}): Promise<RunningOracle> {
    const secret = secretKey ?? (await person()).secret()
    const running = await startOracle(oracleOptions(secret, more))
    oracles.push(running)
    if (TestRunner.getCurrentTest()) onTestFinished(() => running.close().catch(() => {}))
    urls.set(secret, urls.get(secret) ?? running.url)
    await until(async () => (await fetch(`${running.url}/ready`)).ok, { what: 'the oracle to be ready' })
    return running
  }

  async function challenge({
    oracles: names,
    feeBudget = 0n,
    prize = 100_000_000n,
    edit,
    csv = TRUTH,
    boundTo = maker.publicKey(),
    sealedTruth,
    ...terms
  }: ChallengeOptions) {
    const keys = await Promise.all(
      names.map(async (address) => {
        const { versions } = await view(chain, views.oracle({ oracle: address }))
        const { key } = await view(chain, views.oracleKey({ oracle: address, version: versions }))
        return { oracle: address, key: recipientFromKey(key) }
      }),
    )
    const publish = publisher(maker)
    const base: Manifest = {
      format: 'stellartrain/manifest',
      version: 1,
      kind: 'competition',
      title: 'Letters',
      summary: 'Guess the letter of each row.',
      description: 'Rows have one of three letters.',
      license: 'CC0-1.0',
      tags: [],
      datasets: [],
      submission: {
        format: 'csv',
        idColumn: 'id',
        columns: [{ name: 'label', type: 'string' }],
        rows: ROWS,
        maxBytes: 10_000,
      },
      metric: { id: 'accuracy', params: {}, version: 1 },
      baseline: { description: 'Always the first letter.', score: 0.3333333 },
      truth: { cid: NOWHERE, bytes: 1, recipients: keys },
      opens: { truth: terms.opens_truth ?? false, submissions: 'none' },
    }
    const manifest = edit?.(base) ?? base
    const truth = await sealTruthFile({
      csv: bytes(csv),
      place: { ...place, maker: boundTo },
      recipients: keys.map(({ key }) => key),
      formHash: truthForm(manifest, csv),
    })
    const sealed = sealedTruth ?? truth.sealed
    manifest.truth = { ...manifest.truth!, cid: await publish(sealed), bytes: sealed.length }
    const now = BigInt(devnet.ledger().closeTime)
    const whole: Terms = {
      token,
      payout: { tag: 'Bounty', values: [{ reward: 10_000_000n, winners: 5 }] } as const,
      oracles: names,
      oracle_fee: 0n,
      deposit: 0n,
      threshold: 9_000_000n,
      direction: Direction.Maximize,
      step: 1_000n,
      opens: 0n,
      accept_by: now + 600n,
      deadline: now + 3_600n,
      patience: 60n,
      grade_by: now + 3_600n + 10n * (terms.patience ?? 60n),
      judge: null,
      gate: null,
      unique_content: false,
      truth: truth.commitment,
      attempts: 10,
      attempts_per_day: 10,
      opens_truth: false,
      manifest: cidToChain(await publish(encodeManifest(manifest))),
      ...terms,
    }
    const call = createChallenge({
      maker: maker.publicKey(),
      terms: whole,
      prize: promisedPrize(whole.payout) ?? prize,
      fee_budget: feeBudget,
    })
    const { returnValue: id } = await invoke(chain, call, maker, { pollMs: 50 })
    manifests.set(id, manifest)
    return id
  }

  /** The sealed file of a submission, not handed out yet. `bound`: the solver named inside; `key`: another than the challenge's. */
  async function seal(
    id: number,
    solver: Keypair,
    csv: string | Uint8Array<ArrayBuffer>,
    {
      bound = solver.publicKey(),
      key,
      lease,
    }: { bound?: string; key?: Uint8Array; lease?: SealedLease | undefined } = {},
  ): Promise<SubmissionFile> {
    const challengeKey = key ?? (await state(id)).key!
    const content = typeof csv === 'string' ? bytes(csv) : csv
    const manifest = manifests.get(id)!
    const formHash = submissionForm(manifest, content, bound)
    const mediaType = contentMediaType(content, manifest.submission.formats)
    const where = { ...place, challenge: id, solver: bound }
    return sealSubmissionFile({ content, mediaType, place: where, challengeKey, formHash, lease })
  }

  type Named = Pick<SubmissionFile, 'cid'> & Partial<SubmissionFile>

  /** Submits, and only then hands the file out: by default to the IPFS node. */
  async function enter(
    id: number,
    solver: Keypair,
    file: Named,
    { attempt = 1, units = 0, to = [ipfs.url] }: { attempt?: number; units?: number; to?: string[] } = {},
  ): Promise<Receipt<number>> {
    const { commitment = new Uint8Array(32) } = file
    const names = { solver: solver.publicKey(), challenge: id, attempt }
    const call = submit({ ...names, cid: cidToChain(file.cid), commitment, units, carry: 0n })
    const receipt = await invoke(chain, call, solver, { pollMs: 50 })
    for (const url of to) await handOut(url, solver, file)
    return receipt
  }

  async function handOut(url: string, solver: Keypair, { cid, sealed }: Named): Promise<void> {
    if (sealed === undefined) return
    if (url === ipfs.url) return void (await publisher(solver)(sealed))
    const { status } = await fetch(`${url}/v1/content/${cid}`, { method: 'PUT', body: await carOf(sealed) })
    if (status !== 201 && status !== 200) throw new Error(`the oracle answered ${status}`)
  }

  const heard: ContractEvent[] = []
  let hearing = Promise.resolve()

  /** The contract's events so far, in their order; what was heard before is not asked for again. */
  async function events(): Promise<ContractEvent[]> {
    hearing = hearing
      .catch(() => {})
      .then(async () => {
        const last = heard.at(-1)
        const start = last === undefined ? { startLedger: 1 } : { cursor: last.id }
        for await (const event of followEvents(chain, start, {}, { live: false })) heard.push(event)
      })
    await hearing
    return [...heard]
  }

  // The contract's own views say the same (`facts.test.ts` of its client), and take several times the work.
  async function state(id: number): Promise<State> {
    const found = await stored.state(chain, id)
    if (found === undefined) throw new Error(`there is no challenge ${id}`)
    return found
  }

  async function submission(id: number, solver: Keypair, attempt = 1): Promise<Submission> {
    const [found] = await stored.submissions(chain, id, [{ solver: solver.publicKey(), attempt }])
    if (found === undefined) throw new Error(`challenge ${id} has no such submission`)
    return found
  }

  /** A document of an oracle, which goes out beside the vote that names it. */
  const document = (cid: string, maxBytes: number) =>
    until(() => fetchCid(cid, { gateways: [ipfs.url], maxBytes }), { what: `${cid} to be on the gateway` })

  return {
    devnet,
    /** A folder that is removed at the end. */
    home,
    ipfs,
    chain,
    contract,
    token,
    maker,
    place,
    person,
    publisher,
    oracle,
    oracleOptions,
    challenge,
    seal,
    enter,
    handOut,
    state,
    submission,
    events,
    /** Until all oracles have accepted. */
    accepted: (id: number) =>
      until(async () => (await state(id)).accepted.every((version) => version > 0), {
        what: `challenge ${id} to be accepted`,
      }),
    document,
    /** The reports of the votes in a challenge, in the order of the ledger; `number`: of the votes on this submission alone. */
    async reports(challenge: number, number?: number): Promise<GradeReport[]> {
      const cids = (await events()).flatMap((event) =>
        event.type === 'scored' &&
        event.challenge === challenge &&
        (number === undefined || event.rows.some((row) => row.number === number))
          ? [cidFromChain(event.report)]
          : [],
      )
      return Promise.all(cids.map(async (cid) => parseReport(await document(cid, REPORT_MAX_BYTES))))
    },
    concluded: (id: number, count: number) =>
      until(async () => (await state(id)).concluded >= count, {
        what: `${count} concluded submissions of challenge ${id}`,
      }),
    async close() {
      await Promise.all(oracles.map((one) => one.close().catch(() => {})))
      grader.close()
      await ipfs.close()
      stopTime()
      await devnet.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** What an oracle says of itself. */
export async function statusOf({ url }: { url: string }): Promise<Status> {
  return (await (await fetch(`${url}/status`)).json()) as Status
}

/** Until the oracle has nothing left to do in a challenge; its own view follows the chain's. */
export async function untilDone(oracle: { url: string }, challenge: number): Promise<void> {
  await until(async () => !(await statusOf(oracle)).accepted.includes(challenge), {
    what: `the oracle to be done with challenge ${challenge}`,
  })
}

/** Why the oracle refuses a challenge. */
export function untilRefused(oracle: { url: string }, challenge: number): Promise<Status['refused'][number]> {
  const find = async () => (await statusOf(oracle)).refused.find((one) => one.challenge === challenge)
  return until(find, { what: `challenge ${challenge} to be refused` })
}
