/** What anyone or the maker does with a challenge; loaded on demand. */
import {
  cancelChallenge,
  closeChallenge,
  openTruth,
  releasePayment,
  settleSubmissions,
} from '@stellartrain/sdk/challenge-admin'
import { configureRecount, openTruthForRecount } from '@stellartrain/sdk/recount'
import type { Submission } from '../read/types.ts'
import { system, walletSigner } from './system.ts'

export const cancel = (challenge: number): Promise<unknown> => cancelChallenge(system(), challenge, walletSigner())
export const settle = (challenge: number): Promise<unknown> => settleSubmissions(system(), challenge, walletSigner())
export const release = ({ challenge, solver, attempt }: Submission): Promise<unknown> =>
  releasePayment(system(), { challenge, solver, attempt }, walletSigner())
export const close = (challenge: number): Promise<unknown> => closeChallenge(system(), challenge, walletSigner())

export class KeptFileError extends Error {
  readonly code = 'bad_kept_file'
  readonly retryable = false
}

/** Opens the truth from the file that creating the challenge saved. */
export async function openKept(challenge: number, text: string): Promise<void> {
  const { salt, truth } = readKept(text, challenge)
  await openTruth(system(), { challenge, salt, truth: encode(truth) }, walletSigner())
}

/** Fixes how the judge that grades scores; `text` of the kept file where the truth is needed for that. */
export async function fixRecount(challenge: number, text: string | undefined): Promise<void> {
  const truth = text === undefined ? undefined : encode(readKept(text, challenge).truth)
  await configureRecount(system(), { challenge, truth }, walletSigner())
}

/** Opens the truth to the judge that grades, in its time. */
export async function openToJudge(challenge: number, text: string): Promise<void> {
  const { salt, truth } = readKept(text, challenge)
  await openTruthForRecount(system(), { challenge, salt, truth: encode(truth) }, walletSigner())
}

const encode = (text: string) => new TextEncoder().encode(text)

function readKept(text: string, challenge: number): { salt: Uint8Array; truth: string } {
  try {
    const kept = JSON.parse(text) as { challenge?: unknown; salt?: unknown; truth?: unknown }
    if (
      kept.challenge === challenge &&
      typeof kept.salt === 'string' &&
      typeof kept.truth === 'string' &&
      /^[0-9a-f]{64}$/.test(kept.salt)
    ) {
      return {
        salt: Uint8Array.from(kept.salt.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
        truth: kept.truth,
      }
    }
  } catch {
    // Told below.
  }
  throw new KeptFileError(
    `This is not the file that was saved for challenge ${challenge}: stellartrain-truth-${challenge}.json.`,
  )
}
