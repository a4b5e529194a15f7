/** The manifest: what a challenge is about, how to take part and what becomes public (docs/formats.md, 1). */
import { checkDocument, encodeDocument, parseDocument } from '../json/fields.ts'
import { type Manifest, manifestSchema } from './manifest-schema.ts'

export { type Dataset, type Manifest, type Metric, manifestSchema, metricSchema } from './manifest-schema.ts'
export { SUBMISSION_MAX_BYTES } from './manifest-submission.ts'
export { checkAgainstTerms } from './manifest-terms.ts'

export const MANIFEST_MAX_BYTES = 256 * 1024
const what = { code: 'bad_manifest', name: 'manifest', maxBytes: MANIFEST_MAX_BYTES } as const

/** @throws ContentError `bad_manifest`, every field's problem in `problems`. */
export function parseManifest(bytes: Uint8Array): Manifest {
  return parseDocument(manifestSchema, bytes, what)
}

/** For a form: the same check on a value. @throws ContentError `bad_manifest` */
export function checkManifest(value: unknown): Manifest {
  return checkDocument(manifestSchema, value, what)
}

/** The bytes to upload. @throws ContentError `bad_manifest` */
export function encodeManifest(manifest: Manifest): Uint8Array<ArrayBuffer> {
  return encodeDocument(manifestSchema, manifest, what)
}
