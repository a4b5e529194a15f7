/** The API's shapes, generated from `indexer/service/openapi.json`; types only, nothing of this module exists at run time. */
import type { Event, paths } from './generated/openapi.ts'

export type * from './generated/openapi.ts'

/** An event of the contract as the API gives it; `Event` is the browser's. */
export type ChainEvent = Event
export type ChallengeQuery = NonNullable<paths['/v1/challenges']['get']['parameters']['query']>
