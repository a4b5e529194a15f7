/** Bytes to use instead of what IPFS gives, to see what a verification says of them. */
export type Override = { manifest?: Uint8Array; truth?: Uint8Array; submission?: Uint8Array; salt?: Uint8Array }
