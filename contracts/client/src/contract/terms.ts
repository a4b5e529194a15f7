/** The frozen half of a challenge, read once per connection: nothing of it ever changes. */

import type { Challenge } from '../generated/types.js'
import type { Chain } from '../rpc/chain.ts'
import type { ReadOptions } from '../rpc/ledger.ts'
import { view } from '../transaction/simulate.ts'
import { entry } from './entry.ts'

const frozen = new WeakMap<Chain['rpc'], Map<string, Promise<Challenge>>>()

/** @throws ContractError `NoChallenge` */
export function readFrozen(chain: Chain, challenge: number, options: ReadOptions): Promise<Challenge> {
  const read = frozen.get(chain.rpc) ?? new Map<string, Promise<Challenge>>()
  frozen.set(chain.rpc, read)
  const name = `${chain.network.contract}/${challenge}`
  const cached = read.get(name)
  if (cached) return cached
  const reading = view(chain, entry('challenge')({ challenge }), options)
  read.set(name, reading)
  reading.catch(() => read.delete(name))
  return reading
}
