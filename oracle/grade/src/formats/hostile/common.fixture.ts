/** What the hostile files of every format share. */

import type { SubmissionShape } from '../../shape.ts'
import { FORMATS } from '../names.ts'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const join = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

export const MIB = 1024 * 1024
export const shape: SubmissionShape = {
  ...{ idColumn: 'id', formats: FORMATS, maxBytes: 8 * MIB },
  columns: [
    { name: 'p', type: 'number', min: -1000, max: 1000 },
    { name: 'label', type: 'label', labels: ['cat', 'dog', 'é'] },
  ],
}
export const only = (format: (typeof FORMATS)[number]): SubmissionShape => ({ ...shape, formats: [format] })
export const loose: SubmissionShape = { ...shape, extraColumns: 'ignore' }
export const lists: SubmissionShape = { ...shape, columns: [{ name: 'p', type: 'list', maxItems: 1000 }] }
export const masks: SubmissionShape = { ...shape, columns: [{ name: 'p', type: 'rle' }] }

type Expected = readonly [reason: string, row: number | null, column: string | null] | 'fine'
export type Case = readonly [what: string, file: Uint8Array | string, expected: Expected, shape?: SubmissionShape]
