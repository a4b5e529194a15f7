//! Accounts themselves: creating, merging, bumping a sequence number, named data.

use super::Work;
use crate::accounts::{
    account, account_key, affords_entry, available, credit, has_flag, new_account, put, sponsoring, use_sequence,
    BASE_RESERVE, MAX_SUBENTRIES,
};
use crate::events::Party;
use soroban_env_host::xdr::{
    AccountFlags, AccountId, AccountMergeResult, Asset, BumpSequenceOp, BumpSequenceResult, CreateAccountOp,
    CreateAccountResult, DataEntry, DataEntryExt, LedgerEntryData, LedgerKey, LedgerKeyData, ManageDataOp,
    ManageDataResult, MuxedAccount, OperationResult,
};

pub fn check_create(source: &AccountId, op: &CreateAccountOp) -> Option<CreateAccountResult> {
    (op.starting_balance < 0 || op.destination == *source).then_some(CreateAccountResult::Malformed)
}

pub fn create(work: &mut Work, op: &CreateAccountOp) -> CreateAccountResult {
    if account(work.ledger, &op.destination).is_some() {
        return CreateAccountResult::AlreadyExist;
    }
    if op.starting_balance < 2 * BASE_RESERVE {
        return CreateAccountResult::LowReserve;
    }
    let Some(mut source) = account(work.ledger, &work.source) else { return CreateAccountResult::Underfunded };
    if available(&source) < op.starting_balance {
        return CreateAccountResult::Underfunded;
    }
    source.balance -= op.starting_balance;
    put(work.ledger, source);
    put(work.ledger, new_account(op.destination.clone(), op.starting_balance, work.context.sequence));
    let (from, to) = (Party::from(&work.source), Party::from(&op.destination));
    work.events.push(work.emitter.transfer(&Asset::Native, &from, &to, op.starting_balance));
    CreateAccountResult::Success
}

pub fn check_merge(source: &AccountId, to: &MuxedAccount) -> Option<AccountMergeResult> {
    (to.clone().account_id() == *source).then_some(AccountMergeResult::Malformed)
}

pub fn merge(work: &mut Work, to: &MuxedAccount) -> AccountMergeResult {
    let Some(mut recipient) = account(work.ledger, &to.clone().account_id()) else {
        return AccountMergeResult::NoAccount;
    };
    let Some(source) = account(work.ledger, &work.source) else { return AccountMergeResult::NoAccount };
    if has_flag(&source, AccountFlags::ImmutableFlag) {
        return AccountMergeResult::ImmutableSet;
    }
    if source.num_sub_entries != source.signers.len() as u32 {
        return AccountMergeResult::HasSubEntries;
    }
    // Else the account, made again, could use its old sequence numbers a second time.
    if source.seq_num.0 >= i64::from(work.context.sequence) << 32 {
        return AccountMergeResult::SeqnumTooFar;
    }
    if sponsoring(&source) > 0 {
        return AccountMergeResult::IsSponsor;
    }
    if !credit(&mut recipient, source.balance) {
        return AccountMergeResult::DestFull;
    }
    put(work.ledger, recipient);
    work.ledger.remove(account_key(&work.source));
    let (from, to) = (Party::from(&work.source), Party::Account(to.clone()));
    work.events.push(work.emitter.transfer(&Asset::Native, &from, &to, source.balance));
    AccountMergeResult::Success(source.balance)
}

pub fn check_bump(op: &BumpSequenceOp) -> Option<BumpSequenceResult> {
    (op.bump_to.0 < 0).then_some(BumpSequenceResult::BadSeq)
}

pub fn bump(work: &mut Work, op: &BumpSequenceOp) -> BumpSequenceResult {
    if let Some(mut source) = account(work.ledger, &work.source) {
        // A number that has passed is no fault, and the attempt still counts as a use of the sequence.
        let sequence = op.bump_to.0.max(source.seq_num.0);
        use_sequence(&mut source, sequence, work.context.sequence, work.context.close_time);
        put(work.ledger, source);
    }
    BumpSequenceResult::Success
}

pub fn check_data(op: &ManageDataOp) -> Option<ManageDataResult> {
    let name = op.data_name.0.as_slice();
    let printable = name.iter().all(|byte| byte.is_ascii() && !byte.is_ascii_control());
    (name.is_empty() || !printable).then_some(ManageDataResult::InvalidName)
}

pub fn data(work: &mut Work, op: &ManageDataOp) -> Result<ManageDataResult, OperationResult> {
    let key = LedgerKey::Data(LedgerKeyData { account_id: work.source.clone(), data_name: op.data_name.clone() });
    let mut source = account(work.ledger, &work.source).ok_or(OperationResult::OpNoAccount)?;
    let exists = work.ledger.get(&key).is_some();
    let Some(value) = op.data_value.clone() else {
        if !exists {
            return Ok(ManageDataResult::NameNotFound);
        }
        source.num_sub_entries -= 1;
        put(work.ledger, source);
        work.ledger.remove(key);
        return Ok(ManageDataResult::Success);
    };
    if !exists {
        if source.num_sub_entries >= MAX_SUBENTRIES {
            return Err(OperationResult::OpTooManySubentries);
        }
        if !affords_entry(&source) {
            return Ok(ManageDataResult::LowReserve);
        }
        source.num_sub_entries += 1;
        put(work.ledger, source);
    }
    work.ledger.put(LedgerEntryData::Data(DataEntry {
        account_id: work.source.clone(),
        data_name: op.data_name.clone(),
        data_value: value,
        ext: DataEntryExt::V0,
    }));
    Ok(ManageDataResult::Success)
}
