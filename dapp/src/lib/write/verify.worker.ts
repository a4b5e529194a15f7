/** The sdk's verification, off the page's thread: it grades again, with programs of others where a challenge has them. */

import { createClient } from '@stellartrain/sdk/client'
import { type Check, type Verification, verify } from '@stellartrain/sdk/verify'
import type { Config } from '../site/config.ts'
import '../workers/python.ts'

export type VerifyRequest = { config: Config; ref: { challenge: number; number: number } }
export type VerifyAnswer =
  | { check: Check }
  | { result: Verification }
  | { failure: { name: string; code: unknown; message: string; retryable: unknown } }

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<VerifyRequest>) => void
  postMessage: (answer: VerifyAnswer) => void
}

scope.onmessage = async ({ data: { config, ref } }) => {
  try {
    const onCheck = (check: Check) => scope.postMessage({ check })
    scope.postMessage({ result: await verify(createClient(config), ref, { onCheck }) })
  } catch (error) {
    const { name, message, code, retryable } = error as Error & { code?: unknown; retryable?: unknown }
    scope.postMessage({ failure: { name, message, code, retryable } })
  }
}
