/** The key by which a service signs its sign-ins, from its stellar.toml (SEP-1). */

/**
 * One top-level key of one form is all that is read, and whoever signs in checks the challenge by it. So this is a pattern and no
 * TOML parser, which a browser would load for it. What the pattern does not find is refused, never guessed.
 */
const SIGNING_KEY = /^[ \t]*SIGNING_KEY[ \t]*=[ \t]*(["'])(G[A-Z2-7]{55})\1[ \t]*(?:#.*)?\r?$/m

/** Undefined where it has none at its top level. */
export function signingKeyOf(toml: string): string | undefined {
  const [topLevel = ''] = toml.split(/^[ \t]*\[/m)
  return SIGNING_KEY.exec(topLevel)?.[2]
}
