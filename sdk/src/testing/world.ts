/** A whole system without indexer for tests: a ledger with the contract, an IPFS node, people, a small classification task. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { type Fixture, startFixture } from '@stellartrain/contracts-client/testing'
import { startIpfs } from '@stellartrain/ipfs-node'
import { main } from '../cli/main.ts'
import { createChallenge, prepareChallenge } from '../create/create.ts'
import type { ChallengePlan } from '../create/plan.ts'
import { createClient, type StellarTrain } from '../system/client.ts'
import type { SystemConfig } from '../system/config.ts'
import { createOracle, type TestOracle } from './oracle.ts'

export type World = {
  fixture: Fixture
  config: SystemConfig
  client: StellarTrain
  /** A folder that is removed at the end. */
  folder: string
  oracle(): Promise<TestOracle>
  /** A funded challenge that all its oracles have accepted. */
  open(maker: Keypair, oracles: TestOracle[], changes?: Partial<ChallengePlan>): Promise<number>
  /** The CLI in this process, set by its environment, in the world's folder; what it prints on either stream. */
  run(signer: Keypair, ...args: string[]): Promise<{ code: number; out: string }>
  close(): Promise<void>
}

type WorldOptions = NonNullable<Parameters<typeof startFixture>[0]> & {
  /** Whether the IPFS node takes what the ledger names. Default true. */
  takes?: boolean
}

export async function startWorld({ takes = true, ...options }: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'stellartrain-sdk-'))
  const fixture = await startFixture(options)
  const ipfs = await startIpfs({
    home: join(folder, 'ipfs'),
    networkPassphrase: fixture.net.passphrase,
    ...(takes && { rpcUrl: fixture.net.rpcUrl, contract: fixture.chain.network.contract }),
  })
  const config: SystemConfig = {
    network: 'local',
    passphrase: fixture.net.passphrase,
    rpcUrl: fixture.net.rpcUrl,
    friendbotUrl: fixture.net.friendbotUrl,
    contract: fixture.chain.network.contract,
    apiUrl: 'http://127.0.0.1:9',
    ipfsUrl: ipfs.url,
  }
  const client = createClient(config)
  const oracles: TestOracle[] = []
  return {
    fixture,
    config,
    client,
    folder,
    async oracle() {
      const oracle = await createOracle(client, await fixture.person())
      oracles.push(oracle)
      return oracle
    },
    async open(maker, named, changes = {}) {
      const plan = planOf(named, { ...changes, deadline: changes.deadline ?? inHours(fixture, 2) })
      const prepared = await prepareChallenge(client, plan, maker.publicKey())
      const { challenge } = await createChallenge(client, prepared, maker)
      for (const oracle of named) await oracle.accept(challenge)
      return challenge
    },
    async run(signer, ...args) {
      const said: string[] = []
      const say = (text: string) => void said.push(text)
      const { rpcUrl, passphrase, contract, ipfsUrl, recount } = config
      const code = await main(args, {
        stdout: say,
        stderr: say,
        env: {
          RPC_URL: rpcUrl,
          NETWORK_PASSPHRASE: passphrase,
          CONTRACT_ADDRESS: contract,
          IPFS_URL: ipfsUrl,
          ...(recount && { RECOUNT_CONTRACT_ADDRESS: recount }),
          STELLARTRAIN_SECRET: signer.secret(),
        },
        cwd: folder,
        signal: new AbortController().signal,
      })
      return { code, out: said.join('') }
    },
    async close() {
      for (const { intake } of oracles) await intake.close()
      await ipfs.close()
      await fixture.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const inHours = (fixture: Fixture, hours: number): Date =>
  new Date((fixture.net.ledger().closeTime + hours * 3_600) * 1_000)

const LABELS = ['cat', 'dog']
const ROWS = 50
const ids = Array.from({ length: ROWS }, (_, index) => `r${String(index).padStart(3, '0')}`)
const truthOf = (index: number) => LABELS[(index * 7) % 5 < 2 ? 1 : 0]!

export const bytes = (text: string) => new TextEncoder().encode(text)

export const truthCsv = bytes(`id,label\n${ids.map((id, index) => `${id},${truthOf(index)}`).join('\n')}\n`)

/** The same truth with the first ten rows public. */
export const partedTruth = bytes(
  `id,label,usage\n${ids.map((id, index) => `${id},${truthOf(index)},${index < 10 ? 'public' : 'private'}`).join('\n')}\n`,
)

/** The known items of a labeling challenge: every second one. */
export const goldCsv = bytes(
  `id,label\n${ids
    .filter((_, index) => index % 2 === 0)
    .map((id) => `${id},${labelOf(id)}`)
    .join('\n')}\n`,
)

/** The right label of an item. */
export function labelOf(id: string): string {
  return truthOf(ids.indexOf(id))
}

/** Predictions that are wrong in these rows. */
export const wrongIn = (...wrong: number[]): Uint8Array =>
  bytes(
    `id,label\n${ids
      .map(
        (id, index) => `${id},${wrong.includes(index) ? LABELS.find((one) => one !== truthOf(index)) : truthOf(index)}`,
      )
      .join('\n')}\n`,
  )

/** Predictions of which the first `wrong` are false; `order` shuffles the rows. */
export function predictions(wrong: number, order: (ids: string[]) => string[] = (all) => all): Uint8Array {
  const rows = order([...ids]).map((id) => {
    const index = ids.indexOf(id)
    const right = truthOf(index)
    return `${id},${index < wrong ? LABELS.find((label) => label !== right) : right}`
  })
  return bytes(`id,label\n${rows.join('\n')}\n`)
}

export function planOf(
  oracles: readonly { address: string }[],
  changes: Partial<ChallengePlan> & { deadline: Date },
): ChallengePlan {
  return {
    title: 'Cats and dogs',
    summary: 'Tell them apart.',
    description: '# Cats and dogs\n\nTell them apart.',
    license: 'CC0-1.0',
    datasets: [
      {
        name: 'test.csv',
        role: 'test',
        bytes: bytes(`id,weight\n${ids.map((id, index) => `${id},${index}`).join('\n')}\n`),
      },
      {
        name: 'baseline.csv',
        role: 'sample_submission',
        bytes: bytes(`id,label\n${ids.map((id) => `${id},cat`).join('\n')}\n`),
      },
    ],
    truth: truthCsv,
    submission: {
      format: 'csv',
      idColumn: 'id',
      columns: [{ name: 'label', type: 'string', labels: LABELS }],
      rows: ROWS,
      maxBytes: 10_000,
    },
    metric: { id: 'accuracy' },
    baseline: { description: 'Always cat.', dataset: 'baseline.csv' },
    asset: 'XLM',
    ...(changes.payout ? {} : { reward: '50', winners: 1 }),
    threshold: '0.9',
    oracles: oracles.map((oracle) => oracle.address),
    ...changes,
  }
}
