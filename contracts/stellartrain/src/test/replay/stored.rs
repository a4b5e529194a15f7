//! What the events gave, beside what is stored.
extern crate std;
use super::told::{Piece, Told};
use super::Replay;
use crate::test::model::stage::Stage;
use crate::types::*;
use soroban_sdk::{Env, Vec};
use stellartrain_model::world::Call;

/// Everything that a call can have changed, and every challenge's state.
pub fn compare(stage: &Stage, replay: &Replay, call: &Call) {
    let client = stage.client();
    assert_eq!(client.challenges() as usize, replay.challenges.len());
    for (id, told) in &replay.challenges {
        let silent = matches!(told.state.ranking, Ranking::Open | Ranking::Oracles);
        assert_eq!(told.announced, (!silent).then_some(told.state.ranking), "what was fixed was announced");
        assert_eq!(client.state(id), state(&stage.e, told), "the state of {id} after {call:?}");
    }
    for (oracle, (record, keys)) in &replay.oracles {
        assert_eq!(client.oracle(oracle), *record);
        assert_eq!(client.oracle_key(oracle, &record.versions), keys[keys.len() - 1]);
    }
    for (maker, record) in &replay.makers {
        assert_eq!(client.maker(maker), *record, "the maker's record after {call:?}");
    }
    let id = match call {
        Call::RegisterOracle(_) | Call::Create(..) => return,
        Call::Accept(id, ..)
        | Call::Cancel(id)
        | Call::TopUp(id, ..)
        | Call::Submit(id, ..)
        | Call::PostScores(id, ..)
        | Call::Settle(id, _)
        | Call::Rule(id, ..)
        | Call::ReleasePayment(id, _)
        | Call::PostRanking(id, _)
        | Call::Close(id)
        | Call::PostEarnings(id, ..)
        | Call::Claim(id, ..)
        | Call::WithdrawFees(id, _)
        | Call::Reveal(id) => *id as u32 + 1,
    };
    challenge(stage, id, &replay.challenges[&id]);
}

fn challenge(stage: &Stage, id: u32, told: &Told) {
    let client = stage.client();
    let stored = client.challenge(&id);
    assert_eq!((&stored.maker, stored.created, &stored.terms), (&told.maker, told.created, &told.terms));
    assert_eq!(client.shares(&id), told.shares);
    for piece in told.pieces.values() {
        let found = client.submission(&id, &piece.solver, &piece.attempt);
        assert_eq!(found, submission(&stage.e, piece), "#{} of {id}", piece.number);
        if piece.verdict != Verdict::Pending {
            let outcome = client.outcome(&id, &piece.solver, &piece.attempt);
            assert_eq!((outcome.verdict, outcome.score), (piece.verdict, piece.score));
            if told.state.ranking != Ranking::Open {
                assert_eq!(outcome.prize, told.won(piece.number));
            }
        }
    }
    for (solver, tries) in &told.tries {
        assert_eq!(client.attempts(&id, solver), *tries);
    }
    let board: std::vec::Vec<u32> = client.board(&id).iter().map(|place| place.number).collect();
    let posted: std::vec::Vec<u32> = told.ranking.iter().map(|row| row.0).collect();
    // The view is of this moment: at the end it goes by the ranking that no call has fixed yet.
    assert!(board == told.board || board == posted, "{board:?}: {:?} or {posted:?}", told.board);
    assert_eq!(client.earnings(&id), told.earnings);
    for (at, epoch) in told.epochs.iter().enumerate() {
        assert_eq!(client.epoch(&id, &(at as u32 + 1)), *epoch);
    }
    for (labeler, claimed) in &told.claims {
        assert_eq!(client.claimed(&id, labeler), *claimed);
    }
    for (by, truth) in &told.opened {
        assert_eq!(client.revealed(&id, by).as_ref(), Some(truth));
    }
}

fn state(e: &Env, told: &Told) -> State {
    let mut state = told.state.clone();
    state.purse.fees = Vec::from_slice(e, &told.fees);
    state.tallies = Vec::from_slice(e, &told.tallies);
    state
}

fn submission(e: &Env, piece: &Piece) -> Submission {
    let vote = |vote: &super::told::Ballot| VoteRecord {
        by: vote.0,
        verdict: vote.1,
        reason: vote.2,
        score: vote.3,
        content_hash: vote.4.clone(),
        units: vote.5,
    };
    Submission {
        number: piece.number,
        cid: piece.cid.clone(),
        commitment: piece.commitment.clone(),
        time: piece.time,
        units: piece.units,
        verdict: piece.verdict,
        reason: piece.reason,
        score: piece.score,
        content_hash: piece.content.clone(),
        accepted_units: piece.accepted_units,
        flags: piece.flags,
        voted: piece.voted,
        heard: piece.heard,
        votes: Vec::from_iter(e, piece.votes.iter().map(vote)),
    }
}
