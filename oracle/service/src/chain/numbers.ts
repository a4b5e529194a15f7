/** Which submissions an event is about: their entries on the ledger have changed. */
import type { ContractEvent } from '@stellartrain/contracts-client'

export function numbersOf(event: ContractEvent): number[] {
  switch (event.type) {
    case 'submitted':
      return [event.number]
    case 'scored':
    case 'settled':
    case 'ruled':
      return event.rows.map(({ number }) => number)
    case 'payment_released':
      return [event.row.number]
    default:
      return []
  }
}
