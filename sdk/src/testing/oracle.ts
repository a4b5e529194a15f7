/** The smallest oracle there can be, for tests of the paths: accepts, opens, grades, posts and publishes, straight through the client. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import {
  acceptChallenge,
  cidFromString,
  cidToString,
  fromHex,
  invoke,
  postRanking,
  postScores,
  type RankingRow,
  registerOracle,
  reveal,
  submissionOf,
  toHex,
  Verdict,
  type Vote,
  view,
  views,
} from '@stellartrain/contracts-client'
import { copyOf, ranking, type ScoredAttempt, type Submission } from '@stellartrain/contracts-client/rules'
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
import {
  deriveChallengeKey,
  openShares,
  openSubmissionFile,
  openTruthFile,
  sealShares,
} from '@stellartrain/ipfs-content/seal'
import { grade, type Part, payloadTypes, prepareTruth } from '@stellartrain/oracle-grade'
import { type ChallengeContext, readContext, readFacts } from '../challenge/context.ts'
import { readOpen } from '../challenge/due.ts'
import { truthFormHash } from '../challenge/forms.ts'
import { readHistory } from '../challenge/history.ts'
import { fetchEvaluator } from '../grade/evaluator.ts'
import { gradingTask } from '../grade/task.ts'
import { type BatchJudge, batchJudge } from '../judge/judge-batch.ts'
import type { StellarTrain } from '../system/client.ts'
import { type Intake, startIntake } from './intake.ts'

/** Files that it makes up and takes for the submissions of these numbers. */
type Instead = Readonly<Record<number, Uint8Array>>

