/** Recognises files that are no text at all, so that people get a better sentence than "row 1 is broken". */

const MAGIC: readonly [string, readonly number[]][] = [
  ['a gzip file', [0x1f, 0x8b]],
  ['a zip, xlsx or npz file', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty zip file', [0x50, 0x4b, 0x05, 0x06]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['a NumPy file', [0x93, 0x4e, 0x55, 0x4d]],
  ['a Python pickle', [0x80, 0x04, 0x95]],
  ['a Python pickle', [0x80, 0x05, 0x95]],
  ['an xz file', [0xfd, 0x37, 0x7a, 0x58]],
  ['a 7z file', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a Zstandard file', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a bzip2 file', [0x42, 0x5a, 0x68]],
  ['an old Excel file', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF file', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['UTF-16 text', [0xff, 0xfe]],
  ['UTF-16 text', [0xfe, 0xff]],
  ['an age-encrypted file', [...'age-encryption.org/'].map((c) => c.charCodeAt(0))],
]

/** What the bytes are by their first few, or undefined. */
export function binaryKind(bytes: Uint8Array): string | undefined {
  return MAGIC.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0]
}
