//! The records that a ledger and its transactions leave, from which everything that is told about them can be read.

use crate::{apply::Processing, aside::Aside, header, ledger::to_xdr, settings::Settings, wire::Writer};
use soroban_env_host::xdr::{ContractEvent, ContractEventBody, LedgerHeader, TransactionEventStage, TransactionResult};

const SUCCESS: u64 = 1;
const FEE_BUMP: u64 = 2;
const SOROBAN: u64 = 4;

/// A ledger's: header, changed entries, transactions, and what else its close meta says.
pub fn ledger_record(
    header: &LedgerHeader,
    hash: [u8; 32],
    delta: &[u8],
    transactions: &[Vec<u8>],
    aside: &Aside,
) -> Result<Vec<u8>, String> {
    let mut record = Writer::default();
    record
        .number(u64::from(header.ledger_seq))
        .number(header.scp_value.close_time.0)
        .bytes(&hash)
        .bytes(&to_xdr(&header::history_entry(header, hash))?)
        .bytes(delta)
        .list(transactions);
    aside.write(&mut record);
    Ok(record.done())
}

/// Hash, envelope, result, meta, changes of fees, flags, inclusion fee, events, diagnostics, costs, inner hash.
pub fn transaction_record(tx: &Processing, result: &TransactionResult, settings: &Settings) -> Result<Vec<u8>, String> {
    let frame = &tx.frame;
    let mut flags = 0;
    flags |= if tx.succeeded() { SUCCESS } else { 0 };
    flags |= if frame.bump.is_some() { FEE_BUMP } else { 0 };
    flags |= if frame.soroban().is_some() { SOROBAN } else { 0 };
    let mut events = vec![];
    for event in tx.events.iter() {
        events.push(event_record(event.stage as u64, 0, &event.event)?);
    }
    for (operation, event) in tx.operation_events() {
        events.push(event_record(OPERATION_STAGE, operation as u64, event)?);
    }
    let diagnostics: Result<Vec<Vec<u8>>, String> = tx.diagnostics.iter().map(to_xdr).collect();
    let usage = &tx.usage;
    let costs = [
        usage.instructions,
        usage.memory,
        u64::from(usage.read_entries),
        u64::from(usage.read_bytes),
        u64::from(usage.disk_read_bytes),
        u64::from(usage.write_entries),
        u64::from(usage.write_bytes),
        u64::from(usage.event_bytes),
        frame.bytes.len() as u64,
        tx.charged as u64,
        usage.rent_fee as u64,
        frame.resource_fee() as u64,
    ];
    let mut writer = Writer::default();
    writer
        .bytes(&frame.hash)
        .bytes(&frame.bytes)
        .bytes(&to_xdr(result)?)
        .bytes(&to_xdr(&tx.meta(settings))?)
        .bytes(&to_xdr(&tx.fee_changes)?)
        .bytes(&to_xdr(&tx.refund_changes)?)
        .number(flags)
        .number(tx.inclusion_charged(settings) as u64)
        .list(&events)
        .list(&diagnostics?)
        .list(&costs.map(u64::to_le_bytes))
        .bytes(if frame.bump.is_some() { &frame.tx_hash } else { &[] });
    Ok(writer.done())
}

/// Marks an operation's event among those of the transaction's stages.
const OPERATION_STAGE: u64 = 3;
const _: () = assert!((TransactionEventStage::AfterAllTxs as u64) < OPERATION_STAGE);

fn event_record(stage: u64, operation: u64, event: &ContractEvent) -> Result<Vec<u8>, String> {
    let ContractEventBody::V0(body) = &event.body;
    let topics: Result<Vec<Vec<u8>>, String> = body.topics.iter().map(to_xdr).collect();
    let contract = event.contract_id.as_ref().map_or(&[][..], |id| &id.0 .0);
    let mut writer = Writer::default();
    writer
        .number(stage)
        .number(operation)
        .number(event.type_ as u64)
        .bytes(contract)
        .list(&topics?)
        .bytes(&to_xdr(&body.data)?)
        .bytes(&to_xdr(event)?);
    Ok(writer.done())
}
