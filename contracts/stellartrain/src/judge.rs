//! The judge in a challenge's terms: a contract type like all others, but for one conversion.
//!
//! Outside of wasm the SDK converts every field of a contract type to XDR, an `Option` only if what is in it converts without
//! fail; a contract type does not (stellar/rs-soroban-sdk#1385). So this type converts by hand, through `form::Judge`, which is
//! what the wasm's spec describes and the ledger stores. Once the SDK converts it, the form is all that is needed.
use soroban_sdk::{Address, ConversionError, Env, SpecShakingMarker, TryFromVal, Val};

mod form {
    use soroban_sdk::{contracttype, Address};

    /// Who decides what the oracles leave undecided: an account or a contract, neither the maker nor an oracle.
    #[contracttype]
    #[derive(Clone)]
    pub struct Judge {
        pub address: Address,
        /// Ballots are taken from `grade_by` on and before this time; it is the end of the challenge.
        pub judge_by: u64,
    }
}

/// Who decides what the oracles leave undecided: an account or a contract, neither the maker nor an oracle.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Judge {
    pub address: Address,
    /// Ballots are taken from `grade_by` on and before this time; it is the end of the challenge.
    pub judge_by: u64,
}

impl From<form::Judge> for Judge {
    fn from(form::Judge { address, judge_by }: form::Judge) -> Judge {
        Judge { address, judge_by }
    }
}

impl From<&Judge> for form::Judge {
    fn from(Judge { address, judge_by }: &Judge) -> form::Judge {
        form::Judge { address: address.clone(), judge_by: *judge_by }
    }
}

impl SpecShakingMarker for Judge {
    #[inline(always)]
    fn spec_shaking_marker() {
        form::Judge::spec_shaking_marker();
    }
}

impl TryFromVal<Env, Val> for Judge {
    type Error = ConversionError;
    fn try_from_val(e: &Env, value: &Val) -> Result<Judge, ConversionError> {
        form::Judge::try_from_val(e, value).map(Judge::from)
    }
}

impl TryFromVal<Env, Judge> for Val {
    type Error = ConversionError;
    fn try_from_val(e: &Env, judge: &Judge) -> Result<Val, ConversionError> {
        Val::try_from_val(e, &form::Judge::from(judge))
    }
}

/// What the SDK asks of contract types in tests.
#[cfg(not(target_family = "wasm"))]
mod native {
    use super::{form, Judge};
    use soroban_sdk::testutils::arbitrary::SorobanArbitrary;
    use soroban_sdk::{xdr::ScVal, ConversionError, Env, TryFromVal};

    type Arbitrary = <form::Judge as SorobanArbitrary>::Prototype;

    impl From<Judge> for ScVal {
        fn from(judge: Judge) -> ScVal {
            match ScVal::try_from(form::Judge::from(&judge)) {
                Ok(value) => value,
                Err(error) => unreachable!("two short keys are sorted: {error}"),
            }
        }
    }

    impl SorobanArbitrary for Judge {
        type Prototype = Arbitrary;
    }

    impl TryFromVal<Env, Arbitrary> for Judge {
        type Error = ConversionError;
        fn try_from_val(e: &Env, value: &Arbitrary) -> Result<Judge, ConversionError> {
            form::Judge::try_from_val(e, value).map(Judge::from)
        }
    }
}
