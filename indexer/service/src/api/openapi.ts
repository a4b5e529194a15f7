/** The OpenAPI document without a server: what `openapi.json` holds and `/openapi.json` serves. */

import { createApp } from './app.ts'
import type { AppDeps } from './context.ts'
import { documentOf } from './document.ts'

export function openApiDocument(): unknown {
  // The description needs the routes, and no route touches its dependencies before a request comes.
  return documentOf(createApp({} as AppDeps))
}
