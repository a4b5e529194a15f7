// Generated from contracts/gate/gate.wasm by `npm run bindings`; do not edit.
/**
* Numbered from 1300 on: the numbers of the other contracts end below.
*/
export declare const Error: {
    /**
     * A record qualifies with at least one paid submission.
     */
    1300: {
        message: string;
    };
};
/**
 * Fixed when the gate is deployed.
 */
export interface Config {
    /**
     * Invites solvers, and takes invitations back.
     */
    owner: string;
    /**
     * At least so many submissions in the solver's record won something; at least 1.
     */
    paid_submissions: number;
    /**
     * The records contract, for those who are admitted without an invitation; no one is, if there is none.
     */
    records: string | null;
}
/**
 * A solver was invited, or the invitation was taken back.
 */
export interface InvitationChangedEvent {
    name: "InvitationChanged";
    data: {
        solver: string;
        invited?: boolean;
    };
}
export type ContractEvent = InvitationChangedEvent;
