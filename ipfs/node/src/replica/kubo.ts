/** A Kubo node as replica, over its RPC: content goes there as a CAR archive, which Kubo checks block by block and pins. */

import { randomUUID } from 'node:crypto'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import { withoutKeys } from '@stellartrain/service'
import { z } from 'zod'
import { type Replica, ReplicaError } from './replica.ts'

/** How long one question may take. */
const ASK_MS = 10_000
/** How long one archive may take: Kubo answers only when it has all of it. */
const IMPORT_MS = 5 * 60_000
/** An answer longer than this is no answer to what is asked here. */
const MAX_ANSWER_BYTES = 64 * 1024

const refusal = z.object({ Message: z.string() })
const listed = z.object({ Keys: z.record(z.string(), z.object({ Name: z.string().optional() })) })
const imported = z.object({
  Root: z.object({ Cid: z.object({ '/': z.string() }), PinErrorMsg: z.string().optional() }),
})

/** @param url Base URL of the RPC, e.g. `http://127.0.0.1:5001`; nothing is asked yet. */
export function kuboReplica(url: string, fetching: typeof fetch = fetch): Replica {
  const base = withoutSlash(url)
  // `/status` and messages show it to everyone.
  const shown = withoutKeys(base)

  async function call(path: string, ms: number, signal: AbortSignal, init: RequestInit = {}) {
    const timeout = AbortSignal.timeout(ms)
    try {
      const response = await fetching(`${base}/api/v0/${path}`, {
        ...init,
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.any([signal, timeout]),
      })
      return { status: response.status, text: await readBounded(response) }
    } catch (cause) {
      signal.throwIfAborted()
      const why = timeout.aborted ? `has not answered within ${ms / 1000} seconds` : 'does not answer'
      throw new ReplicaError('unreachable', `Kubo at ${shown} ${why}: check that it runs and IPFS_KUBO_URL.`, { cause })
    }
  }

  /** Undefined where it is not pinned as a root. */
  async function pinOf(cid: string, signal: AbortSignal): Promise<{ name: string } | undefined> {
    const { status, text } = await call(`pin/ls?type=recursive&names=true&arg=${cid}`, ASK_MS, signal)
    if (status === 200) {
      const pin = listed.safeParse(json(text)).data?.Keys[cid]
      return pin && { name: pin.Name ?? '' }
    }
    const message = messageOf(text)
    if (message?.includes('is not pinned')) return undefined
    throw notKubo(shown, status, message)
  }

  return {
    about: { kind: 'kubo', url: shown },
    has: async (cid, signal) => (await pinOf(cid, signal)) !== undefined,
    async drop(cid, signal) {
      const pin = await pinOf(cid, signal)
      // An import pins without a name: who gives the pin one wants to keep it.
      if (pin === undefined || pin.name !== '') return
      const { status, text } = await call(`pin/rm?arg=${cid}`, ASK_MS, signal)
      const message = messageOf(text)
      if (status !== 200 && !message?.includes('not pinned')) throw notKubo(shown, status, message)
    },
    async put(cid, archive, signal) {
      const { body, type, failure } = form(archive)
      const init = { body, headers: { 'content-type': type }, duplex: 'half' } as RequestInit
      const answer = await call('dag/import?pin-roots=true', IMPORT_MS, signal, init).catch((error: unknown) => {
        // The connection breaks also when our own archive does.
        throw failure() ?? error
      })
      if (answer.status !== 200) throw notKubo(shown, answer.status, messageOf(answer.text))
      const roots = answer.text.split('\n').flatMap((line) => imported.safeParse(json(line)).data?.Root ?? [])
      const root = roots.find((one) => one.Cid['/'] === cid)
      if (root && !root.PinErrorMsg) return
      // An import that fails half-way still began with a status of 200.
      throw new ReplicaError('refused', `Kubo did not pin ${cid}: ${root?.PinErrorMsg || 'the import broke off'}.`)
    },
  }
}

function notKubo(base: string, status: number, message: string | undefined): ReplicaError {
  if (message !== undefined) return new ReplicaError('refused', `Kubo at ${base} refused: ${message.slice(0, 300)}`)
  const what = `What answers at ${base} (HTTP ${status}) is not the RPC of a Kubo: check IPFS_KUBO_URL.`
  return new ReplicaError('unreachable', what)
}

/** One file of a multipart form, sent while it is read. */
function form(archive: AsyncIterable<Uint8Array>) {
  const boundary = randomUUID()
  let failed: ReplicaError | undefined
  async function* parts() {
    const disposition = 'content-disposition: form-data; name="file"; filename="content.car"'
    yield Buffer.from(`--${boundary}\r\n${disposition}\r\ncontent-type: application/vnd.ipld.car\r\n\r\n`)
    try {
      yield* archive
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      failed = new ReplicaError('unreadable', `Our own copy cannot be read: ${why}`, { cause })
      throw failed
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }
  return {
    body: ReadableStream.from(parts()) as ReadableStream<Uint8Array>,
    type: `multipart/form-data; boundary=${boundary}`,
    failure: () => failed,
  }
}

/** @throws Error for an answer that is longer than any that is expected */
export async function readBounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

/** Kubo's own words in an error, or undefined if this is no answer of a Kubo. */
const messageOf = (text: string): string | undefined => refusal.safeParse(json(text)).data?.Message

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
