/** The isolation of grading processes without which an operator lets nothing be graded. */

/**
 * `permissions`: no file, no program, nothing of the oracle's process. `namespaces`: that and no network, by bubblewrap or namespaces.
 * Each is what was seen, not what was set up.
 */
export const REQUIREMENTS = ['none', 'permissions', 'namespaces'] as const
export type Requirement = (typeof REQUIREMENTS)[number]
