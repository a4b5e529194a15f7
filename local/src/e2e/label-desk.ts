/** A labeler on the labeling page: what is on screen, and the keys that answer. */
import type { Page } from 'playwright-core'

export async function getBatch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Get a batch of items', disabled: false }).click()
  await page.locator('progress').waitFor()
}

/** Answers that were given. */
export const progress = async (page: Page): Promise<number> =>
  Number(await page.locator('progress').getAttribute('value'))

/** The id of the item on screen, where the task shows it: `item-07`, of a quiz `ask-2`. */
export const itemOn = async (page: Page): Promise<string> =>
  (await page.locator('section[aria-label^="Item "] p').last().textContent())?.match(/(ask|item)-\d+/)?.[0] ?? ''

/** Gives an answer to each item from `from` to `to`, by `give`; the next one is waited for. */
export async function answerItems(
  page: Page,
  { from = 0, to, give }: { from?: number; to: number; give: (item: string) => Promise<void> },
): Promise<void> {
  for (let done = from; done < to; done++) {
    await give(await itemOn(page))
    if (done < to - 1) await page.locator(`progress[value="${done + 1}"]`).waitFor()
  }
}

/** For `answerItems`: the key of a choice, which is its place. */
export const byKey =
  (page: Page, choices: readonly string[], say: (item: string) => string) =>
  (item: string): Promise<void> =>
    page.keyboard.press(String(choices.indexOf(say(item)) + 1))
