// Generated from contracts/recount/recount.wasm by `npm run bindings`; do not edit.
/** Code → name and sentence. */
export declare const ERRORS: Readonly<Record<number, { readonly name: string; readonly sentence: string }>>;
