/** Where a maker finds oracles, told wherever a plan names none that can be used. */
export const WHERE_ORACLES = 'The page Oracles and the API (/v1/oracles) list the addresses of oracles.'
