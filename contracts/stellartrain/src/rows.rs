//! The rows of a batch, made into a vector at once: one by one the host would copy it for each row.
use crate::rules::MAX_BATCH;
use soroban_sdk::unwrap::UnwrapOptimized;
use soroban_sdk::{Env, IntoVal, TryFromVal, Val, Vec};

pub struct Rows {
    values: [Val; MAX_BATCH as usize],
    len: usize,
}

impl Rows {
    pub fn new() -> Rows {
        Rows { values: [Val::VOID.to_val(); _], len: 0 }
    }

    pub fn push(&mut self, e: &Env, row: &impl IntoVal<Env, Val>) {
        self.values[self.len] = row.into_val(e);
        self.len += 1;
    }

    /// What was pushed, which must be of this type.
    pub fn vector<T: IntoVal<Env, Val> + TryFromVal<Env, Val>>(&self, e: &Env) -> Vec<T> {
        let values = Vec::from_array(e, self.values).slice(..self.len as u32);
        Vec::try_from_val(e, &values.to_val()).unwrap_optimized()
    }
}
