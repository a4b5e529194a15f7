/** What StellarTrain puts on IPFS: documents, sealed files, content identifiers, verified fetch. Uploads: `./transfer/upload`. */

export * from './documents/earnings.ts'
export * from './documents/manifest.ts'
export * from './documents/opening.ts'
export * from './documents/oracle-metadata.ts'
export * from './documents/ranking.ts'
export {
  checkReport,
  encodeReport,
  evaluatorSays,
  type GradedSubmission,
  type GradeReport,
  parseReport,
  REPORT_MAX_BYTES,
  reportSchema,
} from './documents/report.ts'
export * from './encoding/cid.ts'
export * from './encoding/network.ts'
export * from './encoding/strkey.ts'
export * from './errors.ts'
export { readBounded, readBoundedJson } from './http/bounded.ts'
export * from './labeling/index.ts'
export * from './labeling/lease.ts'
export * from './sealed/age.ts'
export * from './sealed/challenge-key.ts'
export * from './sealed/commitment.ts'
export { maxSealedBytes } from './sealed/container.ts'
export * from './sealed/form-hash.ts'
export { openItemsFile, sealItemsFile } from './sealed/items-file.ts'
export * from './sealed/reasons.ts'
export * from './sealed/shares.ts'
export * from './sealed/submission-file.ts'
export * from './sealed/truth-file.ts'
export { type BlockOptions, fetchBlock } from './transfer/blocks.ts'
export { type FetchOptions, fetchCid, streamCid } from './transfer/fetch.ts'
export { CAR_MEDIA_TYPE, readCar, writeCar } from './unixfs/car.ts'
export * from './unixfs/import.ts'
export * from './unixfs/profile.ts'
export { type GetBlock, type OpenFile, openFile } from './unixfs/read-file.ts'
