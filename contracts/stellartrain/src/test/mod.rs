//! Behaviour of the contract, one file per behaviour; `model` compares it call by call with the executable specification.
mod archive;
mod calls;
mod earnings;
mod errors;
mod hostile;
mod lifetimes;
mod model;
mod payouts;
mod scenarios;
mod tree;
mod world;
