/** The orders of `stellartrain challenges`. */
export const SORTS = ['newest', 'deadline', 'prize'] as const
