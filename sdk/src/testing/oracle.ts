/** The smallest oracle there can be, for tests of the paths: accepts, opens, grades, posts and publishes, straight through the client. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import {
  acceptChallenge,
  cidFromString,
  cidToString,
  Direction,
  fromHex,
  invoke,
  postRanking,
  postScores,
  type RankingRow,
  registerOracle,
  reveal,
  toHex,
  Verdict,
  type Vote,
  view,
  views,
} from '@stellartrain/contracts-client'
import {
  encodeOpening,
  encodeRanking,
  networkId,
  type OpenedSubmission,
  type Opening,
} from '@stellartrain/ipfs-content'
import { type AgeKey, ageFileKey, deriveAgeKey } from '@stellartrain/ipfs-content/age'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { openSubmission, openTruth } from '@stellartrain/ipfs-content/seal'
import {
  grade,
  gradeBatch,
  itemIds,
  type PreparedTruth,
  prepareTruth,
  type RankedRow,
  rankSolvers,
  taskOf,
} from '@stellartrain/oracle-grade'
import { readItems, unitTerms } from '../batch.ts'
import type { StellarTrain } from '../client.ts'
import { type ChallengeContext, readContext } from '../context.ts'
import { readHistory } from '../history.ts'

/** Files that it makes up and takes for the submissions of these numbers. */
type Instead = Readonly<Record<number, Uint8Array>>

export type TestOracle = {
  address: string
  accept(challenge: number): Promise<void>
  /** Votes on everything from its cursor on; `lie` changes the scores it posts. */
  gradeAll(
    challenge: number,
    options?: { settle?: boolean; lie?: (score: bigint) => bigint; instead?: Instead },
  ): Promise<string>
  /** Posts a ranking by the private rows; `lie` changes its rows, `leaveOut` calls a submission unavailable. */
  rank(
    challenge: number,
    options?: { lie?: (rows: RankingRow[]) => RankingRow[]; leaveOut?: number; instead?: Instead },
  ): Promise<void>
  /** Publishes the truth and these submissions; `lie` changes the document. */
  publish(
    challenge: number,
    numbers: number[],
    options?: { lie?: (honest: Opening) => Opening; instead?: Instead },
  ): Promise<void>
}

const quick = { pollMs: 20 }

