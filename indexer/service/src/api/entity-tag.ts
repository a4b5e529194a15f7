/** Whether a client has an answer already, by the `ETag` that it was sent with. */

/** What the client has is compared weakly (RFC 9110, 13.1.2): the same state, whatever the bytes. */
export function isKnown(given: string | undefined, tag: string): boolean {
  if (given === undefined) return false
  const weak = (one: string) => one.trim().replace(/^W\//, '')
  return given.trim() === '*' || given.split(',').some((one) => weak(one) === weak(tag))
}
