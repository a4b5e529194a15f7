/** What is said to whoever asks for a lease that this oracle does not give. */
import type { Lease } from '@stellartrain/ipfs-content'
import { HttpError } from '@stellartrain/service'
import type { Answer } from './desk.ts'

/** The labeler holds another lease, which goes on. */
export class OtherLease extends HttpError<'other_lease'> {
  readonly lease: Lease
  constructor(lease: Lease) {
    super(409, 'other_lease', 'The labeler holds another lease for this attempt.')
    this.lease = lease
  }
}

/** The lease of an answer. @throws HttpError, `OtherLease` */
export function leaseIn(answer: Answer, challenge: number): Lease {
  if (!('refused' in answer)) return answer.lease
  const { refused, until, done, lease } = answer
  switch (refused) {
    case 'other_lease':
      throw new OtherLease(lease!.lease)
    case 'wait':
      throw new HttpError(
        409,
        'wait',
        `Your last lease ended without a batch: the next one is from ${new Date(until! * 1_000).toISOString()} on.`,
      )
    case 'newcomers_full':
      throw new HttpError(
        409,
        'newcomers_full',
        'Labelers without an accepted batch hold their half of the places now. Try again in some minutes.',
        { headers: { 'retry-after': '60' } },
      )
    case 'nothing_left':
      throw done
        ? new HttpError(409, 'nothing_left', `In challenge ${challenge} no item is left for you.`)
        : new HttpError(
            409,
            'all_held',
            'All items are held by others now. Some may come back: try again in some minutes.',
            {
              headers: { 'retry-after': '60' },
            },
          )
    case 'other_attempt':
      throw new HttpError(
        409,
        'other_attempt',
        'For this oracle another attempt is next; its view of the ledger may be behind.',
      )
    case 'not_allowed':
      throw new HttpError(422, 'not_allowed', 'This oracle would not give this lease, and does not sign it.')
  }
}
