/** Labeling: leases, the quiz and whose fees are paid; batches that are paid by earnings. */
import { join } from 'node:path'
import { readToken } from '@stellartrain/contracts-client'
import { ageFileKey, requireOneRecipient } from '@stellartrain/ipfs-content'
import { requestOf } from '../challenge-files/cache.ts'
import { unlockEntry } from '../challenge-files/unlock-submission.ts'
import { createEarnings, type Earnings } from '../earnings/service.ts'
import type { ResolvedOptions } from '../options.ts'
import { createLabelers } from '../tasks/labeler.ts'
import { tellPeers } from '../tasks/peers.ts'
import { createQuizzes } from '../tasks/quiz.ts'
import { createTasks, type Tasks } from '../tasks/service.ts'
import { createSponsor } from '../tasks/sponsor.ts'
import type { Files, OnChain, Work } from './parts.ts'

/** Of an XLM. */
const STROOPS = 10_000_000n

export function wireTasks(
  { now, log, networkPassphrase, sponsorSecretKey, sponsorMakers, sponsorDailyXlm }: ResolvedOptions,
  { chain, place, identity, watch }: OnChain,
  files: Files,
  { grader }: Work,
  folder: string,
  earnings: Earnings,
  signal: AbortSignal,
): Tasks {
  const { inputsCache, keyring, peers } = files
  return createTasks({
    ...{ place, identity, watch, log, signal, wall: now },
    folder: join(folder, 'leases'),
    labelers: createLabelers(chain, now, signal),
    quizzes: createQuizzes({
      ...{ place, networkPassphrase, identity, peers, log, signal, wall: now },
      folder: join(folder, 'quiz'),
      inputs: (challenge) => inputsCache.get(requestOf(challenge)),
      quiz: grader.quiz,
    }),
    sponsor:
      sponsorSecretKey === undefined
        ? undefined
        : createSponsor({
            ...{ chain, place, networkPassphrase, log, signal, folder: join(folder, 'sponsor') },
            terms: {
              secretKey: sponsorSecretKey,
              makers: sponsorMakers,
              daily: BigInt(sponsorDailyXlm) * STROOPS,
            },
          }),
    inputs: (challenge) => inputsCache.get(requestOf(challenge)),
    items: grader.pool,
    work: earnings.worked,
    waiting: earnings.waiting,
    tell: (challenge, labeler, lease) =>
      void peers
        .of(challenge)
        .then((urls) => tellPeers(urls, { challenge: challenge.id, labeler, lease }, signal))
        .catch(() => {}),
    async about(entry, challenge) {
      const [{ manifest }, key] = await Promise.all([inputsCache.get(requestOf(challenge)), keyring.get(challenge)])
      const { maxBytes, idColumn } = manifest.submission
      const file = await unlockEntry(entry, { challenge, maxBytes, key }, { ...files, place, signal })
      return 'reason' in file ? { ids: [], layer: 0 } : grader.about(file, idColumn)
    },
  })
}

export function wireEarnings(
  { networkPassphrase, log, monotonic }: ResolvedOptions,
  { chain, place, identity, watch }: OnChain,
  { inputsCache, keyring, peers, publish }: Files,
  { grader }: Work,
  folder: string,
  onWorked: Parameters<typeof createEarnings>[0]['onWorked'],
  signal: AbortSignal,
): Earnings {
  const { address } = identity
  return createEarnings({
    ...{ chain, place, networkPassphrase, address, watch, peers, publish, monotonic, log, signal, onWorked },
    folder: join(folder, 'work'),
    inputs: (challenge) => inputsCache.get(requestOf(challenge)),
    known: grader.pool,
    judge: grader.work,
    decimals: async ({ token }) => (await readToken(chain, token, { signal })).decimals,
    async unlock({ challenge, labeler, sealed, commitment, maxBytes }) {
      requireOneRecipient(sealed)
      const { identity: secret } = await keyring.get(challenge)
      const fileKey = await ageFileKey(sealed, [secret])
      const where = { ...place, challenge: challenge.id, solver: labeler }
      return { sealed, fileKey, place: where, commitment, maxBytes }
    },
  })
}
