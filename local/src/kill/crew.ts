/**
 * The oracles of a run: the system's own, and beside it the real service in processes of their own, of which one lies and one is
 * taken away for a while. Their order in the terms is drawn by the seed, so any of them may have to make the challenge key.
 */
import { join } from 'node:path'
import type { Asset } from '@stellar/stellar-sdk'
import { sleep } from '@stellartrain/contracts-client'
import type { StellarTrain as Sdk } from '@stellartrain/sdk'
import { type OracleProcess, startOracleProcess } from '../quorum/processes.ts'
import type { ServiceSpec } from '../system/supervise.ts'
import { killNow, type Victim } from './killer.ts'
import type { Random } from './random.ts'

export const COUNTS = [1, 3, 5] as const
export type Count = (typeof COUNTS)[number]

export type Part = 'honest' | 'absent' | 'lying'

export type Crew = {
  /** In the order of the terms. */
  oracles: { address: string; part: Part }[]
  /** Those that are killed like any service, and started again by their supervisors. */
  victims: Victim[]
  /** Kills the absent one and starts it again once `until` is over. */
  takeAway(until: () => Promise<unknown>): Promise<void>
  stop(): Promise<void>
}

/** `own`: the address of the system's oracle. `folder` keeps logs and files of the others, who can be paid in `asset`; `alter` changes what they are started with. */
export async function startCrew(
  sdk: Sdk,
  {
    own,
    count,
    folder,
    asset,
    alter,
  }: { own: string; count: Count; folder: string; asset: Asset; alter: (spec: ServiceSpec) => Promise<ServiceSpec> },
  random: Random,
): Promise<Crew> {
  const parts: Part[] = count === 1 ? [] : ['lying', 'absent', ...Array<Part>(count - 3).fill('honest')]
  const settled = await Promise.allSettled(
    parts.map(async (part, at) => ({
      part,
      name: part === 'honest' ? `honest oracle ${at}` : `${part} oracle`,
      process: await startOracleProcess(sdk, {
        folder: join(folder, `${part}-${at}`),
        lies: part === 'lying',
        trusts: asset,
        alter,
      }),
    })),
  )
  const others = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const stop = async () => void (await Promise.allSettled(others.map(({ process }) => process.stop())))
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  const oracles = shuffled(
    [
      { address: own, part: 'honest' as Part },
      ...others.map(({ part, process }) => ({ part, address: process.address })),
    ],
    random,
  )
  const absent = others.find(({ part }) => part === 'absent')?.process
  return {
    oracles,
    victims: others.flatMap(({ part, name, process }) =>
      part === 'absent' ? [] : [{ name, kill: () => killNow(process.pid()) }],
    ),
    takeAway: (until) => away(absent, until),
    stop,
  }
}

async function away(absent: OracleProcess | undefined, until: () => Promise<unknown>): Promise<void> {
  if (!absent) return
  await absent.kill()
  await until()
  for (let tries = 1; ; tries++) {
    try {
      await absent.start()
      return
    } catch (error) {
      // What it needs at its start may be dead at this very moment.
      if (tries === 10) throw error
      await sleep(1_000)
    }
  }
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  const left = [...all]
  return all.map(() => left.splice(random.below(left.length), 1)[0]!)
}
