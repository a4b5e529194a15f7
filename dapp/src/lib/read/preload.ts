/** Starts the first page's reads while its code is still loading. */
import { getChallenges, getTotals } from './api.ts'
import { filterFromSearch } from './filter.ts'

export function preloadChallenges(): void {
  void getTotals()
  void getChallenges(filterFromSearch(new URLSearchParams(location.search)).filter)
}
