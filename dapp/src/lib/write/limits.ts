/** What the contract itself allows at least. */
import { view, views } from '@stellartrain/contracts-client'
import { system } from './system.ts'

/** Seconds. */
export type Limits = { minPatience: number; minWindow: number }

export async function readLimits(): Promise<Limits> {
  const { min_patience, min_window } = await view(system().chain, views.config())
  return { minPatience: Number(min_patience), minWindow: Number(min_window) }
}
