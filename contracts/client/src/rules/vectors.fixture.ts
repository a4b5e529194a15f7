/** Reads the vectors that `contracts/model` writes: `cargo run --release -p stellartrain-model --example vectors -- DIR`. */
import { readFileSync } from 'node:fs'

/** `RULES_VECTORS` names another folder of them, for a longer comparison than the committed one. */
const FOLDER = process.env.RULES_VECTORS ?? `${import.meta.dirname}/vectors`

/** The cases of one file; text such as "5n" is the bigint 5n. */
export function vectors<Case>(name: string): Case[] {
  const text = readFileSync(`${FOLDER}/${name}.json`, 'utf8')
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as Case[]
}
