/** The OpenAPI document without a server: what `openapi.json` holds and `/openapi.json` serves. */

import { createApp, OPENAPI_INFO } from './app.ts'
import type { AppDeps } from './context.ts'

export function openApiDocument(): unknown {
  // The description needs the routes, and no route touches its dependencies before a request comes.
  return createApp({} as AppDeps).getOpenAPI31Document({ openapi: '3.1.0', info: OPENAPI_INFO })
}
