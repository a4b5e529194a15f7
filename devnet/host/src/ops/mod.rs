//! Classic operations: which are supported, what makes one malformed, and what each does.

mod account;
mod claimable;
mod issuer;

mod options;
mod payment;
mod trust;

use crate::{
    context::Context,
    events::Emitter,
    frame::{is_soroban, Frame},
    ledger::Ledger,
    settings::Settings,
    soroban,
};
use soroban_env_host::xdr::{
    AccountId, AccountMergeResult, AllowTrustResult, BumpSequenceResult, ChangeTrustResult,
    ClaimClaimableBalanceResult, ClawbackClaimableBalanceResult, ClawbackResult, ContractEvent, CreateAccountResult,
    CreateClaimableBalanceResult, ExtendFootprintTtlResult, HashIdPreimageOperationId, InvokeHostFunctionResult,
    ManageDataResult, MuxedAccount, Operation, OperationBody, OperationResult, OperationResultTr, PaymentResult,
    RestoreFootprintResult, SetOptionsResult, SetTrustLineFlagsResult,
};

/// What an operation works on.
pub struct Work<'a> {
    pub ledger: &'a mut Ledger,
    pub context: &'a Context,
    pub source: AccountId,
    /// The source with its sub-account, if it was named.
    pub sender: MuxedAccount,
    /// What makes this operation's own ids: transaction, and place in it.
    pub id: HashIdPreimageOperationId,
    pub emitter: &'a Emitter,
    pub events: Vec<ContractEvent>,
}

/// What can be refused without looking at the ledger; `None` when nothing is wrong.
pub fn check(settings: &Settings, frame: &Frame, source: &AccountId, op: &Operation) -> Option<OperationResult> {
    use OperationResultTr as Tr;
    let refusal = match &op.body {
        OperationBody::CreateAccount(op) => account::check_create(source, op).map(Tr::CreateAccount),
        OperationBody::AccountMerge(to) => account::check_merge(source, to).map(Tr::AccountMerge),
        OperationBody::BumpSequence(op) => account::check_bump(op).map(Tr::BumpSequence),
        OperationBody::ManageData(op) => account::check_data(op).map(Tr::ManageData),
        OperationBody::Payment(op) => payment::check(op).map(Tr::Payment),
        OperationBody::ChangeTrust(op) => match trust::asset(op) {
            None => return Some(OperationResult::OpNotSupported),
            Some(asset) => trust::check(source, &asset, op).map(Tr::ChangeTrust),
        },
        OperationBody::SetOptions(op) => options::check(source, op).map(Tr::SetOptions),
        OperationBody::SetTrustLineFlags(op) => issuer::check_flags(source, op).map(Tr::SetTrustLineFlags),
        OperationBody::AllowTrust(op) => issuer::check_allow(source, op).map(Tr::AllowTrust),
        OperationBody::Clawback(op) => issuer::check_clawback(source, op).map(Tr::Clawback),
        OperationBody::CreateClaimableBalance(op) => claimable::check(op).map(Tr::CreateClaimableBalance),
        OperationBody::ClaimClaimableBalance(_) | OperationBody::ClawbackClaimableBalance(_) => None,
        body if is_soroban(body) => soroban::check_operation(settings, frame, body).err().map(|(result, _)| result),
        _ => return Some(OperationResult::OpNotSupported),
    };
    refusal.map(OperationResult::OpInner)
}

/// Whether operations of this kind are done here at all.
pub fn supported(body: &OperationBody) -> bool {
    match body {
        OperationBody::ChangeTrust(op) => trust::asset(op).is_some(),
        body => placeholder(body) != OperationResult::OpNotSupported,
    }
}

/// The success that stands, in a refused transaction, for an operation without fault of its own.
pub fn placeholder(body: &OperationBody) -> OperationResult {
    use OperationResultTr as Tr;
    OperationResult::OpInner(match body {
        OperationBody::CreateAccount(_) => Tr::CreateAccount(CreateAccountResult::Success),
        OperationBody::AccountMerge(_) => Tr::AccountMerge(AccountMergeResult::Success(0)),
        OperationBody::BumpSequence(_) => Tr::BumpSequence(BumpSequenceResult::Success),
        OperationBody::ManageData(_) => Tr::ManageData(ManageDataResult::Success),
        OperationBody::Payment(_) => Tr::Payment(PaymentResult::Success),
        OperationBody::ChangeTrust(_) => Tr::ChangeTrust(ChangeTrustResult::Success),
        OperationBody::SetOptions(_) => Tr::SetOptions(SetOptionsResult::Success),
        OperationBody::SetTrustLineFlags(_) => Tr::SetTrustLineFlags(SetTrustLineFlagsResult::Success),
        OperationBody::AllowTrust(_) => Tr::AllowTrust(AllowTrustResult::Success),
        OperationBody::Clawback(_) => Tr::Clawback(ClawbackResult::Success),
        OperationBody::CreateClaimableBalance(_) => {
            Tr::CreateClaimableBalance(CreateClaimableBalanceResult::Success(Default::default()))
        }
        OperationBody::ClaimClaimableBalance(_) => Tr::ClaimClaimableBalance(ClaimClaimableBalanceResult::Success),
        OperationBody::ClawbackClaimableBalance(_) => {
            Tr::ClawbackClaimableBalance(ClawbackClaimableBalanceResult::Success)
        }
        OperationBody::InvokeHostFunction(_) => Tr::InvokeHostFunction(InvokeHostFunctionResult::Trapped),
        OperationBody::ExtendFootprintTtl(_) => Tr::ExtendFootprintTtl(ExtendFootprintTtlResult::Success),
        OperationBody::RestoreFootprint(_) => Tr::RestoreFootprint(RestoreFootprintResult::Success),
        _ => return OperationResult::OpNotSupported,
    })
}

