//! Everything that anybody can do with StellarTrain: each entry point authorises, runs its flow (checks, rules, storage,
//! money) and says in an event what happened.
use crate::errors::Error;
use crate::events::{
    ChallengeAccepted, ChallengeCancelled, ChallengeClosed, ChallengeCreated, EarningsClaimed, EarningsPosted,
    FeesWithdrawn, OracleRegistered, PaymentReleased, RankingPosted, Scored, Settled, Submitted, ToppedUp,
    TruthRevealed, EVENT_VERSION,
};
use crate::flows::{closing, creation, earnings, grading, ranking, registry, release, submission, views};
use crate::storage::{self, Slot};
use crate::types::{
    Attempts, Challenge, Cid, Config, Earnings, Epoch, MakerRecord, OracleKey, OracleRecord, Outcome, Place,
    RankingRow, Settlement, State, Submission, SubmissionId, Terms, Vote,
};
use soroban_sdk::{contract, contractimpl, contractmeta, panic_with_error, Address, BytesN, Env, String, Vec};

contractmeta!(key = "event_version", val = "1");

#[contract]
pub struct StellarTrain;

#[contractimpl]
impl StellarTrain {
    /// Fixes the shortest patience, in seconds; nothing else about the contract can be set, by anyone, ever.
    pub fn __constructor(e: Env, min_patience: u64) {
        storage::set_config(&e, &Config { event_version: EVENT_VERSION, min_patience });
    }

    /// Registers an oracle, or its next key. A key is never replaced: each call appends a version.
    ///
    /// # Arguments
    ///
    /// * `oracle` - who grades; authorises the call.
    /// * `key` - X25519 recipient that truths and submissions are encrypted to.
    /// * `url` - where its service answers, at most 128 bytes.
    /// * `metadata` - document about the oracle.
    ///
    /// # Returns
    ///
    /// The version, from 1.
    ///
    /// # Errors
    ///
    /// * `UrlTooLong`, `BadCid`
    ///
    /// # Events
    ///
    /// * `oracle_registered`
    pub fn register_oracle(e: Env, oracle: Address, key: BytesN<32>, url: String, metadata: Cid) -> u32 {
        oracle.require_auth();
        let version = registry::register(&e, &oracle, &key, &url, &metadata);
        OracleRegistered { oracle, version, key, url, metadata }.publish(&e);
        version
    }

    /// Creates a challenge and locks its whole prize and its fee budget.
    ///
    /// # Arguments
    ///
    /// * `maker` - who pays; authorises the call and the transfer.
    /// * `terms` - the rules; nothing of them can change later.
    /// * `prize` - all rewards of a bounty or all prizes of a ranking, exactly; for the other rules, what there is to begin
    ///   with.
    /// * `fee_budget` - for the oracles, beside the prize.
    ///
    /// # Returns
    ///
    /// The challenge's number, from 1. It comes from a counter: simulate again if another creation landed first.
    ///
    /// # Errors
    ///
    /// * `BadOracles`, `NotRegistered`, `BadQuorum`, `BadTimes`, `BadPatience`, `BadPayout`, `WrongPrize`, `BadAmount`,
    ///   `BadAttempts`, `BadSilenceShare`, `BadStep`, `BadCid`, `TransferMismatch`
    ///
    /// # Events
    ///
    /// * `challenge_created`
    pub fn create_challenge(e: Env, maker: Address, terms: Terms, prize: i128, fee_budget: i128) -> u32 {
        maker.require_auth();
        let (challenge, Challenge { maker, terms, .. }) = creation::create(&e, maker, terms, prize, fee_budget);
        let token = terms.token.clone();
        ChallengeCreated { challenge, maker, token, terms, prize, fee_budget }.publish(&e);
        challenge
    }

    /// Takes a challenge on, after the oracle has checked that it can grade it; fixes its key version.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    ///
    /// # Returns
    ///
    /// The key version, the oracle's newest.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAnOracle`, `AlreadyAccepted`, `AcceptTooLate`
    ///
    /// # Events
    ///
    /// * `challenge_accepted`
    pub fn accept_challenge(e: Env, oracle: Address, challenge: u32) -> u32 {
        oracle.require_auth();
        let key_version = creation::accept(&e, &oracle, challenge);
        ChallengeAccepted { challenge, oracle, key_version }.publish(&e);
        key_version
    }

