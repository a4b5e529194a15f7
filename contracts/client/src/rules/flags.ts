/** The packed `flags` byte of a submission. Its bits never change; 64 and 128 are free. */
import type { Flags } from './facts.ts'

export const FLAG: Readonly<Record<keyof Flags, number>> = {
  carried: 1,
  passed: 2,
  kept: 4,
  held: 8,
  prizePaid: 16,
  byJudge: 32,
}

const NAMES = Object.keys(FLAG) as (keyof Flags)[]

/** Whether this flag is set. */
export const hasFlag = (byte: number, flag: keyof Flags): boolean => (byte & FLAG[flag]) !== 0

/** Bits that no flag has are dropped, so that a later edition's flags do not hinder an earlier reader. */
export function unpackFlags(byte: number): Flags {
  return {
    carried: hasFlag(byte, 'carried'),
    passed: hasFlag(byte, 'passed'),
    kept: hasFlag(byte, 'kept'),
    held: hasFlag(byte, 'held'),
    prizePaid: hasFlag(byte, 'prizePaid'),
    byJudge: hasFlag(byte, 'byJudge'),
  }
}

export const packFlags = (flags: Flags): number =>
  NAMES.reduce((byte, name) => (flags[name] ? byte | FLAG[name] : byte), 0)
