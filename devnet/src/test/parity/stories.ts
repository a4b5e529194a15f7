/** The stories that are held against the official libraries. */
import { createHash } from 'node:crypto'
import type { Player } from './player.ts'
import { playProbe } from './probe.ts'
import { playStellarTrain, WASM } from './stellartrain.ts'

export interface Story {
  name: string
  /** SHA-256 of the contract that it is about; empty for the contract of the tests. */
  contract: string
  play: () => Promise<Player>
}

export const STORIES: readonly Story[] = [
  { name: 'probe', contract: '', play: playProbe },
  { name: 'stellartrain', contract: createHash('sha256').update(WASM).digest('hex'), play: playStellarTrain },
]
