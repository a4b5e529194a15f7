/** What goes wrong while solvers submit, beside processes that die. */
import { sleep } from '@stellartrain/contracts-client'
import type { Random } from '../kill/random.ts'
import type { ServiceSpec } from '../system/supervise.ts'

export type Trouble = {
  name: string
  /** Changes what a service is started with. */
  alter?(spec: ServiceSpec): Promise<ServiceSpec>
  /** Happens once, and is over when it resolves. */
  once(say: (line: string) => void): Promise<void>
  /** Ends it, whatever it did. */
  stop(): Promise<void>
}

/** A machine that cannot do it says so before anything is started. */
export class NotHere extends Error {}

/** So many times each, side by side, with seeded pauses. */
export async function trouble(
  all: readonly { trouble: Trouble; count: number }[],
  random: Random,
  say: (line: string) => void,
): Promise<void> {
  await Promise.all(
    all.map(async ({ trouble, count }) => {
      for (let times = 0; times < count; times++) {
        await sleep(500 + random.below(3_000))
        await trouble.once(say)
      }
    }),
  )
}
