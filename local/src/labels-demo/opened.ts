/** The labels of a task, once its oracles have opened them. */
import { sleep } from '@stellartrain/contracts-client'
import type { StellarTrain } from '@stellartrain/sdk'
import { type Labels, readLabels } from '@stellartrain/sdk/labels'

const PAUSE_MS = 500
/** What opening takes beyond the end. */
const WITHIN_MS = 600_000

/** @param seconds until the end, at most */
export async function openedLabels(system: StellarTrain, challenge: number, seconds: number): Promise<Labels> {
  for (const until = Date.now() + seconds * 1_000 + WITHIN_MS; ; await sleep(PAUSE_MS)) {
    try {
      return await readLabels(system, challenge)
    } catch (error) {
      if (!(error as { retryable?: boolean }).retryable || Date.now() > until) throw error
    }
  }
}