export type TestOracle = {
  address: string
  /** What solvers hand their files to. */
  intake: Intake
  accept(challenge: number): Promise<void>
  /** Votes on everything that is open and lacks its vote; `lie` changes the scores it posts, `only` says which numbers, `blind` sees no copies. */
  gradeAll(
    challenge: number,
    options?: {
      settle?: boolean
      lie?: (score: bigint) => bigint
      instead?: Instead
      only?: readonly number[]
      blind?: boolean
    },
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
const COPIED = 100

export async function createOracle(client: StellarTrain, pair: Keypair): Promise<TestOracle> {
  const { chain, config } = client
  const address = pair.publicKey()
  const { contract } = config
  const intake = await startIntake()
  const age: AgeKey = await deriveAgeKey({
    seed: pair.rawSecretKey(),
    networkPassphrase: config.passphrase,
    contract,
    version: 1,
  })
  const metadata = cidFromString(await computeCid(new TextEncoder().encode('{}')))
  await invoke(chain, registerOracle({ oracle: address, key: age.key, url: intake.url, metadata }), pair, quick)
  const get = (cid: string) =>
    fetchCid(cid, { gateways: [intake.url, ...client.gateways], maxBytes: 10_000_000, timeoutMs: 5_000 })
  const place = async () => ({ network: await networkId(config.passphrase), contract })

  async function challengeIdentity(challenge: number): Promise<string> {
    const { state } = await readFacts(client, challenge)
    const shares = await view(chain, views.shares({ challenge }))
    const expected = { ...(await place()), challenge, key: state.key! }
    return (await openShares({ shares: shares!, identity: age.identity, expected })).identity
  }

  async function open(challenge: number, instead: Instead = {}) {
    const context = await readContext(client, challenge)
    const { manifest } = context
    const truth = await openTruthFile({
      sealed: await get(manifest.truth!.cid),
      identities: [age.identity],
      expected: { ...(await place()), maker: context.challenge.maker, commitment: context.challenge.terms.truth },
      formHash: (csv) => truthFormHash(manifest, csv),
    })
    const identity = await challengeIdentity(challenge)
    const { events } = await readHistory(client, challenge)
    const submitted = events.filter((event) => event.type === 'submitted')
    const payload = async (number: number) => {
      const entry = submitted.find((one) => one.number === number)!
      const sealed = cidToString(entry.cid)
      const file = await get(sealed)
      const { content, lease } = await openSubmissionFile({
        ...{ sealed: file, identity, maxBytes: manifest.submission.maxBytes },
        ...payloadTypes(manifest.submission.formats),
        expected: { ...(await place()), challenge, solver: entry.solver },
      })
      const csv = new Uint8Array(instead[number] ?? content)
      return { entry, sealed, csv, lease, fileKey: await ageFileKey(file, [identity]) }
    }
    return { context, truth, submitted, payload }
  }

  /** The vote on a batch of labels. */
  function batchVote({ solver, attempt }: { solver: string; attempt: number }, result: ReturnType<BatchJudge>): Vote {
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
    intake,
    async accept(challenge) {
      const { challenge: frozen, state } = await readFacts(client, challenge)
      const { oracles } = frozen.terms
      if (oracles[0] !== address) {
        await challengeIdentity(challenge)
        const call = acceptChallenge({ oracle: address, challenge, key: state.key!, shares: new Uint8Array() })
        await invoke(chain, call, pair, quick)
        return
      }
      const where = { ...(await place()), challenge }
      const { identity, key } = await deriveChallengeKey(age.identity, where)
      const oracleKeys = await Promise.all(
        oracles.map(async (oracle) => (await view(chain, views.oracleKey({ oracle, version: 1 }))).key),
      )
      const shares = await sealShares({ identity, place: where, oracleKeys })
      await invoke(chain, acceptChallenge({ oracle: address, challenge, key, shares }), pair, quick)
    },
    async gradeAll(challenge, { settle = true, lie = (score: bigint) => score, instead, only, blind = false } = {}) {
      const { context, truth, payload } = await open(challenge, instead)
      const { terms, manifest } = context
      const task = await gradingTask(manifest, await fetchEvaluator(client, manifest))
      const prepared = prepareTruth(truth.csv, task.truthShape(truth.csv))
      const index = terms.oracles.indexOf(address)
      const votes: Vote[] = []
      let last = ''
      for (const one of await readOpen(client, context)) {
        if (one.submission.votes.cast[index] || (only && !only.includes(one.number))) continue
        const { entry, csv, lease } = await payload(one.number)
        if (terms.payout.rule === 'per_unit') {
          const judge = await batchJudge(client, { id: challenge, terms: context.challenge.terms, manifest }, truth)
          const { units, time } = one.submission
          votes.push(batchVote(entry, judge(csv, { ...entry, units, time }, lease)))
          continue
        }
        const { metric, evaluator, params, shape } = task
        const part: Part = terms.payout.rule === 'ranked' ? 'public' : 'all'
        const given = { metric, evaluator, params, truth: prepared, shape, salt: truth.salt, part }
        const result = grade({ ...given, submission: csv })
        const graded = result.status === 'graded'
        const copied = graded && !blind && (await isCopy(context, one.number, entry.solver, result.contentHash))
        const scored = graded && !copied
        votes.push({
          solver: entry.solver,
          attempt: entry.attempt,
          verdict: scored ? Verdict.Scored : Verdict.Rejected,
          reason: scored ? 0 : copied ? COPIED : result.status === 'rejected' ? result.code : 0,
          score: scored ? lie(result.scoreUnits) : 0n,
          content_hash: scored ? fromHex(result.contentHash) : new Uint8Array(32),
          units: 0,
          hold: false,
        })
        // Votes of this very batch come before it, so that copies within a batch are seen.
        if (terms.uniqueContent) last = await post(votes.splice(0), challenge, settle)
      }
      return votes.length > 0 ? post(votes, challenge, settle) : last
    },
    async rank(challenge, { lie = (rows: RankingRow[]) => rows, leaveOut, instead } = {}) {
      const { context, truth, submitted, payload } = await open(challenge, instead)
      const task = await gradingTask(context.manifest)
      const prepared = prepareTruth(truth.csv, task.truthShape(truth.csv))
      const scored: (ScoredAttempt & { attempt: number })[] = []
      for (const { number, solver, attempt } of submitted) {
        const stored = await view(chain, views.submission({ challenge, solver, attempt }))
        if (stored.verdict !== Verdict.Scored || number === leaveOut) continue
        const { metric, params, shape } = task
        const { csv } = await payload(number)
        const part = 'private' as const
        const result = grade({ metric, params, truth: prepared, submission: csv, shape, salt: truth.salt, part })
        if (result.status === 'graded')
          scored.push({ number, solver, attempt, public: stored.score, private: result.scoreUnits })
      }
      const winners = ranking(context.terms, scored).map((one) => ({
        ...one,
        attempt: scored.find(({ number }) => number === one.number)!.attempt,
      }))
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
      await invoke(chain, postRanking({ by: address, challenge, report: cid, rows }), pair, quick)
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

  async function post(votes: Vote[], challenge: number, settle: boolean): Promise<string> {
    const call = postScores({ oracle: address, challenge, report: metadata, votes, settle })
    return (await invoke(chain, call, pair, quick)).hash
  }

  /** Whether a lower number of another solver takes this content; this oracle never waits. */
  async function isCopy(context: ChallengeContext, number: number, solver: string, content: string): Promise<boolean> {
    if (!context.terms.uniqueContent) return false
    const { events } = await readHistory(client, context.id)
    const named = events.flatMap((event) =>
      event.type === 'submitted' && event.number < number ? [{ solver: event.solver, attempt: event.attempt }] : [],
    )
    const entries = await Promise.all(
      named.map(async (of) =>
        submissionOf(
          context.challenge.terms,
          of.solver,
          await view(chain, views.submission({ challenge: context.id, ...of })),
        ),
      ),
    )
    const own = (other: Submission) => other.votes.cast[context.terms.oracles.indexOf(address)] ?? undefined
    return copyOf(context.terms, solver, content, entries, own, context.clock.closedAt) === 'copy'
  }
}
