/**
 * What the contract's events come to, as an EVM contract would say it: addresses in 32 bytes, the frequent events typed, and apart from
 * each other what of an event counts as a vote, what it concluded and what was sent. Handlers need no rules to write rows of it.
 */
const uint64 = { type: 'uint64' } as const
const standing = [
  { name: 'number', ...uint64 },
  { name: 'verdict', type: 'string' },
  { name: 'score', type: 'int64' },
  { name: 'content', type: 'bytes32' },
  { name: 'units', ...uint64 },
] as const
const votes = { name: 'votes', type: 'tuple[]', components: standing } as const
const verdicts = { name: 'verdicts', type: 'tuple[]', components: standing } as const
const payments = {
  name: 'payments',
  type: 'tuple[]',
  components: [
    { name: 'number', ...uint64 },
    { name: 'amount', type: 'int128' },
  ],
} as const
const challenge = { name: 'challenge', type: 'uint64', indexed: true } as const
const event = <const Name extends string, const Inputs extends readonly unknown[]>(name: Name, ...inputs: Inputs) =>
  ({ type: 'event', name, inputs: [challenge, ...inputs] }) as const
const of = <const Name extends string, const Type extends string>(name: Name, type: Type) => ({ name, type }) as const

export const ABI = [
  event('Created', of('maker', 'bytes32'), of('token', 'bytes32'), of('prize', 'int128'), of('terms', 'string')),
  event(
    'Submitted',
    ...[of('solver', 'bytes32'), of('attempt', 'uint64'), of('number', 'uint64'), of('cid', 'string')],
    ...[of('commitment', 'bytes32'), of('units', 'uint64'), of('deposit', 'int128'), of('carried', 'int128')],
  ),
  event('Scored', of('oracle', 'bytes32'), of('report', 'string'), of('settle', 'bool'), votes, verdicts, payments),
  event('Ruled', of('judge', 'bytes32'), of('report', 'string'), votes),
  event('Settled', verdicts, payments),
  event('Released', ...[of('solver', 'bytes32'), of('attempt', 'uint64'), of('prize', 'int128'), verdicts, payments]),
  /** All others, of which there are a few in each challenge. */
  event('Told', of('kind', 'string'), of('data', 'string')),
] as const
