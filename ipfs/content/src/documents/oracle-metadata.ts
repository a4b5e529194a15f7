/** What an oracle says about itself, by the CID that it registers on-chain (docs/formats.md, 8). */
import * as z from 'zod/mini'
import { encodeDocument, line, list, matching, parseDocument, positive, textOf } from '../json/fields.ts'

export const ORACLE_METADATA_MAX_BYTES = 16 * 1024
const what = { code: 'bad_metadata', name: 'oracle metadata', maxBytes: ORACLE_METADATA_MAX_BYTES } as const

export const oracleMetadataSchema = z.strictObject({
  format: z.literal('stellartrain/oracle'),
  version: z.literal(1),
  name: line(80),
  description: textOf(2000, 0),
  website: z.nullable(z.url({ protocol: /^https?$/ }).check(z.maxLength(200))),
  metrics: list(matching(/^[a-z][a-z0-9_]{0,63}$/), 0, 200),
  keyVersion: z.optional(positive),
})

export type OracleMetadata = z.output<typeof oracleMetadataSchema>

/** @throws ContentError `bad_metadata` */
export function parseOracleMetadata(bytes: Uint8Array): OracleMetadata {
  return parseDocument(oracleMetadataSchema, bytes, what)
}

/** The bytes to pin. @throws ContentError `bad_metadata` */
export function encodeOracleMetadata(metadata: OracleMetadata): Uint8Array<ArrayBuffer> {
  return encodeDocument(oracleMetadataSchema, metadata, what)
}
