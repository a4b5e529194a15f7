/** What a judge that grades (`contracts/recount`) takes at most. */

/** Bytes of each chunk of a form but the last one. */
export const FORM_CHUNK = 65_536
/** Chunks of the longest form that the contract takes; of a metric that compares scores with each other. */
export const MAX_CHUNKS = 1024
export const MAX_SCORE_CHUNKS = 16
/** Classes, and the bytes of the longest one. */
export const MAX_CLASSES = 64
export const MAX_CLASS_BYTES = 64
