/** Label Studio's labeling configuration as a labeling task: one control tag, and the objects that it shows. */
import type { ShownColumn, TaskAnswer } from '@stellartrain/ipfs-content/labeling'
import { type Element, readXml, refused } from './xml.ts'

/** A ranking of the entries of a list: how many there are is in the tasks. */
export type ListRanking = { kind: 'list'; column: string }

export type LabelStudioConfig = {
  show: ShownColumn[]
  answer: TaskAnswer | ListRanking
  /** `from_name` of its results. */
  control: string
  /** `to_name`. */
  target: string
}

type Objects = ReadonlyMap<string, ShownColumn>
type Choices = Extract<TaskAnswer, { kind: 'choice' }>['choices']

/** What a text that Label Studio does not bound may have. */
const TEXT_MAX = 4_000
const OBJECTS: Readonly<Record<string, ShownColumn['as']>> = { text: 'text', image: 'image', audio: 'audio' }
const LAYOUT: ReadonlySet<string> = new Set(['view', 'header', 'style', 'filter', 'collapse', 'panel'])
/** Belong to the control around them. */
const INNER: ReadonlySet<string> = new Set(['choice', 'label'])
const SUPPORTED =
  'Choices, TextArea, Labels on Text, RectangleLabels, PolygonLabels, Rating, Pairwise, Ranker, and the objects Text, Image, Audio and List'

/** @throws UserError `bad_input` for what is not supported, by its tag */
export function readConfig(xml: string): LabelStudioConfig {
  const elements = flat(readXml(xml))
  const objects = new Map<string, ShownColumn>()
  const lists = new Map<string, string>()
  const controls: Element[] = []
  for (const element of elements) {
    const { tag, attributes } = element
    const as = Object.hasOwn(OBJECTS, tag) ? OBJECTS[tag] : undefined
    if (as) {
      const column = columnOf(attributes.value)
      if (column !== undefined) objects.set(nameOf(element), { column, as })
    } else if (tag === 'list') {
      const column = columnOf(attributes.value)
      if (column !== undefined) lists.set(nameOf(element), column)
    } else if (Object.hasOwn(CONTROLS, tag) || tag === 'ranker') controls.push(element)
    else if (!LAYOUT.has(tag))
      throw refused(`the tag ${tag.slice(0, 40)} is not supported; supported are ${SUPPORTED}.`)
  }
  const [control, another] = controls
  if (!control) throw refused('it has no control tag, so nothing is asked.')
  if (another)
    throw refused(
      `it asks two things (${control.tag}, ${another.tag}): make a task of each, for an item has one answer.`,
    )
  for (const conditional of ['perregion', 'whentagname'])
    if (Object.keys(control.attributes).some((name) => name.toLowerCase() === conditional))
      throw refused(`${control.tag} depends on other answers (${conditional}), which is not supported.`)
  const target = control.attributes.toName ?? ''
  const show = [...objects.values()]
  const common = { control: nameOf(control), target }
  if (control.tag === 'ranker') {
    const column = lists.get(target)
    if (column === undefined) throw refused('Ranker needs toName of a List with a value such as "$answers".')
    return { ...common, show, answer: { kind: 'list', column } }
  }
  return { ...common, show, answer: CONTROLS[control.tag]!(control, objects) }
}

/** Each control with what it asks for. */
const CONTROLS: Readonly<Record<string, (element: Element, objects: Objects) => TaskAnswer>> = {
  choices(element) {
    const choices = valuesOf(element, 'choice')
    const { choice = 'single', required } = element.attributes
    if (choice !== 'multiple') return { kind: 'choice', choices }
    return { kind: 'choices', choices, ...(required === 'true' && { least: 1 }) }
  },
  textarea(element, objects) {
    const { column, as } = objectOf(element, objects)
    return as === 'text'
      ? { kind: 'text', maxLength: TEXT_MAX }
      : { kind: 'transcription', column, maxLength: TEXT_MAX }
  },
  labels: (element, objects) => ({ kind: 'spans', ...labeled(element, objects, 'text') }),
  rectanglelabels: (element, objects) => ({ kind: 'boxes', ...labeled(element, objects, 'image') }),
  polygonlabels: (element, objects) => ({ kind: 'polygons', ...labeled(element, objects, 'image') }),
  rating({ attributes: { maxRating = '5' } }) {
    if (!/^[1-9]\d{0,2}$/.test(maxRating) || Number(maxRating) < 2)
      throw refused('maxRating of Rating is not 2 to 499.')
    return { kind: 'rating', from: 1, to: Number(maxRating), step: 1 }
  },
  pairwise({ attributes: { toName = '' } }, objects) {
    const [a, b, ...more] = toName.split(',').map((name) => objects.get(name.trim())?.column)
    if (a === undefined || b === undefined || more.length > 0) throw refused('Pairwise needs toName of two objects.')
    return { kind: 'preference', a, b }
  },
}

function labeled(element: Element, objects: Objects, as: ShownColumn['as']): { column: string; labels: Choices } {
  const found = objectOf(element, objects)
  if (found.as !== as) throw refused(`${element.tag} over ${found.as} is not supported, only over ${as}.`)
  return { column: found.column, labels: valuesOf(element, 'label') }
}

function objectOf({ tag, attributes }: Element, objects: Objects): ShownColumn {
  const found = objects.get(attributes.toName ?? '')
  if (found) return found
  throw refused(`${tag} needs toName of an object with a value such as "$text".`)
}

/** An alias is what Label Studio writes into results; the value is then its title. */
function valuesOf({ tag, children }: Element, inner: string): Choices {
  return children.map((child) => {
    const { value, alias, hint } = child.attributes
    if (child.tag !== inner || child.children.length > 0 || value === undefined)
      throw refused(`${tag} has something else than ${inner} tags with a value; trees are not supported.`)
    return { value: alias ?? value, ...(alias !== undefined && { title: value }), ...(hint && { hint }) }
  })
}

function columnOf(value: string | undefined): string | undefined {
  if (!value?.startsWith('$')) return undefined
  const column = value.slice(1)
  if (/^[\w-]{1,100}$/.test(column)) return column
  throw refused(`"${value.slice(0, 60)}" is not a name such as "$text".`)
}

const nameOf = ({ tag, attributes: { name } }: Element): string => {
  if (name) return name
  throw refused(`a tag ${tag} has no name.`)
}

const flat = (element: Element): Element[] => [
  element,
  ...element.children.filter(({ tag }) => !INNER.has(tag)).flatMap(flat),
]
