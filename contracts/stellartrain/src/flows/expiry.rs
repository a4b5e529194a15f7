//! What `grade_by` changes, made final by the first call after it: the running table counts, ungraded work gets its part.
use crate::errors::{Error, OrFail};
use crate::events::{RankingFixed, SilenceFixed};
use crate::rules::{ranking, silence, sums};
use crate::types::{Challenge, Payout, Ranking, State, Status};
use soroban_sdk::Env;

/// What was made final just now.
#[derive(Default)]
pub struct Lapse {
    /// Submissions graded.
    pub graded: Option<u32>,
    /// Each ungraded submission's part, and how many share.
    pub silence: Option<(i128, u32)>,
}

/// The caller stores the state.
pub fn fix(e: &Env, id: u32, challenge: &Challenge, state: &mut State) {
    let lapse = lapse(challenge, state, e.ledger().timestamp()).or_fail(e);
    if let Some(graded) = lapse.graded {
        RankingFixed { challenge: id, graded, submitted: state.submitted }.publish(e);
    }
    if let Some((part, eligible)) = lapse.silence {
        SilenceFixed { challenge: id, part, eligible }.publish(e);
    }
}

pub fn lapse(challenge: &Challenge, state: &mut State, now: u64) -> Result<Lapse, Error> {
    let mut lapse = Lapse::default();
    if state.status != Status::Active || now < challenge.terms.grade_by {
        return Ok(lapse);
    }
    if let Payout::Ranked(ranked) = &challenge.terms.payout {
        if state.ranking == Ranking::Open {
            state.ranking = Ranking::Table;
            lapse.graded = Some(ranking::graded(state)?);
            let due = ranking::due(ranked, state)?;
            state.escrow = sums::take(state.escrow, due)?;
            state.held = sums::add(state.held, due)?;
        }
    }
    if state.silence.is_none() && silence::ungraded(state) {
        // What was set aside for batches that nobody graded is shared with the rest.
        state.escrow = sums::add(state.escrow, state.reserved)?;
        state.reserved = 0;
        let eligible = silence::eligible(state)?;
        let share = challenge.terms.silence_share;
        let part = silence::part(state.escrow, share, eligible, silence::most(&challenge.terms.payout));
        let shared = sums::times(part, eligible)?;
        state.escrow = sums::take(state.escrow, shared)?;
        state.held = sums::add(state.held, shared)?;
        state.silence = Some(part);
        lapse.silence = Some((part, eligible));
    }
    Ok(lapse)
}
