/** The picture that every badge shows: its CID is fixed in the records contract when that is deployed. */
import { hash } from '@stellar/stellar-sdk/base'
import type { OnChainCid } from '../encoding/cid.ts'

/** SVG, a medal with a path that arrives. Another picture needs another records contract. */
export const BADGE_PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
<title>StellarTrain badge</title>
<rect width="400" height="400" rx="48" fill="#10182b"/>
<path d="M136 212 92 356l60-22 34 50 36-128zM264 212l44 144-60-22-34 50-36-128z" fill="#3c57a8"/>
<circle cx="200" cy="160" r="112" fill="#f4c54b"/>
<circle cx="200" cy="160" r="92" fill="#fbe3a1"/>
<path d="M134 204 172 158l28 22 66-76" fill="none" stroke="#10182b" stroke-width="14" stroke-linecap="round" stroke-linejoin="round"/>
<circle cx="266" cy="104" r="14" fill="#10182b"/>
</svg>
`

/** As one raw block, which is how an IPFS node stores a file of this size. */
export function badgePictureCid(): OnChainCid {
  return { codec: 0x55, digest: hash(new TextEncoder().encode(BADGE_PICTURE)) }
}
