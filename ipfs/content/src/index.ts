/** What StellarTrain puts on IPFS: documents, sealed files, content identifiers, verified fetch. Uploads: `./upload`. */
export * from './age.ts'
export { type BlockOptions, fetchBlock } from './blocks.ts'
export { readBounded, readBoundedJson } from './bounded.ts'
export { CAR_MEDIA_TYPE, readCar, writeCar } from './car.ts'
export * from './challenge-key.ts'
export * from './cid.ts'
export * from './commitment.ts'
export { maxSealedBytes } from './container.ts'
export * from './earnings.ts'
export * from './errors.ts'
export { type FetchOptions, fetchCid, streamCid } from './fetch.ts'
export * from './form-hash.ts'
export * from './import.ts'
export { openItemsFile, sealItemsFile } from './items-file.ts'
export * from './labeling/index.ts'
export * from './lease.ts'
export * from './manifest.ts'
export * from './network.ts'
export * from './opening.ts'
export * from './oracle-metadata.ts'
export * from './profile.ts'
export * from './ranking.ts'
export { type GetBlock, type OpenFile, openFile } from './read-file.ts'
export * from './reasons.ts'
export {
  checkReport,
  encodeReport,
  evaluatorSays,
  type GradedSubmission,
  type GradeReport,
  parseReport,
  REPORT_MAX_BYTES,
  reportSchema,
} from './report.ts'
export * from './shares.ts'
export * from './strkey.ts'
export * from './submission-file.ts'
export * from './truth-file.ts'
