/** A remote pinning service as replica: it is asked to keep what the ledger names, by the Pinning Service API, and fetches it itself. */
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import { withoutKeys } from '@stellartrain/service'
import { failureSchema, type PinStatus, pinResultsSchema, pinStatusSchema } from '../pins/shapes.ts'
import { readBounded } from './kubo.ts'
import { type Replica, ReplicaError } from './replica.ts'

export type PinningService = {
  /** Base URL; `/pins` is added. */
  url: string
  token: string
  /** Multiaddrs at which the service finds the content, such as those of a Kubo that has the copies. */
  origins: readonly string[]
  /** For tests. */
  fetching?: typeof fetch
}

/** How long one question may take. */
const ASK_MS = 20_000

export function pinningService({ url, token, origins, fetching = fetch }: PinningService): Replica {
  const base = withoutSlash(url)
  const shown = withoutKeys(base)

  async function call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<{ status: number; json: unknown }> {
    const timeout = AbortSignal.timeout(ASK_MS)
    try {
      const response = await fetching(`${base}/pins${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        redirect: 'error',
        signal: AbortSignal.any([signal, timeout]),
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await readBounded(response)
      return { status: response.status, json: parsed(text) }
    } catch (cause) {
      signal.throwIfAborted()
      const why = timeout.aborted ? `has not answered within ${ASK_MS / 1000} seconds` : 'does not answer'
      throw new ReplicaError('unreachable', `The pinning service ${shown} ${why}.`, { cause })
    }
  }

  /** What it says is shown to everyone, and some services repeat the token that they refuse. */
  const shownOf = (said: string, most: number) => said.replaceAll(token, '…').trim().slice(0, most)

  /** @throws ReplicaError for what is no success */
  function check({ status, json }: { status: number; json: unknown }): unknown {
    if (status >= 200 && status < 300) return json
    const { reason = '', details = '' } = failureSchema.safeParse(json).data?.error ?? {}
    const said = shownOf(`${reason} ${details}`, 300) || `HTTP ${status}`
    // Busy, down, or a token that is refused: nothing can be delivered until that is mended.
    const all = status === 401 || status === 403 || status === 429 || status >= 500
    throw new ReplicaError(all ? 'unreachable' : 'refused', `The pinning service ${shown} answers: ${said}.`)
  }

  async function find(cid: string, signal: AbortSignal): Promise<PinStatus[]> {
    const statuses = 'status=queued&status=pinning&status=pinned&status=failed'
    const answer = check(await call('GET', `?cid=${cid}&${statuses}&limit=100`, signal))
    const results = pinResultsSchema.safeParse(answer)
    if (!results.success) throw new ReplicaError('unreachable', `What answers at ${shown} is not a pinning service.`)
    return results.data.results.filter(({ pin }) => pin.cid === cid)
  }

  /** Pins of an operator's own have other names. */
  const nameOf = (cid: string) => `stellartrain ${cid}`

  return {
    about: { kind: 'pinning-service', url: shown },
    async drop(cid, signal) {
      const ours = (await find(cid, signal)).filter(({ pin }) => pin.name === nameOf(cid))
      for (const { requestid } of ours) {
        const answer = await call('DELETE', `/${encodeURIComponent(requestid)}`, signal)
        // Gone already is gone.
        if (answer.status !== 404) check(answer)
      }
    },
    has: async (cid, signal) => (await find(cid, signal)).some(({ status }) => status === 'pinned'),
    async put(cid, _archive, signal) {
      const found = await find(cid, signal)
      let one = found.find(({ status }) => status !== 'failed')
      if (one === undefined) {
        const pin = { cid, name: nameOf(cid), ...(origins.length > 0 && { origins }) }
        const added = pinStatusSchema.safeParse(check(await call('POST', '', signal, pin)))
        if (!added.success) throw new ReplicaError('unreachable', `What answers at ${shown} is not a pinning service.`)
        one = added.data
      }
      if (one.status === 'pinned') return
      const details = one.info?.status_details ?? ''
      throw new ReplicaError(
        'refused',
        shownOf(`The pinning service ${shown} has not pinned ${cid} yet: ${one.status} ${details}`, 400),
      )
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
