/** Uploading bytes to an IPFS service, with progress, and comparing the CID that it answers with our own. */

import * as z from 'zod/mini'
import { ContentError } from '../errors.ts'
import { endpoint } from '../http/endpoint.ts'
import { hostOf } from '../http/host.ts'
import { detailOf } from '../http/sign-in.ts'
import { computeCid } from '../unixfs/import.ts'

export { homeDomainOf, type Session, type SignInOptions, signIn } from '../http/sign-in.ts'

export type UploadTarget = {
  /** Base URL of the service. */
  url: string
  /** From `signIn`. */
  token: string
  signal?: AbortSignal
  /** How long no byte may move. Default 30 s. */
  idleTimeoutMs?: number
  /** Bytes handed to the network so far, of how many. */
  onProgress?: (sent: number, total: number) => void
}

export type UploadOptions = UploadTarget & { bytes: Uint8Array<ArrayBuffer> }

/** `path` begins below the service's URL. */
type Sending = UploadOptions & { path: `/${string}`; type: string }

/** What a service stored. */
export type Uploaded = { cid: string; bytes: number }

/** What a transport reports; the same from XMLHttpRequest and fetch. */
type Answer = { status: number; body: string }
type Transport = (url: string, sending: Sending, signal: AbortSignal, moved: (sent: number) => void) => Promise<Answer>

const answer = z.object({ cid: z.string(), bytes: z.number() })
const accountFull = z.object({ code: z.literal('account_full') })

/**
 * Repeating an upload is safe: the same bytes have the same CID.
 * @throws ContentError `signed_out` (sign in again), `too_large`, `account_full`, `disk_full` (retryable), `upload_refused`,
 * `cid_mismatch` (the service stored something else: do not use it), `unavailable`, `timeout` (retryable). If `signal` is aborted, its reason.
 */
export async function upload(options: UploadOptions): Promise<Uploaded> {
  const { bytes } = options
  const expected = await computeCid(bytes)
  const stored = await send({ ...options, path: '/v1/uploads', type: 'application/octet-stream' }, answer)
  if (stored.cid !== expected || stored.bytes !== bytes.length) throw cidMismatch(stored.cid, expected)
  return stored
}

/** Sends bytes and reads the answer. @throws as `upload` */
export async function send<T>(sending: Sending, shape: z.ZodMiniType<T>): Promise<T> {
  const { bytes, signal, onProgress } = sending
  const idle = idleTimer(sending.idleTimeoutMs ?? 30_000)
  const url = endpoint(sending.url, sending.path)
  const Xhr = (globalThis as { XMLHttpRequest?: new () => Xhr }).XMLHttpRequest
  const transport = Xhr ? byXhr(Xhr) : byFetch
  let response: Answer
  try {
    signal?.throwIfAborted()
    const either = signal ? AbortSignal.any([signal, idle.signal]) : idle.signal
    response = await transport(url, sending, either, (sent) => {
      idle.reset()
      onProgress?.(sent, bytes.length)
    })
  } catch (cause) {
    signal?.throwIfAborted()
    if (idle.signal.aborted)
      throw new ContentError('timeout', 'The upload stood still for too long.', { retryable: true })
    throw new ContentError('unavailable', `The upload to ${hostOf(sending.url)} broke off.`, { retryable: true, cause })
  } finally {
    idle.stop()
  }
  return readAnswer(response, shape)
}

export function cidMismatch(stored: string | undefined, expected: string): ContentError {
  return new ContentError('cid_mismatch', `The service stored ${stored} instead of ${expected}: do not use it.`)
}

function readAnswer<T>({ status, body }: Answer, shape: z.ZodMiniType<T>): T {
  if (status === 201 || status === 200) {
    try {
      return shape.parse(JSON.parse(body))
    } catch {
      throw new ContentError('upload_refused', 'The service answered an upload with something unreadable.')
    }
  }
  const why = detailOf(body) ?? `HTTP ${status}`
  if (status === 401) throw new ContentError('signed_out', `Sign in again: ${why}`)
  if (isAccountFull(body)) throw new ContentError('account_full', why)
  if (status === 413) throw new ContentError('too_large', `The service does not take files of this size: ${why}`)
  if (status === 507) throw new ContentError('disk_full', `The service has no room: ${why}`, { retryable: true })
  if (status >= 500 || status === 429 || status === 408)
    throw new ContentError('unavailable', `Upload failed: ${why}`, { retryable: true })
  throw new ContentError('upload_refused', `Upload refused: ${why}`)
}

/** The file may be small enough for the service, yet too much for what this account keeps there. */
function isAccountFull(body: string): boolean {
  try {
    return accountFull.safeParse(JSON.parse(body)).success
  } catch {
    return false
  }
}

/** What is used of XMLHttpRequest: these files are also checked where no DOM types are. */
type Xhr = {
  open(method: string, url: string): void
  setRequestHeader(name: string, value: string): void
  send(body: Uint8Array<ArrayBuffer>): void
  abort(): void
  readonly status: number
  readonly responseText: string
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null }
  onload: (() => void) | null
  onerror: (() => void) | null
  onabort: (() => void) | null
  onloadend: (() => void) | null
}

/** A browser tells how much of an upload is sent only through XMLHttpRequest. */
const byXhr =
  (Xhr: new () => Xhr): Transport =>
  (url, { token, bytes, type }, signal, moved) =>
    new Promise((resolve, reject) => {
      const xhr = new Xhr()
      const abort = () => xhr.abort()
      xhr.open('POST', url)
      xhr.setRequestHeader('authorization', `Bearer ${token}`)
      xhr.setRequestHeader('content-type', type)
      xhr.upload.onprogress = (event) => moved(event.loaded)
      xhr.onload = () => resolve({ status: xhr.status, body: xhr.responseText })
      xhr.onerror = () => reject(new Error('network error'))
      xhr.onabort = () => reject(signal.reason)
      xhr.onloadend = () => signal.removeEventListener('abort', abort)
      signal.addEventListener('abort', abort)
      if (signal.aborted) reject(signal.reason)
      else xhr.send(bytes)
    })

const byFetch: Transport = async (url, { token, bytes, type }, signal, moved) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': type,
      'content-length': String(bytes.length),
    },
    body: pieces(bytes, moved),
    signal,
    redirect: 'error',
    credentials: 'omit',
    ...({ duplex: 'half' } as object),
  })
  return { status: response.status, body: await response.text() }
}

/** Node's fetch tells no progress, but it pulls: what was pulled is counted. */
function pieces(bytes: Uint8Array<ArrayBuffer>, moved: (sent: number) => void): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (at > 0 || bytes.length === 0) moved(at)
        if (at === bytes.length) return controller.close()
        const piece = bytes.subarray(at, at + 256 * 1024)
        at += piece.length
        controller.enqueue(piece)
      },
    },
    { highWaterMark: 0 },
  )
}

function idleTimer(ms: number) {
  const controller = new AbortController()
  let timer = setTimeout(() => controller.abort(), ms)
  return {
    signal: controller.signal,
    reset() {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(), ms)
    },
    stop: () => clearTimeout(timer),
  }
}
