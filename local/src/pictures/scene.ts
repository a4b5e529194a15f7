/** One picture: a page, who looks at it, and what a person would do to get there. */
import type { Keypair } from '@stellar/stellar-sdk'
import type { Page } from 'playwright-core'

export type Scene = {
  name: string
  path: string
  /** Who is connected. */
  as?: Keypair
  /** What is done on the page before it is drawn. */
  act?: (page: Page) => Promise<void>
  /** What is put right again after it was drawn. */
  after?: () => void
}
