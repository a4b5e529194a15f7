//! Solvers' records and badges, read from the final submissions of StellarTrain.
#![no_std]
