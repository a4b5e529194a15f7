/** How an answer is refused, and what is known of its item. */
import { ContentError } from '../errors.ts'

/** What the item file says about an item, by column: spans are held against their text, shapes against the size of their image. */
export type ItemValues = Readonly<Record<string, string>>

/** What the item file says in a column. */
export const valueIn = (item: ItemValues | undefined, column: string): string | undefined =>
  item !== undefined && Object.hasOwn(item, column) ? item[column] : undefined

/**
 * @param path the part at fault, like `spans.2.end`; '' is the whole answer
 * @throws ContentError `bad_answer`
 */
export function refuse(path: string, message: string): never {
  const where = path === '' ? 'The answer' : `"${path}" of the answer`
  throw new ContentError('bad_answer', `${where} ${message}`, { problems: [{ path, message }] })
}
