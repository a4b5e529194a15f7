/** The manifest: what a challenge is about, how to take part and what becomes public (docs/formats.md, 1). */
import { z } from 'zod'
import { ContentError } from './errors.ts'
import {
  address,
  checkDocument,
  cid,
  count,
  distinct,
  encodeDocument,
  hex32,
  line,
  parseDocument,
  positive,
} from './fields.ts'

export const MANIFEST_MAX_BYTES = 256 * 1024
export const SUBMISSION_MAX_BYTES = 50 * 1024 * 1024
const what = { code: 'bad_manifest', name: 'manifest', maxBytes: MANIFEST_MAX_BYTES } as const

const columnType = z.enum(['number', 'integer', 'string'])
const column = z.strictObject({ name: line(100), type: columnType })

const submissionColumn = z
  .strictObject({
    name: line(100),
    type: columnType,
    labels: z
      .array(line(200))
      .min(1)
      .max(1000)
      .refine(
        distinct((label: string) => label),
        'labels are not distinct',
      )
      .optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine((c) => c.type === 'string' || c.labels === undefined, 'labels are for string columns')
  .refine((c) => c.type !== 'string' || (c.min === undefined && c.max === undefined), 'min and max are for numbers')
  .refine((c) => c.min === undefined || c.max === undefined || c.min <= c.max, 'min is above max')

const dataset = z.strictObject({
  name: line(100),
  role: z.enum(['train', 'test', 'sample_submission', 'other']),
  cid,
  sha256: hex32,
  bytes: count,
  version: positive,
  previous: cid.nullable(),
  mediaType: z.string().regex(/^[a-z]+\/[a-zA-Z0-9.+-]{1,80}$/),
  columns: z
    .array(column)
    .min(1)
    .max(2000)
    .refine(
      distinct((c: { name: string }) => c.name),
      'column names are not distinct',
    )
    .optional(),
})

const submission = z
  .strictObject({
    format: z.literal('csv'),
    idColumn: line(100),
    columns: z.array(submissionColumn).min(1).max(1000),
    rows: z.number().int().min(1).max(10_000_000),
    maxBytes: z.number().int().min(1).max(SUBMISSION_MAX_BYTES),
  })
  .refine((s) => distinct<string>((name) => name)([s.idColumn, ...s.columns.map((c) => c.name)]), {
    path: ['columns'],
    message: 'column names are not distinct',
  })

/** Parameters of a metric: flat, so that two readers cannot understand them differently. */
const params = z.record(
  z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/),
  z.union([
    z.string().max(200),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string().max(200), z.number()])).max(1000),
  ]),
)
export const metricSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  params,
  version: positive,
})

export const manifestSchema = z
  .strictObject({
    $schema: z.string().max(200).optional(),
    format: z.literal('stellartrain/manifest'),
    version: z.literal(1),
    kind: z.enum(['competition', 'labeling']),
    title: line(120),
    summary: line(280),
    description: z.string().min(1).max(50_000),
    license: line(100),
    tags: z
      .array(z.string().regex(/^[a-z0-9-]{1,32}$/))
      .max(10)
      .refine(
        distinct((tag: string) => tag),
        'tags are not distinct',
      ),
    datasets: z
      .array(dataset)
      .max(32)
      .refine(
        distinct((d: { name: string }) => d.name),
        'dataset names are not distinct',
      ),
    submission,
    metric: metricSchema,
    baseline: z.strictObject({
      description: z.string().min(1).max(500),
      score: z.number(),
      dataset: line(100).optional(),
    }),
    truth: z.strictObject({
      cid,
      commitment: hex32,
      bytes: z
        .number()
        .int()
        .min(1)
        .max(64 * 1024 * 1024),
      recipients: z
        .array(z.strictObject({ oracle: address, key: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/) }))
        .min(1)
        .max(5)
        .refine(
          distinct((r: { oracle: string }) => r.oracle),
          'oracles are not distinct',
        ),
    }),
    opens: z.strictObject({ truth: z.boolean(), submissions: z.enum(['none', 'winning', 'all']) }),
  })
  .refine((m) => m.opens.truth || m.opens.submissions === 'none', {
    path: ['opens', 'submissions'],
    message: 'submissions can only be opened together with the truth',
  })
  .refine((m) => m.baseline.dataset === undefined || m.datasets.some((d) => d.name === m.baseline.dataset), {
    path: ['baseline', 'dataset'],
    message: 'no dataset has this name',
  })

export type Manifest = z.output<typeof manifestSchema>
export type Dataset = Manifest['datasets'][number]
export type Metric = z.output<typeof metricSchema>

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

/**
 * Whether manifest and on-chain terms say the same: what opens, and that the truth is sealed for each oracle of the challenge.
 * `key` is the oracle's current recipient `age1…`, where the caller knows it. @throws ContentError `bad_manifest`
 */
export function checkAgainstTerms(
  manifest: Manifest,
  terms: { opensTruth: boolean; oracles: readonly { address: string; key?: string }[] },
): void {
  const problems = []
  if (manifest.opens.truth !== terms.opensTruth) {
    problems.push({ path: 'opens.truth', message: 'differs from the terms on-chain' })
  }
  for (const oracle of terms.oracles) {
    const recipient = manifest.truth.recipients.find((r) => r.oracle === oracle.address)
    if (!recipient)
      problems.push({ path: 'truth.recipients', message: `the truth is not sealed for ${oracle.address}` })
    else if (oracle.key !== undefined && recipient.key !== oracle.key) {
      problems.push({ path: 'truth.recipients', message: `the truth is sealed for another key of ${oracle.address}` })
    }
  }
  const first = problems[0]
  if (first) {
    const message = `Manifest and challenge do not agree at ${first.path}: ${first.message}.`
    throw new ContentError('bad_manifest', message, { problems })
  }
}
