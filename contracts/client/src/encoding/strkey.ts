/** Addresses as people write them (`G…`, `C…`) from the bytes on the ledger; small enough for a page that only reads. */
import { base32 } from './base32.ts'

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
  return base32(bytes)
}

/** CRC-16/XMODEM, the checksum of SEP-23, by bytes. */
const CRC = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc & 0xffff
})

function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ CRC[(crc >> 8) ^ byte]!
  return crc
}
