// Generated from contracts/records/records.spec.wasm by `npm run bindings`; do not edit.
export { Client } from "./client.js";
export * from "./types.js";
