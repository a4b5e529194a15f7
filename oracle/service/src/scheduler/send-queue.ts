/** Sends one transaction after another: an account has one sequence number, and whatever becomes ready meanwhile is sent together. */
import type { Duty } from './duties.ts'
import type { Retries } from './retry.ts'

export type SendQueue = {
  /** Takes the next duty unless one is being sent; after each, the most urgent one is chosen anew. */
  wake(): void
}

export function createSendQueue(
  duties: () => readonly Duty[],
  perform: (duty: Duty) => Promise<void>,
  retries: Retries,
): SendQueue {
  let busy = false

  async function drain(): Promise<void> {
    for (;;) {
      const duty = duties().find((candidate) => retries.ready(nameOf(candidate)))
      if (duty === undefined) return
      await retries.run(nameOf(duty), () => perform(duty))
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
