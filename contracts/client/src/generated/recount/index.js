// Generated from contracts/recount/recount.wasm by `npm run bindings`; do not edit.
export { Client } from "./client.js";
export * from "./types.js";
