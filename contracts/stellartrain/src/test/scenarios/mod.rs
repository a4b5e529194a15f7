//! The protocol's own weak points, one story each: what can happen there, and what cannot.
//!
//! Races that need a real ledger (footprints declared by one simulation, applied after another call) are repeated in
//! `contracts/client/src/races.test.ts`.

mod a_key_rotated_while_submissions_wait;
mod a_root_that_claims_more_than_its_total;
mod a_submission_that_only_one_oracle_can_fetch;
mod a_trustline_that_vanishes;
mod an_epoch_that_lowers_somebody;
mod an_oracle_that_never_votes;
mod an_oracle_that_votes_falsely;
mod an_oracle_that_votes_last;
mod dust_held_money_and_late_close;
mod five_hundred_junk_wallets;
mod the_last_winner_with_others_pending;
mod truth_revealed_wrongly_early_or_twice;
mod two_solvers_in_one_ledger;
mod two_votes_in_either_order;
mod votes_that_nobody_settled;
