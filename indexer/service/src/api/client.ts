/** What an API client imports: types only, nothing of this module exists at run time. `AppType` is for Hono's `hc`. */
export type { AppType } from './app.ts'
export type * from './types.ts'