    /// Adds money to a challenge until its deadline; anyone may.
    ///
    /// # Arguments
    ///
    /// * `from` - who pays; authorises the call and the transfer.
    /// * `escrow` - for payment per unit and earnings; 0 for a bounty or a ranking, whose prize is fixed.
    /// * `fees` - for the fee budget.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `Ended`, `DeadlinePassed`, `EscrowNotTakenHere`, `BadAmount`, `TransferMismatch`
    ///
    /// # Events
    ///
    /// * `topped_up`
    pub fn top_up(e: Env, from: Address, challenge: u32, escrow: i128, fees: i128) {
        from.require_auth();
        creation::top_up(&e, &from, challenge, escrow, fees);
        ToppedUp { challenge, from, escrow, fees }.publish(&e);
    }

    /// Sends everything back while not all oracles have accepted: by the maker before `accept_by`, by anyone from then on.
    ///
    /// # Returns
    ///
    /// What the maker got back.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `CannotCancel`
    ///
    /// # Events
    ///
    /// * `challenge_cancelled`
    pub fn cancel(e: Env, challenge: u32) -> i128 {
        let refunded = creation::cancel(&e, challenge);
        ChallengeCancelled { challenge, refunded }.publish(&e);
        refunded
    }

    /// Hands in work. It is stored under (challenge, solver, attempt), so that solvers never fail each other.
    ///
    /// # Arguments
    ///
    /// * `solver` - who competes; authorises the call and the transfer of `deposit + carry`.
    /// * `attempt` - the solver's next attempt, from 1.
    /// * `cid` - the encrypted submission.
    /// * `units` - units in a batch of labels, where it is paid per unit; their whole pay is set aside. Otherwise 0.
    /// * `carry` - the most that the solver pays for its own grading if the fee budget is used up; at most
    ///   `quorum * oracle_fee` is ever needed, what is not needed comes back at once. 0 while the budget is comfortable.
    ///
    /// # Returns
    ///
    /// The submission's number in the challenge, its place in the queue.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `Ended`, `NotAccepted`, `NotYetOpen`, `DeadlinePassed`, `ConflictOfInterest`,
    ///   `AlreadyWon`, `BatchPending`, `WrongRule`, `TooManyAttempts`, `WrongAttempt`, `TooManyToday`, `BadUnits`,
    ///   `EscrowUsedUp`, `BadCid`, `BadAmount`, `CarryTooLow`, `TransferMismatch`
    ///
    /// # Events
    ///
    /// * `submitted`
    pub fn submit(e: Env, solver: Address, challenge: u32, attempt: u32, cid: Cid, units: u32, carry: i128) -> u32 {
        solver.require_auth();
        let taken = submission::submit(&e, &solver, challenge, attempt, &cid, units, carry);
        let submission::Taken { number, deposit, carried } = taken;
        Submitted { challenge, solver, attempt, number, cid, units, deposit, carried }.publish(&e);
        number
    }

    /// Records an oracle's votes on consecutive submissions; with `settle`, also makes final and pays, in order, those of
    /// them that now have their votes.
    ///
    /// A vote on a submission that became final meanwhile is counted and changes nothing. A payment that fails is held
    /// and fails nothing else.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    /// * `report` - the grade report of this batch.
    /// * `votes` - 1 to 40, in the order of the submissions' numbers, starting right after the oracle's last one.
    /// * `settle` - false touches nothing but the state and these submissions.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `Ended`, `NotAccepted`, `NotYetOpen`, `GradingOver`, `NotAnOracle`, `BadCid`,
    ///   `BadBatch`, `NoSubmission`, `VoteOutOfOrder`, `AlreadyVoted`, `BadVerdict`, `TooEarlyUnavailable`
    ///
    /// # Events
    ///
    /// * `scored`, one for the whole batch
    ///
    /// # Notes
    ///
    /// The footprint follows from the arguments, whatever lands before the call. Read and written: `State`, each
    /// `Submission`; with `settle` also `Board`, `Content` of each `Scored` vote of this call, and the token balances of
    /// the contract and of each solver not on hold. Read: `Challenge`. A submission whose quorum agreed on another
    /// content than this call's vote is left to `settle`.
    pub fn post_scores(e: Env, oracle: Address, challenge: u32, report: Cid, votes: Vec<Vote>, settle: bool) {
        oracle.require_auth();
        let graded = grading::post_scores(&e, &oracle, challenge, &report, &votes, settle);
        let grading::Graded { first, votes, settled_first, settled } = graded;
        Scored { challenge, oracle, report, first, votes, settled_first, settled }.publish(&e);
    }

