/** An oracle's new key version. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function oracleRegistered(world: World, event: EventOf<'oracle_registered'>, place: EventPlace): void {
  const { oracle, version, key, url, metadata } = event
  world.newKeys.push({ oracle, version, key, url, metadata, at: place.closedAt, tx: place.txHash })
}
