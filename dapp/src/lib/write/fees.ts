/** Who pays the network fee of a batch, by the sdk; loaded on demand. */
import { readFees } from '@stellartrain/sdk/fees'
import { system } from './system.ts'

export const feesOf = (challenge: number, labeler: string): ReturnType<typeof readFees> =>
  readFees(system(), { challenge, labeler })
