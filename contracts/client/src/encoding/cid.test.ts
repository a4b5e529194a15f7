/** Content ids between chain and text, against the library of their inventors. */
import { CID } from 'multiformats/cid'
import { create as createDigest } from 'multiformats/hashes/digest'
import { expect, test } from 'vitest'
import { cidFromString, cidToString } from './cid.ts'

const digest = Uint8Array.from({ length: 32 }, (_, index) => (index * 37) & 0xff)

test.each([0x55, 0x70])('a content id of codec %i is written as multiformats writes it, and read back', (codec) => {
  const text = CID.createV1(codec, createDigest(0x12, digest)).toString()
  expect(cidToString({ codec, digest })).toBe(text)
  expect(cidFromString(text)).toEqual({ codec, digest })
})

test.each([
  ['dag-cbor', { codec: 0x71, digest }],
  ['a codec of two bytes', { codec: 0x12c, digest }],
  ['a codec that is one of ours but for its upper bits', { codec: 0x155, digest }],
  ['a short digest', { codec: 0x55, digest: digest.subarray(1) }],
])('%s gets no text, because the contract takes no such id', (_, cid) => {
  expect(() => cidToString(cid)).toThrow(RangeError)
})

test.each([
  ['version 0', 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'],
  ['dag-cbor', CID.createV1(0x71, createDigest(0x12, digest)).toString()],
  ['another hash', CID.createV1(0x55, createDigest(0x16, digest)).toString()],
  ['a second spelling of the same bytes', `${cidToString({ codec: 0x55, digest }).slice(0, -1)}b`],
  ['upper case', cidToString({ codec: 0x55, digest }).toUpperCase()],
  ['a part', cidToString({ codec: 0x55, digest }).slice(0, -1)],
])('%s is refused', (_, text) => {
  expect(() => cidFromString(text)).toThrow(RangeError)
})
