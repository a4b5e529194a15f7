// Generated from contracts/gate/gate.wasm by `npm run bindings`; do not edit.
import { Spec, Client as ContractClient } from '@stellar/stellar-sdk/contract';
export class Client extends ContractClient {
    options;
    constructor(options) {
        super(new Spec(["AAAABAAAAEROdW1iZXJlZCBmcm9tIDEzMDAgb246IHRoZSBudW1iZXJzIG9mIHRoZSBvdGhlciBjb250cmFjdHMgZW5kIGJlbG93LgAAAAAAAAAFRXJyb3IAAAAAAAABAAAANUEgcmVjb3JkIHF1YWxpZmllcyB3aXRoIGF0IGxlYXN0IG9uZSBwYWlkIHN1Ym1pc3Npb24uAAAAAAAAEEJhZFF1YWxpZmljYXRpb24AAAUU", "AAAAAQAAACBGaXhlZCB3aGVuIHRoZSBnYXRlIGlzIGRlcGxveWVkLgAAAAAAAAAGQ29uZmlnAAAAAAADAAAALEludml0ZXMgc29sdmVycywgYW5kIHRha2VzIGludml0YXRpb25zIGJhY2suAAAABW93bmVyAAAAAAAAEwAAAE5BdCBsZWFzdCBzbyBtYW55IHN1Ym1pc3Npb25zIGluIHRoZSBzb2x2ZXIncyByZWNvcmQgd29uIHNvbWV0aGluZzsgYXQgbGVhc3QgMS4AAAAAABBwYWlkX3N1Ym1pc3Npb25zAAAABAAAAGRUaGUgcmVjb3JkcyBjb250cmFjdCwgZm9yIHRob3NlIHdobyBhcmUgYWRtaXR0ZWQgd2l0aG91dCBhbiBpbnZpdGF0aW9uOyBubyBvbmUgaXMsIGlmIHRoZXJlIGlzIG5vbmUuAAAAB3JlY29yZHMAAAAD6AAAABM=", "AAAAAAAAAEVXaGV0aGVyIHRoZSBzb2x2ZXIgbWF5IHN1Ym1pdCwgdG8gd2hhdGV2ZXIgY2hhbGxlbmdlIG5hbWVzIHRoaXMgZ2F0ZS4AAAAAAAAGYWRtaXRzAAAAAAACAAAAAAAAAAljaGFsbGVuZ2UAAAAAAAAEAAAAAAAAAAZzb2x2ZXIAAAAAABMAAAABAAAAAQ==", "AAAAAAAAACpXaGF0IHdhcyBmaXhlZCB3aGVuIHRoZSBnYXRlIHdhcyBkZXBsb3llZC4AAAAAAAZjb25maWcAAAAAAAAAAAABAAAH0AAAAAZDb25maWcAAA==", "AAAAAAAAAG9JbnZpdGVzIGEgc29sdmVyLCBvciB0YWtlcyBpdHMgaW52aXRhdGlvbiBiYWNrOyB0aGUgb3duZXIgYXV0aG9yaXNlcyB0aGUgY2FsbC4gV2hhdCB0aGUgc29sdmVyIHN1Ym1pdHRlZCBzdGF5cy4AAAAABmludml0ZQAAAAAAAgAAAAAAAAAGc29sdmVyAAAAAAATAAAAAAAAAAdpbnZpdGVkAAAAAAEAAAAA", "AAAAAAAAAKJGaXhlcyB0aGUgb3duZXIsIGFuZCB3aG8gaXMgYWRtaXR0ZWQgd2l0aG91dCBhbiBpbnZpdGF0aW9uOiBzb2x2ZXJzIHdpdGggYXQgbGVhc3Qgc28gbWFueSBwYWlkIHN1Ym1pc3Npb25zIGluIHRoZQpyZWNvcmRzIGNvbnRyYWN0LiBGYWlscyB3aXRoIGBCYWRRdWFsaWZpY2F0aW9uYC4AAAAAAA1fX2NvbnN0cnVjdG9yAAAAAAAAAwAAAAAAAAAFb3duZXIAAAAAAAATAAAAAAAAAAdyZWNvcmRzAAAAA+gAAAATAAAAAAAAABBwYWlkX3N1Ym1pc3Npb25zAAAABAAAAAA=", "AAAABQAAADdBIHNvbHZlciB3YXMgaW52aXRlZCwgb3IgdGhlIGludml0YXRpb24gd2FzIHRha2VuIGJhY2suAAAAAAAAAAARSW52aXRhdGlvbkNoYW5nZWQAAAAAAAABAAAAEmludml0YXRpb25fY2hhbmdlZAAAAAAAAgAAAAAAAAAGc29sdmVyAAAAAAATAAAAAQAAAAAAAAAHaW52aXRlZAAAAAABAAAAAAAAAAI="]), options);
        this.options = options;
    }
    static deploy(args, options) {
        return ContractClient.deploy(args, options);
    }
    fromJson = {
        admits: this.txFromJson, config: this.txFromJson, invite: this.txFromJson
    };
    /** @deprecated Use fromJson instead. */
    fromJSON = this.fromJson;
    /**
     * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
     */
    parseEvent(topics, data) {
        return this.spec.parseEvent(topics, data);
    }
    /**
     * Build a topics filter row for the "InvitationChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    invitationChangedEventFilter(topicValues) {
        return this.spec.eventTopicFilter("InvitationChanged", topicValues);
    }
}
