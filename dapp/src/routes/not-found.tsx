/** An address without a page, and why. */
import { useLocation } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { LinkButton } from '../components/ui/button.tsx'
import { Empty } from '../components/ui/empty.tsx'
import { Title } from '../components/ui/title.tsx'
import { whyMissing } from '../lib/site/addresses.ts'

export default function NotFound(): JSX.Element {
  const location = useLocation()
  return (
    <>
      <Title>Not found</Title>
      <h1 class="page-title mb-4">Page not found</h1>
      <Empty title="Nothing is at this address" action={<LinkButton href="/">All challenges</LinkButton>}>
        {whyMissing(location.pathname)}
      </Empty>
    </>
  )
}
