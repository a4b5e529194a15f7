/**
 * What was labeled and not submitted yet, in this browser: it survives a reload and a dead battery. By system, challenge, account and
 * attempt, as its lease is kept; answers of items that are not in the batch any more are dropped.
 */
import { type DraftKey, draftName } from '@stellartrain/sdk/drafts'
import { begin, type Given, type Work } from './work.ts'

type Kept = {
  version: 1
  order: string[]
  at: number
  given: Record<string, { value?: unknown; confirmed: boolean; broken?: boolean }>
  spent: Record<string, number>
}

const nameOf = (key: DraftKey): string => `labels-${draftName(key)}`

/** Whether it could be kept; a full or forbidden storage says so on the page. */
export function keepWork<A>(storage: Storage, key: DraftKey, { order, at, given, spent }: Work<A>): boolean {
  const kept: Kept = { version: 1, order: [...order], at, given: { ...given }, spent: { ...spent } }
  try {
    storage.setItem(nameOf(key), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export const dropWork = (storage: Storage, key: DraftKey): void => storage.removeItem(nameOf(key))

export const hasWork = (storage: Storage, key: DraftKey): boolean => storage.getItem(nameOf(key)) !== null

/**
 * The batch as it was left, or a new one. What is in a storage may be anything: only what fits is taken.
 * @param read an answer to the item out of what was kept; undefined for none
 */
export function restoreWork<A>(
  storage: Storage,
  key: DraftKey,
  ids: readonly string[],
  read: (value: unknown, id: string) => A | undefined,
): Work<A> {
  const fresh = begin<A>(ids)
  const kept = parse(storage.getItem(nameOf(key)))
  if (!kept) return fresh
  const mine = new Set(ids)
  const order = [...new Set(kept.order.filter((id) => mine.has(id))), ...ids.filter((id) => !kept.order.includes(id))]
  // An item may be called `__proto__`, which an assignment would not make a key.
  const given: [string, Given<A>][] = []
  const spent: [string, number][] = []
  for (const id of ids) {
    const one = kept.given[id]
    const value = one?.value === undefined ? undefined : read(one.value, id)
    if (one?.broken === true) given.push([id, { value, confirmed: true, broken: true }])
    else if (one && value !== undefined) given.push([id, { value, confirmed: one.confirmed === true }])
    const time = kept.spent[id]
    if (typeof time === 'number' && time > 0 && Number.isFinite(time)) spent.push([id, time])
  }
  const shown = kept.order[kept.at]
  const answers = Object.fromEntries(given)
  const open = order.findIndex((id) => answers[id]?.confirmed !== true)
  const end = open < 0 ? order.length : open
  const at = shown !== undefined && mine.has(shown) ? order.indexOf(shown) : end
  return { ...fresh, order, given: answers, spent: Object.fromEntries(spent), at }
}

function parse(text: string | null): Kept | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Kept | null
    const fits =
      kept?.version === 1 && Array.isArray(kept.order) && isRecord(kept.given) && isRecord(kept.spent) && kept.at >= 0
    return fits ? kept : undefined
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null
