/** The stories that are held against the official libraries. */
import type { Player } from './player.ts'
import { playProbe } from './probe.ts'

export const STORIES: readonly { name: string; play: () => Promise<Player> }[] = [{ name: 'probe', play: playProbe }]
