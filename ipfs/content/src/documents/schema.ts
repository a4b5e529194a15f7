/** The published JSON Schemas, generated from the schemas that the code checks with. */
import * as z from 'zod/mini'
import { earningsSchema } from './earnings.ts'
import { manifestSchema } from './manifest.ts'
import { openingSchema } from './opening.ts'
import { oracleMetadataSchema } from './oracle-metadata.ts'
import { rankingSchema } from './ranking.ts'
import { reportSchema } from './report.ts'

const SCHEMAS = {
  'manifest.schema.json': manifestSchema,
  'grade-report.schema.json': reportSchema,
  'ranking-report.schema.json': rankingSchema,
  'earnings-report.schema.json': earningsSchema,
  'opening.schema.json': openingSchema,
  'oracle.schema.json': oracleMetadataSchema,
}

/** File name → JSON Schema (draft 2020-12). Rules across fields are in docs/formats.md only. */
export function jsonSchemas(): Record<string, object> {
  return Object.fromEntries(Object.entries(SCHEMAS).map(([file, schema]) => [file, z.toJSONSchema(schema)]))
}
