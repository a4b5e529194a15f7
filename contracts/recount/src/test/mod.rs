//! On the real main contract, natively and as the committed wasm.
mod recounting;
mod refusals;
mod world;
