/** What an action failed with, announced when it happens; nothing while there is none. */
import type { JSX } from 'solid-js'
import type { Words } from '../../lib/words/errors.ts'
import { Given } from './given.tsx'
import { Notice } from './notice.tsx'

export function Failure(props: { words: Words | undefined }): JSX.Element {
  return (
    <Given when={props.words}>
      {(words) => (
        <Notice tone="bad" title={words().title} details={words().details} role="alert">
          {words().sentence}
        </Notice>
      )}
    </Given>
  )
}
