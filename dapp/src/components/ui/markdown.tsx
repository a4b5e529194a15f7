/** A maker's text; the renderer loads when there is some. Headings are set one level below the page's. */
import { createResource, type JSX, Show } from 'solid-js'

export function Markdown(props: { text: string }): JSX.Element {
  const [html] = createResource(
    () => props.text,
    async (text) => (await import('../../lib/content/markdown.ts')).renderMarkdown(text),
  )
  return (
    <Show when={html()} fallback={<p class="prose whitespace-pre-line">{props.text}</p>}>
      <div class="prose" innerHTML={html()} />
    </Show>
  )
}
