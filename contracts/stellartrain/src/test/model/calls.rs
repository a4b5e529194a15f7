//! The same call, made to the contract.
extern crate std;
use super::super::tree::Tree;
use super::refusals::Came;
use super::stage::Stage;
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{Address, InvokeError, String, Vec};
use stellartrain_model as model;
use stellartrain_model::earnings::Root;
use stellartrain_model::fees::{cover, Cover};
use stellartrain_model::phase::Phase as ModelPhase;
use stellartrain_model::world::{Call, World};

type Result<T, C> =
    std::result::Result<std::result::Result<T, C>, std::result::Result<soroban_sdk::Error, InvokeError>>;

/// What came of a call. That nothing was to be done is no refusal of the model.
fn came<T, C>(result: Result<T, C>) -> Came {
    match result {
        Ok(_) => Came::Through,
        Err(Ok(error)) => match Error::try_from(error) {
            Ok(Error::NothingToClose | Error::NothingToSettle) => Came::Idle,
            Ok(error) => Came::Refused(error),
            Err(_) => Came::Failed,
        },
        Err(Err(_)) => Came::Failed,
    }
}

impl Stage {
    /// Makes a call of the model, in the world as it was before.
    pub fn call(&mut self, world: &World, by: model::basics::Address, call: &Call) -> Came {
        let by_address = self.who(by);
        let (e, client) = (self.e.clone(), crate::StellarTrainClient::new(&self.e.clone(), &self.contract.clone()));
        match call {
            Call::RegisterOracle(key) => {
                let url = String::from_str(&e, "https://oracle.example");
                came(client.try_register_oracle(&by_address, &self.bytes(*key as u8), &url, &self.cid()))
            }
            Call::Create(terms, prize, budget) => {
                let terms = self.terms(terms);
                came(client.try_create_challenge(&by_address, &terms, prize, budget))
            }
            Call::Accept(id, key, shares) => {
                let (key, shares) = (self.bytes(*key as u8), self.shares(*shares));
                came(client.try_accept_challenge(&by_address, &number(*id), &key, &shares))
            }
            Call::Cancel(id) => {
                let signs = world
                    .challenges
                    .get(*id)
                    .is_none_or(|it| it.phase(world.now) != ModelPhase::Accepting || it.terms.maker == by);
                if !signs {
                    e.set_auths(&[]);
                }
                let came = came(client.try_cancel(&number(*id)));
                e.mock_all_auths();
                came
            }
            Call::TopUp(id, prize, fees) => came(client.try_top_up(&by_address, &number(*id), prize, fees)),
            Call::Submit(id, attempt, units) => {
                // What the solver has to carry, and not more: the model takes nothing that comes back at once.
                let carry = world.challenges.get(*id).map_or(0, |it| {
                    let fee = it.terms.verdict_fee();
                    if cover(it.purse.budget, fee) == Cover::Solver {
                        fee
                    } else {
                        0
                    }
                });
                let (cid, commitment) = (self.cid(), self.bytes(3));
                came(client.try_submit(&by_address, &number(*id), attempt, &cid, &commitment, units, &carry))
            }
            Call::PostScores(id, votes, settle) => {
                let votes = votes.iter().map(|(number, vote)| self.vote(world, *id, *number, *vote));
                let votes: std::vec::Vec<Vote> = votes.collect();
                let votes = Vec::from_slice(&e, &votes);
                came(client.try_post_scores(&by_address, &number(*id), &self.cid(), &votes, settle))
            }
            Call::Settle(id, numbers) => {
                let rows = numbers.iter().map(|(it, hold)| {
                    let (solver, attempt) = self.name(world, *id, *it);
                    Settlement { solver, attempt, hold: *hold }
                });
                let rows: std::vec::Vec<Settlement> = rows.collect();
                came(client.try_settle(&number(*id), &Vec::from_slice(&e, &rows)))
            }
            Call::Rule(id, ballots) => {
                let ballots = ballots.iter().map(|(number, ballot)| self.vote(world, *id, *number, *ballot));
                let ballots: std::vec::Vec<Vote> = ballots.collect();
                let ballots = Vec::from_slice(&e, &ballots);
                came(client.try_rule(&by_address, &number(*id), &self.cid(), &ballots))
            }
            Call::ReleasePayment(id, it) => {
                let (solver, attempt) = self.name(world, *id, *it);
                came(client.try_release_payment(&number(*id), &solver, &attempt))
            }
            Call::PostRanking(id, rows) => {
                let rows = rows.iter().map(|(_, it, score)| {
                    let (solver, attempt) = self.name(world, *id, *it);
                    RankingRow { solver, attempt, score: *score }
                });
                let rows: std::vec::Vec<RankingRow> = rows.collect();
                let rows = Vec::from_slice(&e, &rows);
                came(client.try_post_ranking(&by_address, &number(*id), &self.cid(), &rows))
            }
            Call::Close(id) => came(client.try_close(&number(*id))),
            Call::PostEarnings(id, epoch, root) => {
                let (left, right) = self.tree(*id, *epoch, root).children(&e);
                let (id, epoch) = (number(*id), *epoch as u32);
                came(client.try_post_earnings(&by_address, &id, &epoch, &left, &right, &self.cid()))
            }
            Call::Claim(id, epoch, labeler, sum) => {
                let posted = world.challenges.get(*id).and_then(|it| it.earnings.epochs.get(epoch.wrapping_sub(1)));
                let labeler = self.who(*labeler);
                let proof = posted.map_or(Vec::new(&e), |root| {
                    let tree = self.tree(*id, *epoch, root);
                    let place = tree.earned.iter().position(|(who, _)| *who == labeler);
                    place.map_or(Vec::new(&e), |place| tree.proof(&e, place))
                });
                came(client.try_claim(&number(*id), &(*epoch as u32), &labeler, sum, &proof))
            }
            Call::WithdrawFees(id, oracle) => {
                let oracle = self.who(*oracle);
                came(client.try_withdraw_fees(&oracle, &number(*id)))
            }
            Call::Reveal(id) => came(client.try_reveal(&by_address, &number(*id), &self.cid())),
        }
    }

    /// A root of the model as a tree.
    pub fn tree(&mut self, id: usize, epoch: usize, root: &Root) -> Tree {
        let leaves: std::vec::Vec<(Address, i128)> =
            root.leaves.iter().map(|(who, sum)| (self.who(*who), *sum)).collect();
        let leaves: std::vec::Vec<(&Address, i128)> = leaves.iter().map(|(who, sum)| (who, *sum)).collect();
        Tree::hiding(&self.contract, number(id), epoch as u32, &leaves, root.blind)
    }
}

/// The contract numbers challenges from 1.
pub fn number(id: usize) -> u32 {
    id as u32 + 1
}