    /// Makes final and pays, in order, submissions that have their votes; anyone may.
    ///
    /// # Arguments
    ///
    /// * `submissions` - 1 to 40 with consecutive numbers; those that are final already are passed over.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `Ended`, `GradingOver`, `BadBatch`, `NoSubmission`, `VoteOutOfOrder`,
    ///   `NothingToSettle`
    ///
    /// # Events
    ///
    /// * `settled`
    ///
    /// # Notes
    ///
    /// Footprint as for `post_scores`, with `Content` of each `Scored` vote that the submissions hold.
    pub fn settle(e: Env, challenge: u32, submissions: Vec<Settlement>) {
        let (first, settled) = grading::settle(&e, challenge, &submissions);
        Settled { challenge, first, settled }.publish(&e);
    }

    /// Records an oracle's ranking on the private part of the truth; with the quorum it is the board, and the prizes are
    /// due: `release_payment` sends them.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    /// * `report` - how the ranking came about.
    /// * `rows` - best first, at most as many as prizes; fewer, or none, where fewer reach the threshold.
    ///
    /// # Returns
    ///
    /// Whether this was the quorum.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NotAnOracle`, `WrongRule`, `AlreadyRanked`, `Cancelled`, `Ended`, `NotAccepted`,
    ///   `RankingTooEarly`, `GradingOver`, `BadCid`, `NoSubmission`, `BadRanking`, `AlreadyPosted`
    ///
    /// # Events
    ///
    /// * `ranking_posted`
    pub fn post_ranking(e: Env, oracle: Address, challenge: u32, report: Cid, rows: Vec<RankingRow>) -> bool {
        oracle.require_auth();
        let quorum = ranking::post(&e, &oracle, challenge, &report, &rows);
        RankingPosted { challenge, oracle, report, rows, quorum }.publish(&e);
        quorum
    }

    /// Records an oracle's vote on the next epoch of earnings; with the quorum the increase of the total leaves the escrow
    /// for good and can be claimed. The oracles of the quorum earn their fee if the budget covers all of them.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    /// * `epoch` - the one after the last that has its quorum, from 1.
    /// * `root` - of a tree of SHA-256 hashes, the smaller of two siblings first; its leaves are the hashes of the XDR of
    ///   (contract, challenge, epoch, labeler, cumulative amount).
    /// * `total` - the sum of all cumulative amounts: never less than before, never more than was paid in.
    /// * `report` - how the amounts came about, with all leaves.
    ///
    /// # Returns
    ///
    /// Whether this was the quorum.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NotAnOracle`, `WrongRule`, `Cancelled`, `Ended`, `NotAccepted`, `NotYetOpen`, `GradingOver`,
    ///   `BadCid`, `WrongEpoch`, `BadTotal`, `AlreadyPosted`
    ///
    /// # Events
    ///
    /// * `earnings_posted`
    ///
    /// # Notes
    ///
    /// Once all oracles have voted without a quorum, or enough have and the patience has passed, the next vote that makes
    /// none starts anew.
    pub fn post_earnings(
        e: Env,
        oracle: Address,
        challenge: u32,
        epoch: u32,
        root: BytesN<32>,
        total: i128,
        report: Cid,
    ) -> bool {
        oracle.require_auth();
        let earnings::Posted { again, quorum, fees } =
            earnings::post(&e, &oracle, challenge, epoch, &root, total, &report);
        EarningsPosted { challenge, oracle, epoch, root, total, report, again, quorum, fees }.publish(&e);
        quorum
    }

