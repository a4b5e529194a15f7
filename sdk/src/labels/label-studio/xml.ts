/** Label Studio's labeling configuration as elements: a bounded reader that expands no entities and knows no document types. */
import { parseXml, type XmlDocument, XmlElement } from '@rgrove/parse-xml'
import { UserError } from '../../system/problems.ts'

export type Element = { tag: string; attributes: Readonly<Record<string, string>>; children: Element[] }

const CONFIG_MAX_CHARACTERS = 256 * 1024
const MOST_DEPTH = 50
const MOST_ELEMENTS = 5_000

/** Tags are told apart without their case, as Label Studio does. @throws UserError `bad_input` */
export function readXml(text: string): Element {
  if (text.length > CONFIG_MAX_CHARACTERS) throw refused(`it is longer than ${CONFIG_MAX_CHARACTERS} characters.`)
  // Entities of a document type can grow without end; no configuration has one.
  if (/<!(doctype|entity)/i.test(text)) throw refused('it has a document type or an entity; remove it.')
  // The parser goes one call deeper with each element.
  if (depthOf(text) > MOST_DEPTH) throw refused(`its elements are more than ${MOST_DEPTH} deep.`)
  let document: XmlDocument
  try {
    document = parseXml(text)
  } catch (cause) {
    const [first = ''] = (cause instanceof Error ? cause.message : '').split('\n')
    throw refused(`it is not XML: ${first.slice(0, 200)}`, cause)
  }
  let left = MOST_ELEMENTS
  const elementOf = ({ name, attributes, children }: XmlElement): Element => {
    if (--left < 0) throw refused(`it has more than ${MOST_ELEMENTS} elements.`)
    const inner = children.filter((child) => child instanceof XmlElement)
    return { tag: name.toLowerCase(), attributes: { ...attributes }, children: inner.map(elementOf) }
  }
  if (!document.root) throw refused('it is empty.')
  return elementOf(document.root)
}

/** What holds no tags, whatever stands in it. */
const PASSED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const
/** A tag with all of its attributes: what stands in their quotes, or behind the tag, says nothing of its end. */
const TAG = /<(\/?)[^\s<>"'/!?](?:[^<>"']|"[^"]*"|'[^']*')*>/y

/** How deep the parser goes: to here, or to an error before it. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const passed = PASSED.find(([start]) => text.startsWith(start, at))
    if (passed) {
      const [start, end] = passed
      const found = text.indexOf(end, at + start.length)
      if (found < 0) return most
      at = found + end.length
      continue
    }
    TAG.lastIndex = at
    const [tag, ends] = TAG.exec(text) ?? []
    at += tag?.length ?? 1
    if (ends) depth--
    else if (tag && !tag.endsWith('/>')) most = Math.max(most, ++depth)
  }
  return most
}

export const refused = (why: string, cause?: unknown) =>
  new UserError('bad_input', `The labeling configuration of Label Studio cannot be used: ${why}`, { cause })
