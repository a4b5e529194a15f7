//! The arithmetic against the machine's own, and the scores against the engine's.
extern crate std;
mod engine;
mod float;
