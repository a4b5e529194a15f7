/** What a page shows when it could not be read: the sentence, and a way on. */
import type { JSX } from 'solid-js'
import { inWords } from '../../lib/errors.ts'
import { Button, LinkButton } from './button.tsx'
import { Notice } from './notice.tsx'

export function ErrorView(props: { error: unknown; reset?: () => void }): JSX.Element {
  const words = () => inWords(props.error)
  return (
    <div class="py-8 max-w-180">
      <Notice
        tone="bad"
        title={words().title}
        details={words().details}
        role="alert"
        actions={
          <>
            <Button icon="arrow" onClick={() => (props.reset ? props.reset() : location.reload())}>
              Try again
            </Button>
            <LinkButton href="/" look="quiet">
              All challenges
            </LinkButton>
          </>
        }
      >
        {words().sentence}
      </Notice>
    </div>
  )
}