/// Does a classic operation; the caller throws the layer away unless `succeeded` says so.
pub fn apply(work: &mut Work, op: &Operation) -> OperationResult {
    use OperationResultTr as Tr;
    if crate::accounts::account(work.ledger, &work.source).is_none() {
        return OperationResult::OpNoAccount;
    }
    OperationResult::OpInner(match &op.body {
        OperationBody::CreateAccount(op) => Tr::CreateAccount(account::create(work, op)),
        OperationBody::AccountMerge(to) => Tr::AccountMerge(account::merge(work, to)),
        OperationBody::BumpSequence(op) => Tr::BumpSequence(account::bump(work, op)),
        OperationBody::ManageData(op) => match account::data(work, op) {
            Ok(result) => Tr::ManageData(result),
            Err(result) => return result,
        },
        OperationBody::Payment(op) => Tr::Payment(payment::apply(work, op)),
        OperationBody::ChangeTrust(op) => match trust::apply(work, op) {
            Ok(result) => Tr::ChangeTrust(result),
            Err(result) => return result,
        },
        OperationBody::SetOptions(op) => match options::apply(work, op) {
            Ok(result) => Tr::SetOptions(result),
            Err(result) => return result,
        },
        OperationBody::SetTrustLineFlags(op) => Tr::SetTrustLineFlags(issuer::flags(work, op)),
        OperationBody::AllowTrust(op) => Tr::AllowTrust(issuer::allow(work, op)),
        OperationBody::Clawback(op) => Tr::Clawback(issuer::clawback(work, op)),
        OperationBody::CreateClaimableBalance(op) => match claimable::create(work, op) {
            Ok(result) => Tr::CreateClaimableBalance(result),
            Err(result) => return result,
        },
        OperationBody::ClaimClaimableBalance(op) => Tr::ClaimClaimableBalance(claimable::claim(work, op)),
        OperationBody::ClawbackClaimableBalance(op) => Tr::ClawbackClaimableBalance(claimable::clawback(work, op)),
        _ => return OperationResult::OpNotSupported,
    })
}

pub fn succeeded(result: &OperationResult) -> bool {
    use OperationResultTr as Tr;
    let OperationResult::OpInner(inner) = result else { return false };
    match inner {
        Tr::CreateAccount(r) => *r == CreateAccountResult::Success,
        Tr::AccountMerge(r) => matches!(r, AccountMergeResult::Success(_)),
        Tr::BumpSequence(r) => *r == BumpSequenceResult::Success,
        Tr::ManageData(r) => *r == ManageDataResult::Success,
        Tr::Payment(r) => *r == PaymentResult::Success,
        Tr::ChangeTrust(r) => *r == ChangeTrustResult::Success,
        Tr::SetOptions(r) => *r == SetOptionsResult::Success,
        Tr::SetTrustLineFlags(r) => *r == SetTrustLineFlagsResult::Success,
        Tr::AllowTrust(r) => *r == AllowTrustResult::Success,
        Tr::Clawback(r) => *r == ClawbackResult::Success,
        Tr::CreateClaimableBalance(r) => matches!(r, CreateClaimableBalanceResult::Success(_)),
        Tr::ClaimClaimableBalance(r) => *r == ClaimClaimableBalanceResult::Success,
        Tr::ClawbackClaimableBalance(r) => *r == ClawbackClaimableBalanceResult::Success,
        Tr::InvokeHostFunction(r) => matches!(r, InvokeHostFunctionResult::Success(_)),
        Tr::ExtendFootprintTtl(r) => *r == ExtendFootprintTtlResult::Success,
        Tr::RestoreFootprint(r) => *r == RestoreFootprintResult::Success,
        _ => false,
    }
}
