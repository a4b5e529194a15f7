/** Batches that earnings are paid for, by the sdk: a labeler's own, appeals against rejections, and the reviewer's decisions; loaded on demand. */
import {
  type Appeals,
  appealBatch,
  type Decided,
  type Decisions,
  decideAppeals,
  type HandedIn,
  handInBatch,
  type OpenAppeal,
  type OwnBatch,
  type OwnWork,
  readAppeals,
  readHandedIn,
  readOwnWork,
  readWork,
} from '@stellartrain/sdk/work'
import { browserDrafts } from './drafts.ts'
import type { Tasks } from './label.ts'
import { system, walletSigner } from './system.ts'

export type { Appeals, Decided, Decisions, OpenAppeal, OwnBatch, OwnWork }

export const ownWork = (challenge: number, labeler: string): Promise<OwnWork> =>
  readOwnWork(system(), { challenge, labeler })

/** Batches that it handed in. */
export const handedIn = (challenge: number, labeler: string): Promise<number> =>
  readHandedIn(system(), { challenge, labeler })

export const appeal = (challenge: number, attempt: number, why: string): Promise<void> =>
  appealBatch(system(), { challenge, attempt, why, signer: walletSigner() })

export const appealsOf = (challenge: number): Promise<Appeals> => readAppeals(system(), challenge)

export const decide = (challenge: number, decisions: Decisions): Promise<Decided> =>
  decideAppeals(system(), challenge, decisions, walletSigner())

type Asking = { signal: AbortSignal /** Before the wallet is asked to sign in at an oracle. */; onSigning?: () => void }

export const takeWork = (challenge: number, asking: Asking): Promise<Tasks> =>
  readWork(system(), { challenge }, { signer: walletSigner(), drafts: browserDrafts(), ...asking })

export const handIn = (challenge: number, csv: string, asking: Asking): Promise<HandedIn> =>
  handInBatch(system(), {
    ...{ challenge, csv: new TextEncoder().encode(csv), signer: walletSigner(), drafts: browserDrafts() },
    ...asking,
  })
