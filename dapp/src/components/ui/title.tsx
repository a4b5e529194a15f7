/** The page's name in the tab and for the reader of the next page. */
import { createEffect, type JSX } from 'solid-js'

export function Title(props: { children: string }): JSX.Element {
  createEffect(() => {
    document.title = `${props.children} · StellarTrain`
  })
  return null
}
