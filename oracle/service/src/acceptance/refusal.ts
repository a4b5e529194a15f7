/** Why an oracle does not accept a challenge; public, and of use to its maker. */
export type Refusal = Readonly<{ code: string; message: string }>
