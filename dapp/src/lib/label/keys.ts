/** Which key does what while labeling, in one place: for the page that listens and for the list that it shows. */
import { type Choice, type Kind, type LabelingTask, nameOf } from './task.ts'

/** Keys for choices; neither the letter of a command is among them nor `n`, which draws a box. */
const CHOICE_KEYS = [...'1234567890qwertyiopadghjklzxcvbm']

/**
 * The key of each choice. A choice that is called by one of the keys has that one, so that `5` never chooses `4`;
 * the others have what is left, in their order, as long as there are keys.
 */
export function choiceKeys(choices: readonly Choice[]): readonly (string | undefined)[] {
  const taken = new Set<string>()
  const own = choices.map((choice) => {
    const key = nameOf(choice).toLowerCase()
    if (!CHOICE_KEYS.includes(key) || taken.has(key)) return undefined
    taken.add(key)
    return key
  })
  const free = CHOICE_KEYS.filter((key) => !taken.has(key))
  return own.map((key) => key ?? free.shift())
}

/** The place of the choice that a key is for. */
export function choiceAt(key: string, choices: readonly Choice[]): number | undefined {
  const place = choiceKeys(choices).indexOf(key.toLowerCase())
  return place < 0 ? undefined : place
}

export type Command = 'next' | 'undo' | 'skip' | 'flag' | 'help' | 'zoomIn' | 'zoomOut'

const COMMANDS: Record<string, Command> = {
  ...{ Enter: 'next', ArrowRight: 'next', ArrowLeft: 'undo', u: 'undo', s: 'skip', f: 'flag', '?': 'help' },
  ...{ '+': 'zoomIn', '=': 'zoomIn', '-': 'zoomOut' },
}

export const commandOf = (key: string): Command | undefined =>
  Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined

/** With these a key is the browser's or the reader's. */
export const isPlain = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => !ctrlKey && !altKey && !metaKey

/** Whether somebody types into what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null
  const tag = element?.tagName
  if (tag === 'INPUT') return !['checkbox', 'radio', 'button'].includes((element as HTMLInputElement).type)
  return tag === 'TEXTAREA' || tag === 'SELECT' || element?.getAttribute('contenteditable') === 'true'
}

const kindKeys: Record<Kind, readonly [string, string][]> = {
  choice: [['1–9, 0, letters', 'choose and continue']],
  choices: [['1–9, 0, letters', 'choose or undo']],
  rating: [['1–9, 0', 'rate and continue']],
  preference: [
    ['1 or a', 'the first is better'],
    ['2 or b', 'the second is better'],
    ['0 or t', 'they are equally good, where that is allowed'],
  ],
  text: [
    ['Enter', 'done; Shift and Enter make a new line'],
    ['Esc', 'leave the field, so that single keys count again'],
  ],
  transcription: [
    ['Enter', 'done; Shift and Enter make a new line'],
    ['Esc', 'leave the field, so that single keys count again'],
  ],
  spans: [
    ['← →', 'move the caret; with Ctrl or Alt by words; ↑ ↓ by lines'],
    ['Shift and arrows', 'select'],
    ['1–9, 0, letters', 'give the selection this label'],
    ['Delete', 'remove the label at the caret'],
  ],
  boxes: [
    ['n', 'a new box'],
    ['1–9, 0, letters', 'the label of the selected and of the next box'],
    ['Arrows', 'move the selected box; with Shift resize it; with Ctrl or Alt by larger steps'],
    ['[ ]', 'select the one before or after'],
    ['Delete', 'remove the selected box'],
  ],
  polygons: [
    ['Arrows', 'move the cross; with Ctrl or Alt by larger steps'],
    ['Space', 'set a point at the cross'],
    ['Enter', 'close the outline; again: next item'],
    ['Delete', 'undo the last point, or remove the selected outline'],
    ['1–9, 0, letters', 'the label of the selected and of the next outline'],
    ['[ ]', 'select the one before or after'],
  ],
  ranking: [
    ['1–9', 'pick one up, or put it down'],
    ['↑ ↓', 'move it'],
  ],
}

/** Kinds in which the left arrow moves something, so that only `u` goes back. */
const OWN_ARROWS: ReadonlySet<Kind> = new Set(['spans', 'boxes', 'polygons'])

/** All keys of a task with what they do. */
export function keysOf({ answer, flag, show }: LabelingTask): [string, string][] {
  const arrows = OWN_ARROWS.has(answer.kind)
  return [
    ...kindKeys[answer.kind],
    [arrows ? 'Enter' : 'Enter or →', 'next item'],
    [arrows ? 'u' : 'u or ←', 'back one step'],
    ['s', 'skip: it comes back at the end'],
    ...(flag ? ([['f', 'flag the item as broken']] as [string, string][]) : []),
    ...(show.some(({ as }) => as === 'image') ? ([['+ −', 'zoom']] as [string, string][]) : []),
    ['?', 'show these keys'],
  ]
}
