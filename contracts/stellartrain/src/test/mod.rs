//! Behaviour of the contract, one file per behaviour; `model` compares it call by call with the executable specification.
mod model;
mod payouts;
mod scenarios;
mod tree;
// Not every helper is used by the tests of today.
#[allow(dead_code)]
mod world;
