/** Where people want to be told of events: the only thing that they write. */
import type { Generated } from 'kysely'

export interface WebhookSettingsTable {
  only_row: Generated<boolean>
  secret: Generated<string>
}

export interface WebhookEndpointsTable {
  id: Generated<string>
  account: string
  url: string
  description: Generated<string>
  secret: string
  old_secret: string | null
  old_until: Date | null
  types: Generated<string[]>
  challenges: Generated<string[]>
  about: string | null
  state: Generated<'active' | 'disabled'>
  reason: Generated<string>
  created_at: Generated<Date>
  proven: Generated<boolean>
  ping: string | null
  cursor: string
  began: string
  late_cursor: string
  attempts: Generated<number>
  failing_since: Date | null
  next_try: Generated<Date>
  lease: string | null
  leased_until: Date | null
  pace: Generated<number>
  unproven_since: Generated<Date>
}

export interface WebhookDeliveriesTable {
  id: Generated<string>
  endpoint: string
  message: string
  type: string
  event: string | null
  attempt: number
  at: Generated<Date>
  status: number | null
  error: string | null
  milliseconds: number
}
