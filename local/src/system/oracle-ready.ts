/** Waits until the oracle has registered its key, so that challenges can name it. */
import { StartProblem } from './problem.ts'

type Status = { address?: string; keyVersion?: number | null }

/** @returns the oracle's address. @throws StartProblem `service_failed` after a minute. */
export async function waitForOracle(url: string): Promise<string> {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const status = await fetch(`${url}/status`, { signal: AbortSignal.timeout(5000) })
      .then((response) => response.json() as Promise<Status>)
      .catch(() => null)
    if (status?.address && status.keyVersion) return status.address
    await new Promise((done) => setTimeout(done, 250))
  }
  throw new StartProblem(
    'service_failed',
    `The oracle at ${url} has not registered its key within a minute; its log says why.`,
  )
}
