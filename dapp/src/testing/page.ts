/** What a person sees and does on a shown component: things are found by their words, as a person finds them. */

/** Without what is only for the eye. */
function words(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
}

export function button(place: ParentNode, name: string): HTMLButtonElement {
  const found = [...place.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? words(one)) === name,
  )
  if (!found)
    throw new Error(`No button "${name}" among: ${[...place.querySelectorAll('button')].map(words).join(', ')}`)
  return found
}

export const hasButton = (place: ParentNode, name: string): boolean =>
  [...place.querySelectorAll('button')].some((one) => words(one) === name)

export function field(place: ParentNode, label: string): HTMLInputElement {
  const found = [...place.querySelectorAll('label')].find((one) => words(one) === label)
  const input = found && place.querySelector<HTMLInputElement>(`#${found.htmlFor}`)
  if (!input) throw new Error(`No field "${label}"`)
  return input
}

export function fill(input: HTMLInputElement, text: string): void {
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

/** What assistive technology reads with a field, its error last. */
export function describedBy(place: ParentNode, input: HTMLInputElement): string {
  const ids = (input.getAttribute('aria-describedby') ?? '').split(' ')
  return ids
    .map((id) => place.querySelector(`#${id}`))
    .map((one) => (one ? words(one) : ''))
    .join(' ')
    .trim()
}

/** What is announced at once. */
export const alerts = (place: ParentNode): string => [...place.querySelectorAll('[role=alert]')].map(words).join(' ')
