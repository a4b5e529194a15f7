/** An address without a page. */
import type { JSX } from 'solid-js'
import { LinkButton } from '../components/ui/button.tsx'
import { Empty } from '../components/ui/empty.tsx'
import { Title } from '../components/ui/title.tsx'

export default function NotFound(): JSX.Element {
  return (
    <>
      <Title>Not found</Title>
      <h1 class="page-title mb-4">No page here</h1>
      <Empty title="This address leads nowhere" action={<LinkButton href="/">All challenges</LinkButton>}>
        The link may be cut short. Challenges, accounts and transactions can be found from the list.
      </Empty>
    </>
  )
}
