/** Why an oracle does not accept a challenge; public, and of use to its maker. */
export type Refusal = Readonly<{
  code: string
  message: string
  /** Something that its operator can change: it looks again now and then. */
  passing?: boolean
}>
