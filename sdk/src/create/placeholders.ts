/** Texts of a plan that still hold what its template had in their place: a manifest is published for good, so they are found before. */
import { UserError } from '../system/problems.ts'

/** Where a plan and its labeling task have texts for people. Answers, columns and files may be named anything. */
const TEXTS: ReadonlySet<string> = new Set(['title', 'summary', 'description', 'license', 'text', 'why', 'tags'])

/** What is below is data: the cells of an example, whose columns have any name, and answers, whose titles may be a sign such as 👍. */
const DATA: ReadonlySet<string> = new Set(['item', 'choices', 'labels'])

/** Without a letter or a digit, such as `…`; or what authors write to remember that something is missing. */
const NOTHING = /^[^\p{L}\p{N}]+$/u
const REMINDER = /^\W*(to-?do|tbd|fixme|x{3,}|lorem ipsum.*|<[^<>]*>|\[[^[\]]*\]|\{[^{}]*\})\W*$/is
/** A line that stands for more, or a text that begins with a dash or dots and a hint. */
const LEFT_OUT = /^\s*(?:[-*]\s+)?(?:…|\.{3,})(?:\s|$)/mu

type Found = { field: string; text: string }

/** @throws UserError `bad_input` that names the fields which hold a placeholder and nothing else */
export function refusePlaceholders(plan: object): void {
  const whole = textsOf(plan).filter(({ text }) => NOTHING.test(text) || REMINDER.test(text))
  if (whole.length === 0) return
  const [it, are] = whole.length === 1 ? ['it', 'still holds a placeholder'] : ['them', 'still hold placeholders']
  const named = whole.map(({ field, text }) => `"${field}" (${shown(text)})`).join(', ')
  throw new UserError('bad_input', `${named} ${are}. Write ${it} first: what is published cannot be changed.`)
}

/** Of texts that have words beside a placeholder, which may be meant. */
export const placeholderWarnings = (plan: object): string[] =>
  textsOf(plan)
    .filter(({ text }) => LEFT_OUT.test(text))
    .map(
      ({ field, text }) =>
        `"${field}" seems to hold a placeholder, ${shown(LEFT_OUT.exec(text)?.[0] ?? '')}: what is published cannot be changed.`,
    )

/** Every text with the path of its field, as plan and labels files name it. */
function textsOf(value: unknown, path: readonly string[] = []): Found[] {
  if (typeof value === 'string') {
    const name = path.findLast((part) => !/^\d+$/.test(part)) ?? ''
    const field = path.filter((part) => part !== 'labeling').join('.')
    return TEXTS.has(name) && value.trim() !== '' ? [{ field, text: value.trim() }] : []
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date) return []
  return Object.entries(value).flatMap(([key, one]) => (DATA.has(key) ? [] : textsOf(one, [...path, key])))
}

const shown = (text: string): string => `“${text.trim().slice(0, 40)}”`
