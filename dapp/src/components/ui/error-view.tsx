/** What a page shows when it could not be read: the sentence, and what to do. */
import { revalidate } from '@solidjs/router'
import { ApiError } from '@stellartrain/sdk/api'
import { type JSX, onCleanup } from 'solid-js'
import { inWords } from '../../lib/words/errors.ts'
import { Button, LinkButton } from './button.tsx'
import { Notice } from './notice.tsx'
import { Title } from './title.tsx'

const AGAIN_MS = 3000
let missing = { path: '', times: 0 }
const MISSING_TRIES = 5

function mayRecover(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.retryable) return true
  if (error.status !== 404) return false
  missing =
    missing.path === location.pathname
      ? { ...missing, times: missing.times + 1 }
      : { path: location.pathname, times: 1 }
  return missing.times <= MISSING_TRIES
}

export function ErrorView(props: { error: unknown; reset?: () => void }): JSX.Element {
  const words = () => inWords(props.error)
  const isMissing = () => props.error instanceof ApiError && props.error.status === 404
  const again = () => {
    void revalidate()
    if (props.reset) props.reset()
    else location.reload()
  }
  // A page that is new or an index that is away for a moment recovers by itself.
  const timer = props.reset && mayRecover(props.error) ? setTimeout(again, AGAIN_MS) : undefined
  onCleanup(() => clearTimeout(timer))
  return (
    <div class="py-8 max-w-180">
      <Title>{words().title}</Title>
      <h1 class="sr-only">{words().title}</h1>
      <Notice
        tone={isMissing() ? 'info' : 'bad'}
        title={words().title}
        details={isMissing() ? undefined : words().details}
        role="alert"
        actions={
          <>
            <Button icon="arrow" onClick={again}>
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
