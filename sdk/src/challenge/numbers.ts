/** From numbers to who submitted. */
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { locate, readHistory } from './history.ts'

/** Who made the submissions with these numbers. */
export async function namedFrom(
  client: StellarTrain,
  challenge: number,
  first: number,
  last: number,
  { signal }: AbortOptions,
): Promise<{ solver: string; attempt: number }[]> {
  const history = await readHistory(client, challenge, { signal })
  const named: { solver: string; attempt: number }[] = []
  for (let number = first; number <= last; number++) {
    const { solver, attempt } = await locate(client, challenge, number, { signal, history })
    named.push({ solver, attempt })
  }
  return named
}
