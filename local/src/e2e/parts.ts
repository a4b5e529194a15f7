/** The system's parts in this process, on a local network whose clock a test may move: days pass in a moment. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { deployRecount } from '@stellartrain/contracts-client/recount'
import { type Fixture, startFixture } from '@stellartrain/contracts-client/testing'
import { keepTime } from '@stellartrain/contracts-client/testing/keep-time'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readRecountWasm } from '@stellartrain/contracts-client/wasm'
import { createTestDatabase } from '@stellartrain/indexer-postgres'
import { startIndexer } from '@stellartrain/indexer-service'
import { startIpfs } from '@stellartrain/ipfs-node'
import { startOracle } from '@stellartrain/oracle-service'
import type { ChallengePlan, StellarTrain, SystemConfig } from '@stellartrain/sdk'
import { createClient } from '@stellartrain/sdk/client'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { waitForOracle } from '../system/oracle-ready.ts'
import type { Hands } from './hands.ts'

export type Parts = {
  fixture: Fixture
  config: SystemConfig
  /** A folder that is removed at the end. */
  folder: string
  sdk: StellarTrain
  /** The oracle's address; it is a service like any other, and grades what it sees on the chain. */
  oracle: string
  /** The answer to a GET of the API, once the index knows the newest ledger. */
  api<T>(path: string): Promise<T>
  /** A funded challenge that the service, and `beside` it oracles by hand, have accepted; it closes after two hours. */
  open(maker: Keypair, plan: Omit<ChallengePlan, 'oracles' | 'deadline'>, beside?: Hands): Promise<number>
  /** Moves the clock to a time, Unix seconds; never back. */
  warpTo(time: number): Promise<void>
  close(): Promise<void>
}

export type PartsOptions = {
  /** How the oracle service is set up beside what all tests need. */
  oracle?: (fixture: Fixture) => Promise<Partial<Parameters<typeof startOracle>[0]>>
}

export async function startParts({ oracle: setUp }: PartsOptions = {}): Promise<Parts> {
  const closing: (() => unknown)[] = []
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one()
  }
  try {
    const home = mkdtempSync(join(tmpdir(), 'stellartrain-parts-'))
    closing.push(() => rmSync(home, { recursive: true, force: true }))
    const [fixture, database] = await Promise.all([startFixture(), createTestDatabase()])
    closing.push(
      () => database.drop(),
      () => fixture.close(),
      keepTime(fixture.net),
    )
    const { passphrase, rpcUrl, friendbotUrl } = fixture.net
    const { contract } = fixture.chain.network
    const ipfs = await startIpfs({ home, networkPassphrase: passphrase, rpcUrl, contract })
    closing.push(() => ipfs.close())
    const deployed = { wasm: await readRecountWasm(), stellartrain: contract, signer: await fixture.person() }
    const recount = (await deployRecount(fixture.chain, { ...deployed, pollMs: 20 })).contract
    const indexer = await startIndexer({
      ...{ dbUrl: database.url, rpcUrls: [rpcUrl], network: passphrase, contract, recountContract: recount },
      ...{ ipfsUrl: ipfs.url, idleMs: 100 },
    })
    closing.push(() => indexer.stop())
    const service = await startOracle({
      ...{ rpcUrl, networkPassphrase: passphrase, contract, ipfsUrls: [ipfs.url], indexerUrl: indexer.url },
      secretKey: (await fixture.person()).secret(),
      evaluators: ['wasm', 'python'],
      models: ['wasm', 'onnx'],
      ...(await setUp?.(fixture)),
    })
    closing.push(() => service.close())
    const config: SystemConfig = {
      ...{ network: 'local', passphrase, rpcUrl, friendbotUrl, contract, recount },
      ...{ apiUrl: indexer.url, ipfsUrl: ipfs.url, oracleUrls: [service.url] },
    }
    const sdk = createClient(config)
    const oracle = await waitForOracle(service.url)

    async function api<T>(path: string): Promise<T> {
      const get = async (url: string) => {
        const response = await fetch(`${indexer.url}${url}`)
        if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
        return response.json()
      }
      const wanted = fixture.net.ledger().sequence
      const known = async () => ((await get('/status')) as { _meta: { ledger: number } })._meta.ledger
      await until(async () => (await known()) >= wanted, { what: `the index to know ledger ${wanted}` })
      return (await get(path)) as T
    }

    async function open(
      maker: Keypair,
      plan: Omit<ChallengePlan, 'oracles' | 'deadline'>,
      beside?: Hands,
    ): Promise<number> {
      const deadline = new Date((fixture.net.ledger().closeTime + 7_200) * 1_000)
      const oracles = [oracle, ...(beside?.keys ?? []).map((key) => key.publicKey())]
      const prepared = await prepareChallenge(sdk, { ...plan, oracles, deadline }, maker.publicKey())
      const { challenge } = await createChallenge(sdk, prepared, maker)
      await beside?.accept(challenge)
      await waitForAcceptance(sdk, challenge)
      return challenge
    }

    async function warpTo(time: number): Promise<void> {
      const seconds = time - fixture.net.ledger().closeTime
      if (seconds > 0) await fixture.net.warp(seconds)
    }

    return { fixture, config, folder: home, sdk, oracle, api, open, warpTo, close }
  } catch (error) {
    await close()
    throw error
  }
}
