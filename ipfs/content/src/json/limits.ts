/** How long the texts of a manifest may be, without a dependency: a form refuses at once what the schema would refuse. */
export const TITLE_MAX = 120
export const SUMMARY_MAX = 280
export const DESCRIPTION_MAX = 50_000
export const LICENSE_MAX = 100

/** What a label for people is made of: one line, no control characters. */
export const LINE = /^\P{Cc}+$/u
export const isLine = (text: string): boolean => LINE.test(text)

/** Of a quiz of a labeling challenge. */
export const QUIZ_MOST_QUESTIONS = 50
export const QUIZ_MOST_TRIES = 10
