/** Batches that earnings are paid for, by the sdk: a labeler's own, appeals against rejections, and the reviewer's decisions; loaded on demand. */
import {
  type Appeals,
  appealBatch,
  type Decisions,
  decideAppeals,
  type OpenAppeal,
  type OwnBatch,
  type OwnWork,
  readAppeals,
  readOwnWork,
} from '@stellartrain/sdk/work'
import { system, walletSigner } from './system.ts'

export type { Appeals, Decisions, OpenAppeal, OwnBatch, OwnWork }

export const ownWork = (challenge: number, labeler: string): Promise<OwnWork> =>
  readOwnWork(system(), { challenge, labeler })

export const appeal = (challenge: number, attempt: number, why: string): Promise<void> =>
  appealBatch(system(), { challenge, attempt, why, signer: walletSigner() })

export const appealsOf = (challenge: number): Promise<Appeals> => readAppeals(system(), challenge)

export async function decide(challenge: number, decisions: Decisions): Promise<void> {
  await decideAppeals(system(), challenge, decisions, walletSigner())
}
