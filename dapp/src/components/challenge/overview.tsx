/** What the challenge is about, in its maker's words. */
import { For, type JSX } from 'solid-js'
import type { ManifestState } from '../../lib/content/manifest.ts'
import { Given } from '../ui/given.tsx'
import { Markdown } from '../ui/markdown.tsx'
import { Unreadable } from './unreadable.tsx'

export function Overview(props: { manifest: ManifestState }): JSX.Element {
  return (
    <Given when={props.manifest.value()} fallback={<Unreadable manifest={props.manifest} />}>
      {(manifest) => (
        <div class="grid gap-6">
          <Markdown text={manifest().description} />
          <p class="flex flex-wrap gap-x-5 gap-y-4 text-sm text-ink-3">
            <span>License {manifest().license}</span>
            <For each={manifest().tags}>
              {(tag) => (
                <a href={`/?q=${encodeURIComponent(tag)}`} class="link target">
                  {tag}
                </a>
              )}
            </For>
          </p>
        </div>
      )}
    </Given>
  )
}