    /// Sends a labeler what it has earned and was not sent yet; anyone may call, against any epoch, at any time.
    ///
    /// # Arguments
    ///
    /// * `epoch` - one that has its quorum.
    /// * `cumulative` - all that the labeler had earned in this challenge by that epoch.
    /// * `proof` - the siblings from the leaf to the root.
    ///
    /// # Returns
    ///
    /// The amount sent.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NoEpoch`, `BadProof`, `NothingOwed`, `BeyondTotal`
    ///
    /// # Events
    ///
    /// * `earnings_claimed`
    pub fn claim(
        e: Env,
        challenge: u32,
        epoch: u32,
        labeler: Address,
        cumulative: i128,
        proof: Vec<BytesN<32>>,
    ) -> i128 {
        let amount = earnings::claim(&e, challenge, epoch, &labeler, cumulative, proof);
        EarningsClaimed { challenge, labeler, epoch, amount, cumulative }.publish(&e);
        amount
    }

    /// Sends a solver all that a submission is still owed: held prize, deposit, its part of the silence share.
    ///
    /// # Returns
    ///
    /// The amount sent.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NoSubmission`, `NothingOwed`
    ///
    /// # Events
    ///
    /// * `ranking_fixed`, `silence_fixed` if this is the first such call after `grade_by` without a ranking, or with work
    ///   ungraded
    /// * `payment_released`
    pub fn release_payment(e: Env, challenge: u32, solver: Address, attempt: u32) -> i128 {
        let release::Released { number, prize, deposit, silence, verdict, total } =
            release::release(&e, challenge, &solver, attempt);
        PaymentReleased { challenge, solver, attempt, number, prize, deposit, silence, verdict }.publish(&e);
        total
    }

    /// Opens the truth after the end, where the challenge promised it. Maker and oracles have a slot each, written once.
    ///
    /// # Arguments
    ///
    /// * `revealer` - the maker or an oracle; authorises the call.
    /// * `truth` - the opened truth; whether it matches the commitment is for everybody to check.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `TruthStaysClosed`, `NotYours`, `NotAccepted`, `NotYetEnded`, `AlreadyRevealed`, `BadCid`
    ///
    /// # Events
    ///
    /// * `truth_revealed`
    pub fn reveal(e: Env, revealer: Address, challenge: u32, truth: Cid) {
        revealer.require_auth();
        closing::reveal(&e, &revealer, challenge, &truth);
        TruthRevealed { challenge, by: revealer, truth }.publish(&e);
    }

    /// Sends an oracle what it earned in a challenge; anyone may call.
    ///
    /// # Returns
    ///
    /// The amount sent.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NotAnOracle`, `NothingEarned`
    ///
    /// # Events
    ///
    /// * `fees_withdrawn`
    pub fn withdraw_fees(e: Env, oracle: Address, challenge: u32) -> i128 {
        let amount = closing::withdraw_fees(&e, &oracle, challenge);
        FeesWithdrawn { challenge, oracle, amount }.publish(&e);
        amount
    }

    /// Sends the maker what the rules leave, once the challenge is over; anyone may call, repeatedly.
    ///
    /// Over means: the last winner was found, or the deadline has passed with every submission final (and ranked, and no
    /// unsettled one waiting for the silence share), or `grade_by` has passed; earnings go on until then.
    ///
    /// # Returns
    ///
    /// The amount sent; the first call may send 0, it also counts the end in the records of the maker and the oracles.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAccepted`, `NotYetEnded`, `NothingToClose`
    ///
    /// # Events
    ///
    /// * `ranking_fixed`, `silence_fixed` if this is the first such call after `grade_by` without a ranking, or with work
    ///   ungraded
    /// * `challenge_closed`
    pub fn close(e: Env, challenge: u32) -> i128 {
        let (maker, amount) = closing::close(&e, challenge);
        ChallengeClosed { challenge, maker, amount }.publish(&e);
        amount
    }

