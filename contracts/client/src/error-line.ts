/** One line of a table of contract errors. */
export type ErrorLine = { readonly name: string; readonly sentence: string }
