/** One question to an oracle of a challenge, or to each of them: bounded in time and size, and what each said or why nothing of use. */
import { asSigner, type SignerLike } from '@stellartrain/contracts-client'
import { ask } from '@stellartrain/ipfs-content/ask'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { readTakers, type Taker } from './handout.ts'

/** `who`: its address. */
export type OraclePlace = Taker

export type Question = AbortOptions & {
  /** It signs in before it is asked. */
  signer?: SignerLike | undefined
  /** Called before the wallet is asked to sign in. */
  onSigning?: (() => void) | undefined
  method?: 'POST' | 'PUT'
  /** JSON. */
  body?: string | undefined
  /** How long an answer is waited for. */
  silentMs: number
  /** More than that is no answer. */
  maxBytes: number
}

/** `status`: of the answer; 0 where there is none. `body`: parsed, and checked by nothing; null for an answer without one. */
export type Said = { who: string; status: number } & ({ ok: true; body: unknown } | ({ ok: false } & Refusal))

/** `code`: `silent` where the oracle says none; `detail`: for people; `body`: what came with it. */
export type Refusal = { code: string; detail: string; body?: unknown }

const CODE_MAX = 50
const DETAIL_MAX = 300

/** Of those oracles that have a URL on the ledger, in their order. @throws ChainFailure */
export async function oraclePlaces(
  client: StellarTrain,
  oracles: readonly string[],
  options: AbortOptions = {},
): Promise<OraclePlace[]> {
  return (await readTakers(client, oracles, options)).filter(({ who }) => who !== 'ipfs')
}

/** @throws what `signal` was aborted with; what the wallet throws */
export async function askOracle(
  client: Pick<StellarTrain, 'fetch' | 'sessions'>,
  { url, who }: OraclePlace,
  path: `/${string}`,
  { signal, signer, onSigning, method, body, silentMs, maxBytes }: Question,
): Promise<Said> {
  const silent = (status: number, detail: string): Said => ({ who, status, ok: false, code: 'silent', detail })
  let token: string | undefined
  try {
    token = signer && (await client.sessions.token(url, asSigner(signer), { signal, onSigning }))
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ContentError) return silent(0, error.message)
    throw error
  }
  let status = 0
  try {
    const answer = await ask(endpoint(url, path), { method, body, token, silentMs, signal, fetch: client.fetch })
    status = answer.status
    const said = status === 204 ? null : await readBoundedJson(answer, maxBytes)
    return answer.ok ? { who, status, ok: true, body: said } : { who, status, ok: false, ...refusalIn(said, status) }
  } catch {
    signal?.throwIfAborted()
    if (status === 0) return silent(status, 'it does not answer.')
    return silent(status, isTaken({ status }) ? 'it does not answer as an oracle does.' : `it answered with ${status}.`)
  }
}

/** Whether it took what it was given, whatever it says of it. */
export const isTaken = ({ status }: Pick<Said, 'status'>): boolean => status >= 200 && status < 300

/** The same question to all, at once; in their order. */
export const askEach = (
  client: Pick<StellarTrain, 'fetch' | 'sessions'>,
  places: readonly OraclePlace[],
  path: `/${string}`,
  question: Question,
): Promise<Said[]> => Promise.all(places.map((place) => askOracle(client, place, path, question)))

/** Each that gave no answer of use, with why, in one line for people. */
export const saidWords = (said: readonly { who: string; detail: string }[]): string =>
  said.map(({ who, detail }) => `${who}: ${detail}`).join(' ')

function refusalIn(said: unknown, status: number): Refusal {
  const { code, detail } = (typeof said === 'object' && said !== null ? said : {}) as Record<string, unknown>
  return {
    code: typeof code === 'string' ? code.slice(0, CODE_MAX) : 'silent',
    detail: typeof detail === 'string' ? detail.slice(0, DETAIL_MAX) : `it answered with ${status}.`,
    body: said,
  }
}
