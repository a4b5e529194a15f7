/** The labeler's desk with a task and items of a test's choice, in the test's own document. */

import { LabelDesk } from '../components/label/desk.tsx'
import type { Desk } from '../lib/label/desk.ts'
import { createDesk } from '../lib/label/desk.ts'
import { createHosts } from '../lib/label/hosts.ts'
import type { LeaseClock } from '../lib/label/lease.ts'
import { createMediaStore } from '../lib/label/media.ts'
import type { LabelingTask } from '../lib/label/task.ts'
import { show } from './show.ts'

export const KEY = { network: 'Test', contract: 'CABC', challenge: 3, solver: 'GABC', attempt: 1 }
const none = () => undefined
export const NO_LEASE: LeaseClock = {
  ...{ left: none, ended: () => false, final: () => false, asks: () => false, busy: () => false, failure: none },
  renew: async () => {},
}

/**
 * @param items what the maker published of each, by id
 * @param agreed sites that the labeler loads from
 */
export function showDesk(
  task: LabelingTask,
  items: Record<string, Record<string, string>>,
  agreed: readonly string[] = ['example.org'],
) {
  let desk!: Desk
  const read = async () => {
    throw new Error('nothing is stored here')
  }
  const hosts = createHosts()
  for (const host of agreed) hosts.agree(host)
  const place = show(() => {
    desk = createDesk({ key: KEY, task, items: new Map(Object.entries(items)) })
    return <LabelDesk desk={desk} media={createMediaStore(read, hosts)} lease={NO_LEASE} earns="" />
  })
  return {
    place,
    desk,
    text: () => place.textContent ?? '',
    answerOf: (id: string) => desk.work().given[id]?.value,
    confirmed: () => desk.work().order.filter((id) => desk.work().given[id]?.confirmed),
  }
}

/** A key as somebody presses it, where the focus is. */
export function press(key: string, modifiers: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
  ;(document.activeElement ?? document.body).dispatchEvent(event)
  return event
}
