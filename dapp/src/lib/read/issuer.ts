/**
 * What an asset's issuer may do, read from the ledger: one entry by one RPC call, without the Stellar SDK, which would weigh
 * more than the page that shows the answer.
 */
import { decodeAddress, isAddress } from '@stellartrain/ipfs-content/strkey'

export type IssuerPowers = {
  /** May freeze balances. */
  revocable: boolean
  /** May take balances back. */
  clawback: boolean
  /** Has to approve holders. */
  required: boolean
}

const LIMIT_MS = 8_000
const REQUIRED = 0x1
const REVOCABLE = 0x2
const CLAWBACK = 0x8
/** XDR: `LedgerEntryType::Account` and `PublicKeyType::Ed25519` are 0, four bytes each, before the key. */
const KEY_HEAD = 8
const KEY_BYTES = 32

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

/** The ledger key of an account, base64 XDR; null for what is no account. */
export function accountKey(address: string): string | null {
  if (!address.startsWith('G') || !isAddress(address)) return null
  const bytes = new Uint8Array(KEY_HEAD + KEY_BYTES)
  bytes.set(decodeAddress(address), KEY_HEAD)
  return toBase64(bytes)
}

/** Reads the flags of an account entry (`LedgerEntryData`, base64 XDR). */
export function powersOf(entry: string): IssuerPowers {
  const view = new DataView(fromBase64(entry).buffer)
  // After the account id: balance, sequence number, count of subentries, an optional inflation destination.
  let at = KEY_HEAD + KEY_BYTES + 8 + 8 + 4
  at += view.getUint32(at) === 1 ? 4 + 4 + KEY_BYTES : 4
  const flags = view.getUint32(at)
  return {
    required: (flags & REQUIRED) !== 0,
    revocable: (flags & REVOCABLE) !== 0,
    clawback: (flags & CLAWBACK) !== 0,
  }
}

type Answer = { result?: { entries?: { xdr: string }[] | null } }

/** Null where they cannot be read now; then nothing is claimed. */
export async function readIssuerPowers(issuer: string, rpcUrl: string): Promise<IssuerPowers | null> {
  const key = accountKey(issuer)
  if (!key) return null
  try {
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getLedgerEntries', params: { keys: [key] } }),
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    const entry = ((await response.json()) as Answer).result?.entries?.[0]
    return entry ? powersOf(entry.xdr) : null
  } catch {
    return null
  }
}

/** What holders should know, and whether it is a risk. */
export function issuerWords(
  code: string,
  issuer: string,
  powers: IssuerPowers | null,
): { risk: boolean; text: string } {
  if (!powers)
    return { risk: true, text: `${code} is issued by ${issuer}, which may be able to freeze it or take it back.` }
  const can = [powers.revocable ? 'freeze balances' : '', powers.clawback ? 'take balances back' : ''].filter(Boolean)
  if (can.length > 0) return { risk: true, text: `${code} is issued by ${issuer}, which can ${can.join(' and ')}.` }
  return { risk: false, text: `${code} is issued by ${issuer}, which can neither freeze balances nor take them back.` }
}
