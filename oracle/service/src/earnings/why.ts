/** Why a batch was rejected, for people, and without a word about which items are known. */
import { BELOW_ACCURACY, LEASE_EXPIRED } from './epoch.ts'

const WHY: Readonly<Record<number, string>> = {
  [BELOW_ACCURACY]:
    'Too few answers in this batch agree with those that are known. Which ones they are is not told; look again at the instructions and examples, and appeal if you think that your answers are right.',
  90: 'The batch does not have the number of answers that it says.',
  [LEASE_EXPIRED]: 'The batch came after its lease had ended: its items were given to others.',
  95: 'An answer in this batch is none that the task allows.',
}

export const whyRejected = (reason: number): string => WHY[reason] ?? 'The file is not a batch as the task asks for.'