    /// Extends the lifetimes of a challenge and of some of its submissions to the network's maximum; anyone may.
    ///
    /// # Arguments
    ///
    /// * `submissions` - at most 40.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NoSubmission`, `BadBatch`
    pub fn extend(e: Env, challenge: u32, submissions: Vec<SubmissionId>) {
        registry::extend(&e, challenge, &submissions);
    }

    /// What was fixed when the contract was deployed.
    pub fn config(e: Env) -> Config {
        storage::config(&e)
    }

    /// How many challenges there are; they are numbered from 1.
    pub fn challenges(e: Env) -> u32 {
        storage::challenges(&e)
    }

    /// The frozen half of a challenge. Fails with `NoChallenge`.
    pub fn challenge(e: Env, challenge: u32) -> Challenge {
        storage::challenge(&e, challenge)
    }

    /// The moving half of a challenge. Fails with `NoChallenge`.
    pub fn state(e: Env, challenge: u32) -> State {
        storage::state(&e, challenge)
    }

    /// The winners of a bounty so far, in the order of their submissions; the running table of a ranking, or the ranking.
    pub fn board(e: Env, challenge: u32) -> Vec<Place> {
        views::board(&e, challenge)
    }

    /// One submission. Fails with `NoSubmission`.
    pub fn submission(e: Env, challenge: u32, solver: Address, attempt: u32) -> Submission {
        storage::entry(&e, &Slot::new(&e, challenge, &solver, attempt)).to_view(&e)
    }

    /// Up to 40 submissions. Fails with `BadBatch`, `NoSubmission`.
    pub fn submissions(e: Env, challenge: u32, ids: Vec<SubmissionId>) -> Vec<Submission> {
        views::submissions(&e, challenge, &ids)
    }

    /// What became of a submission, even if no call has written it yet. Fails with `NoSubmission`.
    pub fn outcome(e: Env, challenge: u32, solver: Address, attempt: u32) -> Outcome {
        views::outcome(&e, challenge, &solver, attempt)
    }

    /// The earnings of a challenge so far.
    pub fn earnings(e: Env, challenge: u32) -> Earnings {
        storage::earnings(&e, challenge)
    }

    /// What a quorum posted for an epoch. Fails with `NoEpoch`.
    pub fn epoch(e: Env, challenge: u32, epoch: u32) -> Epoch {
        storage::epoch(&e, challenge, epoch)
    }

    /// What a labeler was sent in a challenge so far.
    pub fn claimed(e: Env, challenge: u32, labeler: Address) -> i128 {
        storage::claimed(&e, challenge, &labeler)
    }

    /// The number of the first scored submission with this content; 0 = none.
    pub fn content(e: Env, challenge: u32, content_hash: BytesN<32>) -> u32 {
        storage::content(&e, challenge, &content_hash).unwrap_or(0)
    }

    /// How many attempts a solver has made in a challenge.
    pub fn attempts(e: Env, challenge: u32, solver: Address) -> Attempts {
        storage::attempts(&e, challenge, &solver)
    }

    /// An oracle's record. Fails with `NotRegistered`.
    pub fn oracle(e: Env, oracle: Address) -> OracleRecord {
        match storage::oracle(&e, &oracle) {
            Some(record) => record,
            None => panic_with_error!(&e, Error::NotRegistered),
        }
    }

    /// One version of an oracle's key. Fails with `NotRegistered`.
    pub fn oracle_key(e: Env, oracle: Address, version: u32) -> OracleKey {
        storage::oracle_key(&e, &oracle, version)
    }

    /// The truth that the maker or an oracle opened, if it did.
    pub fn revealed(e: Env, challenge: u32, by: Address) -> Option<Cid> {
        storage::revealed(&e, challenge, &by)
    }

    /// A maker's record.
    pub fn maker(e: Env, maker: Address) -> MakerRecord {
        storage::maker(&e, &maker)
    }

    /// What `release_payment` would send now.
    pub fn owed(e: Env, challenge: u32, solver: Address, attempt: u32) -> i128 {
        release::owed(&e, challenge, &solver, attempt)
    }
}
