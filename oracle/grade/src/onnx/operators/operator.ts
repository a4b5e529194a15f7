/** How an operator is followed before it runs. */
import type { Call, Made } from '../value.ts'

/** Throws `RefusedGraph`. */
export type Operator = (call: Call) => Made
