/**
 * A batch that is being labeled, as one value: which item is shown, what was answered, and what undo goes back to. Pure; what it is
 * kept in is in `kept.ts`, what moves it in `desk.ts`. `A` is an answer of the challenge's kind.
 */

export type Given<A> = {
  /** As far as it is; undefined where nothing was entered yet. */
  value: A | undefined
  /** Whether the labeler went on with it: an answer that was only begun is not one. */
  confirmed: boolean
  /** The item was flagged as broken instead. */
  broken?: boolean
}

type Place = { order: readonly string[]; at: number }

export type Work<A> = Place & {
  /** By item. */
  given: Readonly<Record<string, Given<A>>>
  /** Milliseconds that each item was on screen. */
  spent: Readonly<Record<string, number>>
  /** What undo goes back to, the newest last; not kept over a reload. */
  past: readonly Place[]
}

export type WorkEvent<A> =
  /** Entered so far; does not move on. */
  | { type: 'entered'; value: A | undefined }
  /** The present item is answered with this. */
  | { type: 'answered'; value: A }
  /** Broken: no answer is asked for it. */
  | { type: 'flagged' }
  /** To the end of those that are still open. */
  | { type: 'skipped' }
  | { type: 'undone' }
  /** To an item, from the overview. */
  | { type: 'went'; to: string }
  | { type: 'spent'; item: string; milliseconds: number }

/** More steps than anyone takes back. */
const MOST_PAST = 200

export const begin = <A>(ids: readonly string[]): Work<A> => ({ order: ids, at: 0, given: {}, spent: {}, past: [] })

/** The item on screen; undefined once the labeler is through and looks at the whole. */
export const currentOf = <A>({ order, at }: Work<A>): string | undefined => order[at]

export const isAnswered = <A>({ given }: Pick<Work<A>, 'given'>, id: string): boolean => given[id]?.confirmed === true

/** Milliseconds on screen; undefined for an item that was not measured, whatever it is called. */
export const timeOf = (spent: Work<unknown>['spent'], id: string): number | undefined =>
  Object.hasOwn(spent, id) ? spent[id] : undefined

export const openOf = <A>(work: Work<A>): string[] => work.order.filter((id) => !isAnswered(work, id))

export const countDone = <A>(work: Work<A>): number => work.order.length - openOf(work).length

/** What follows; an event that does not fit the present state changes nothing. */
export function nextWork<A>(work: Work<A>, event: WorkEvent<A>): Work<A> {
  const id = currentOf(work)
  switch (event.type) {
    case 'entered':
      return id === undefined ? work : give(work, id, { value: event.value, confirmed: false })
    case 'answered':
      return id === undefined ? work : forward(give(work, id, { value: event.value, confirmed: true }))
    case 'flagged': {
      if (id === undefined) return work
      return forward(give(work, id, { value: work.given[id]?.value, confirmed: true, broken: true }))
    }
    case 'skipped': {
      if (id === undefined || work.at === work.order.length - 1) return work
      const order = [...work.order.filter((one) => one !== id), id]
      return { ...work, order, past: [...work.past, placeOf(work)].slice(-MOST_PAST) }
    }
    case 'undone': {
      const last = work.past.at(-1)
      if (last) return { ...work, ...last, past: work.past.slice(0, -1) }
      return { ...work, at: Math.max(0, work.at - 1) }
    }
    case 'went': {
      const at = work.order.indexOf(event.to)
      return at < 0 || at === work.at ? work : move(work, at)
    }
    case 'spent': {
      const before = timeOf(work.spent, event.item) ?? 0
      return { ...work, spent: { ...work.spent, [event.item]: before + event.milliseconds } }
    }
  }
}

const placeOf = ({ order, at }: Place): Place => ({ order, at })

const give = <A>(work: Work<A>, id: string, one: Given<A>): Work<A> => ({
  ...work,
  given: { ...work.given, [id]: one },
})

const move = <A>(work: Work<A>, at: number): Work<A> => ({
  ...work,
  at,
  past: [...work.past, placeOf(work)].slice(-MOST_PAST),
})

/** The next one that is still open, from here on and then from the start; behind all of them where none is. */
function forward<A>(work: Work<A>): Work<A> {
  const isOpen = (id: string) => !isAnswered(work, id)
  const after = work.order.findIndex((id, place) => place > work.at && isOpen(id))
  const open = after < 0 ? work.order.findIndex(isOpen) : after
  return move(work, open < 0 ? work.order.length : open)
}
