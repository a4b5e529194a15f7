/** One transaction after the other: an account has one sequence of numbers, and what waits meanwhile goes out together. */
import type { Tries } from '../queue/tries.ts'
import type { Duty } from './duties.ts'

export type Lane = {
  /** Looks for the next duty unless one is being done; after each, the most urgent one is chosen anew. */
  wake(): void
}

export function createLane(duties: () => readonly Duty[], perform: (duty: Duty) => Promise<void>, tries: Tries): Lane {
  let busy = false

  async function drain(): Promise<void> {
    for (;;) {
      const duty = duties().find((candidate) => tries.ready(nameOf(candidate)))
      if (duty === undefined) return
      await tries.run(nameOf(duty), () => perform(duty))
    }
  }

  return {
    wake() {
      if (busy) return
      busy = true
      void drain().finally(() => {
        busy = false
      })
    },
  }
}

export function nameOf({ kind, challenge }: Duty): string {
  return `${kind}/${challenge.id}`
}
