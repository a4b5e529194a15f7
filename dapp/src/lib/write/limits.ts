/** What the contract itself allows at least. */
import { view, views } from '@stellartrain/contracts-client'
import { system } from './system.ts'

/** Seconds. */
export const minPatience = async (): Promise<number> =>
  Number((await view(system().chain, views.config())).min_patience)
