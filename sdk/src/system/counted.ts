/** Counts with their nouns, for every sentence that has one: none says `1 items` or `1 of 1 oracles`. */

/** `2,000`. Loading the locale data that `Intl` needs for it takes longer than many commands do. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 vote`, `2,000 votes`; `many` where an s is not enough. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

type Verb = readonly [one: string, many: string]

/**
 * A part of a whole, with its verb: `2 of 3 oracles have`, `all 3 oracles have`, `both oracles have`, `none of 3 oracles has`; of one thing `the oracle has`
 * or `no oracle has`.
 * @param options.verb its two forms, such as `['has', 'have']`
 */
export function partOf(
  part: number,
  whole: number,
  one: string,
  { many = `${one}s`, verb }: { many?: string; verb?: Verb } = {},
): string {
  const does = (single: boolean) => (verb ? ` ${verb[single ? 0 : 1]}` : '')
  if (whole === 0) return `no ${many}${does(false)}`
  if (whole === 1) return `${part === 0 ? 'no' : 'the'} ${one}${does(true)}`
  if (part === whole && whole === 2) return `both ${many}${does(false)}`
  if (part === whole) return `all ${counted(whole, one, many)}${does(false)}`
  return `${part === 0 ? 'none' : grouped(part)} of ${counted(whole, one, many)}${does(part <= 1)}`
}

/** Where a sentence begins with it. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
