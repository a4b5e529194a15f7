/** What oracles say of a labeler's next try, taken together: none of them alone ends a quiz, makes it wait, or asks what others do not. */

/** `try`: the next one at an oracle; `wait`: until when, unix seconds. */
export type ToldTry = { try: number; wait: number; questions: string[] }

/**
 * The first try that as many would judge as it still takes, for an oracle judges its next try and every later one.
 * @param told of the oracles where the labeler has not passed @param missing how many more have to sign
 */
export function nextTry(told: readonly ToldTry[], missing: number): ToldTry {
  const nth = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.min(Math.max(missing, 1), values.length) - 1] ?? 0
  const next = Math.max(1, nth(told.map((one) => one.try)))
  const asked = Map.groupBy(
    told.filter((one) => one.try === next && one.questions.length > 0),
    ({ questions }) => JSON.stringify(questions),
  )
  const [most] = [...asked.values()].toSorted((a, b) => b.length - a.length)
  const waits = told.filter((one) => one.try <= next).map(({ wait }) => wait)
  return { try: next, wait: nth(waits), questions: most?.[0]?.questions ?? [] }
}

/** Why nobody is admitted by these answers: what so many say that the others are too few to admit anyone. */
export function refusalOf(
  refused: readonly { code: string }[],
  { oracles, needed }: { oracles: number; needed: number },
): string | undefined {
  const found = [...Map.groupBy(refused, ({ code }) => code)].find(([, all]) => all.length > oracles - needed)
  return found?.[0]
}
