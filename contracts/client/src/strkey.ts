/** Addresses as people write them (`G…`, `C…`) from the bytes on the ledger; small enough for a page that only reads. */
import { base32nopad } from '@scure/base'

/** Version bytes of SEP-23: account and contract. */
const ACCOUNT = 6 << 3
const CONTRACT = 2 << 3

export const accountAddress = (key: Uint8Array): string => encode(ACCOUNT, key)
export const contractAddress = (id: Uint8Array): string => encode(CONTRACT, id)

function encode(version: number, payload: Uint8Array): string {
  const bytes = new Uint8Array(payload.length + 3)
  bytes[0] = version
  bytes.set(payload, 1)
  const check = crc16(bytes.subarray(0, payload.length + 1))
  bytes[payload.length + 1] = check & 0xff
  bytes[payload.length + 2] = check >> 8
  return base32nopad.encode(bytes)
}

/** CRC-16/XMODEM, the checksum of SEP-23. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}
