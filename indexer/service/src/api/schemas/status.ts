/** What the indexer says of itself, and the table of the contract's errors. */
import { z } from '@hono/zod-openapi'
import { Meta, orNull, Time } from './common.ts'

export const Gap = z
  .object({ from: z.int(), to: z.int(), reason: z.string() })
  .openapi('Gap', { description: 'Ledgers whose events could not be fetched, both ends included.' })

export const Upstream = z.object({ ok: z.boolean(), since: orNull(Time), message: z.string().nullable() })

export const Status = z
  .object({
    state: z
      .enum(['starting', 'catching_up', 'following', 'reading', 'refused'])
      .openapi({ description: '`reading`: another process writes the tables that this one serves.' }),
    version: z.string(),
    startedAt: Time,
    networkLedger: z.int().nullable().openapi({ description: 'The latest ledger that the RPC knows.' }),
    lagLedgers: z.int().nullable(),
    events: z.int(),
    undecoded: z
      .int()
      .openapi({ description: 'Events of the contract that this version does not understand. Kept raw.' }),
    gaps: z.array(Gap),
    incomplete: z
      .array(z.int())
      .openapi({ description: 'Challenges whose events do not add up because some are missing; frozen as they were.' }),
    rpc: Upstream,
    database: Upstream,
    ipfs: orNull(Upstream).openapi({ description: 'null: not configured, manifests are not read.' }),
    manifests: z.object({ known: z.int(), waiting: z.int(), failed: z.int() }),
    _meta: Meta,
  })
  .openapi('Status')

export const Health = z.object({ status: z.literal('ok') }).openapi('Health')
export const Ready = z
  .object({ ready: z.boolean(), reasons: z.array(z.string()).openapi({ description: 'Why it is not ready.' }) })
  .openapi('Ready')

export const ErrorTable = z
  .object({ data: z.array(z.object({ code: z.int(), name: z.string(), sentence: z.string() })) })
  .openapi('ErrorTable')