export async function createOracle(client: StellarTrain, pair: Keypair): Promise<TestOracle> {
  const { chain, config } = client
  const address = pair.publicKey()
  const age: AgeKey = await deriveAgeKey({
    seed: pair.rawSecretKey(),
    networkPassphrase: config.passphrase,
    contract: config.contract,
    version: 1,
  })
  const metadata = cidFromString(await computeCid(new TextEncoder().encode('{}')))
  await invoke(
    chain,
    registerOracle({ oracle: address, key: age.key, url: 'http://localhost:4100', metadata }),
    pair,
    quick,
  )
  const get = (cid: string) => fetchCid(cid, { gateways: client.gateways, maxBytes: 10_000_000 })
  const place = async () => ({ network: await networkId(config.passphrase), contract: config.contract })

  async function open(challenge: number, instead: Instead = {}) {
    const context = await readContext(client, challenge)
    const { manifest } = context
    const truth = await openTruth({
      sealed: await get(manifest.truth.cid),
      identities: [age.identity],
      expected: { ...(await place()), maker: context.challenge.maker, commitment: manifest.truth.commitment },
    })
    const { events } = await readHistory(client, challenge)
    const submitted = events.filter((event) => event.type === 'submitted')
    const payload = async (number: number) => {
      const entry = submitted.find((one) => one.number === number)!
      const sealed = cidToString(entry.cid)
      const file = await get(sealed)
      const csv = await openSubmission({
        sealed: file,
        identities: [age.identity],
        expected: { ...(await place()), challenge, solver: entry.solver },
        maxBytes: manifest.submission.maxBytes,
      })
      return {
        entry,
        sealed,
        csv: new Uint8Array(instead[number] ?? csv),
        fileKey: await ageFileKey(file, [age.identity]),
      }
    }
    return { context, truth, submitted, payload }
  }

  async function batchVote(
    context: ChallengeContext,
    { solver, attempt, units }: { solver: string; attempt: number; units: number },
    submission: Uint8Array,
    salt: Uint8Array,
    gold: PreparedTruth,
  ): Promise<Vote> {
    const { manifest, id } = context
    const { shape } = taskOf(manifest)
    const result = gradeBatch({
      ...{ gold, shape, units, submission, salt },
      items: itemIds(await readItems(client, manifest), shape.idColumn),
      size: unitTerms(context.challenge.terms)!.size,
      minAccuracy: manifest.labeling!.minAccuracy,
      batch: { challenge: id, labeler: solver, attempt },
    })
    const accepted = result.status === 'accepted'
    return {
      ...{ solver, attempt, hold: false },
      verdict: accepted ? Verdict.Scored : Verdict.Rejected,
      reason: accepted ? 0 : result.code,
      score: accepted ? result.scoreUnits : 0n,
      content_hash: accepted ? fromHex(result.contentHash) : new Uint8Array(32),
      units: accepted ? result.rows : 0,
    }
  }

  return {
    address,
    async accept(challenge) {
      await invoke(chain, acceptChallenge({ oracle: address, challenge }), pair, quick)
    },
    async gradeAll(challenge, { settle = true, lie = (score: bigint) => score, instead } = {}) {
      const { context, truth, submitted, payload } = await open(challenge, instead)
      const task = taskOf(context.manifest)
      const prepared = prepareTruth(truth.csv, task.truthShape(truth.csv))
      const index = context.challenge.terms.oracles.indexOf(address)
      const { cursor } = context.state.tallies[index]!
      const votes: Vote[] = []
      for (const { number } of submitted.filter((one) => one.number > cursor)) {
        const { entry, csv } = await payload(number)
        const { metric, params, shape } = task
        const { payout } = context.challenge.terms
        if (payout.tag === 'PerUnit') {
          votes.push(await batchVote(context, entry, csv, truth.salt, prepared))
          continue
        }
        const part = payout.tag === 'Ranked' ? 'public' : 'all'
        const result = grade({ metric, params, truth: prepared, submission: csv, shape, salt: truth.salt, part })
        const graded = result.status === 'graded'
        votes.push({
          solver: entry.solver,
          attempt: entry.attempt,
          verdict: graded ? Verdict.Scored : Verdict.Rejected,
          reason: graded ? 0 : result.code,
          score: graded ? lie(result.scoreUnits) : 0n,
          content_hash: graded ? fromHex(result.contentHash) : new Uint8Array(32),
          units: 0,
          hold: false,
        })
      }
      const call = postScores({ oracle: address, challenge, report: metadata, votes, settle })
      return (await invoke(chain, call, pair, quick)).hash
    },
    async rank(challenge, { lie = (rows: RankingRow[]) => rows, leaveOut, instead } = {}) {
      const { context, truth, submitted, payload } = await open(challenge, instead)
      const { payout, direction, threshold, step } = context.challenge.terms
      const task = taskOf(context.manifest)
      const prepared = prepareTruth(truth.csv, task.truthShape(truth.csv))
      const scored: RankedRow[] = []
      for (const { number, solver, attempt } of submitted) {
        const stored = await view(chain, views.submission({ challenge, solver, attempt }))
        if (stored.verdict !== Verdict.Scored || number === leaveOut) continue
        const { metric, params, shape } = task
        const { csv } = await payload(number)
        const part = 'private' as const
        const result = grade({ metric, params, truth: prepared, submission: csv, shape, salt: truth.salt, part })
        if (result.status === 'graded') scored.push({ number, solver, attempt, score: result.scoreUnits })
      }
      const places = payout.tag === 'Ranked' ? payout.values[0].prizes.length : 0
      const best = direction === Direction.Maximize ? ('maximize' as const) : ('minimize' as const)
      const winners = rankSolvers(scored, { direction: best, threshold, step, places })
      const rows = lie(winners.map(({ solver, attempt, score }) => ({ solver, attempt, score })))
      const report = encodeRanking({
        format: 'stellartrain/ranking-report',
        version: 1,
        ...(await place()),
        challenge,
        manifest: context.manifestCid,
        engine: { name: 'test', version: '1' },
        metric: context.manifest.metric,
        scored: submitted.length,
        places: winners.length,
        table: winners.map(({ number, solver, attempt, score }) => ({ number, solver, attempt, score: String(score) })),
        leftOut: leaveOut === undefined ? [] : [{ number: leaveOut, why: 'unavailable' }],
      })
      const cid = cidFromString(await client.sessions.upload(report, pair))
      await invoke(chain, postRanking({ oracle: address, challenge, report: cid, rows }), pair, quick)
    },
    async publish(challenge, numbers, { lie = (honest: Opening) => honest, instead } = {}) {
      const { truth, payload } = await open(challenge, instead)
      const submissions: OpenedSubmission[] = []
      for (const number of numbers) {
        const { entry, sealed, csv, fileKey } = await payload(number)
        const cid = await client.sessions.upload(csv, pair)
        const { solver, attempt } = entry
        submissions.push({ number, solver, attempt, sealed, cid, bytes: csv.length, fileKey })
      }
      const honest: Opening = {
        format: 'stellartrain/opening',
        version: 1,
        ...(await place()),
        challenge,
        by: address,
        truth: { cid: await client.sessions.upload(truth.csv, pair), bytes: truth.csv.length, salt: toHex(truth.salt) },
        submissions,
      }
      const cid = cidFromString(await client.sessions.upload(encodeOpening(lie(honest)), pair))
      await invoke(chain, reveal({ revealer: address, challenge, truth: cid }), pair, quick)
    },
  }
}
