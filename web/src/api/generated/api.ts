/* The API's shapes, made of its description by npm run api-types --prefix web. Don't change this file by hand. */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What came of a test, in plain words. */
        readonly AccountTestView: {
            /** @description What the request says of the account. */
            readonly verdict: components["schemas"]["AccountVerdict"];
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description What is so. */
            readonly title: string;
            /** @description What to do about it. */
            readonly detail: string;
            /** @description How long it waited for the account's turn: the operator wants 4 seconds between two. */
            readonly waitedSeconds: number;
            /** @description The HTTP status of the answer; null where there was none. */
            readonly status?: number;
            /** @description The beginning of what the operator answered, where it was no list. */
            readonly answer?: string;
        };
        /**
         * @description What one real request says of an account.
         * @enum {string}
         */
        readonly AccountVerdict: "reached" | "passwordRefused" | "addressRefused" | "refused" | "tooFast" | "noAnswer" | "notReached" | "notUnderstood" | "failed" | "noPassword";
        /** @description A day of the office's own on which nobody is called. */
        readonly AddedHoliday: {
            /**
             * Format: date
             * @description A day of the account.
             */
            readonly date: string;
            /** @description What people call it. */
            readonly name: string;
        };
        /** @description A day of the office's own: its date as `2026-12-24`, and its name. */
        readonly AddedHolidayInput: {
            /** @description A day of the account. */
            readonly date: string;
            /** @description What people call it. */
            readonly name: string;
        };
        /** @description A person who works with the calls. Mappings, pop-ups and the realtime user id use AgentId; the sign-in uses SignInName. */
        readonly Agent: {
            /** @description Our own id: 1 to 64 small letters, digits, `.`, `_` or `-`. */
            readonly agentId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description The name to sign in with: on LocalHost what the agent types, on Azure the user principal name. If none was set, it is the agent's id. */
            readonly signInName: string;
            /** @description What the agent may do: `agent`, `supervisor`, `admin`. */
            readonly roles: readonly components["schemas"]["Role"][];
            /** @description A supervisor with a team sees the team's calls; a supervisor without a team sees all calls. */
            readonly team: string | null;
            /** @description `es` or `en`. */
            readonly language: string;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /**
         * @description Whether an agent can sign in.
         * @enum {string}
         */
        readonly AgentAccountState: "none" | "invited" | "active";
        /** @description How an agent's account at this host stands. */
        readonly AgentAccountView: {
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["AgentAccountState"];
            /**
             * Format: date-time
             * @description When the agent signed in last.
             */
            readonly lastSignInAt?: string;
            /**
             * Format: date-time
             * @description Until when no try to sign in is accepted from somewhere, because of wrong passwords.
             */
            readonly lockedUntil?: string;
            /**
             * Format: date-time
             * @description Until when an invitation that was not used yet can be.
             */
            readonly inviteExpiresAt?: string;
            /** @description The app roles that came with the last sign-in; null where no directory signs in. */
            readonly directoryRoles?: readonly string[];
        };
        /** @description How all agents' accounts stand. */
        readonly AgentAccountsView: {
            /** @description One for each agent. */
            readonly items: readonly components["schemas"]["AgentAccountView"][];
            /** @description Whom the directory lets in and who are no agents, the last seen first. */
            readonly visitors: readonly components["schemas"]["Visitor"][];
        };
        /** @description The call that an agent has or that rings for them, from their side. */
        readonly AgentCall: {
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description `in`, `out` or `internal`, from the office's side. */
            readonly direction: components["schemas"]["CallDirection"];
            /** @description The other party's. */
            readonly number: components["schemas"]["NumberView"];
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description Who is on the other side of an internal call, where it is an agent. */
            readonly colleague?: components["schemas"]["Colleague"];
        };
        /** @description The body of a request that creates or changes an agent. */
        readonly AgentInput: {
            /** @description The agent's id. */
            readonly agentId?: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description The name that the agent signs in with. */
            readonly signInName?: string;
            /** @description What the agent may do: `agent`, `supervisor`, `admin`. */
            readonly roles: readonly components["schemas"]["Role"][];
            /** @description The agent's team. */
            readonly team?: string;
            /** @description `es` or `en`. */
            readonly language?: string;
        };
        /** @description An agent's part in a call: the whole of it, or what was before or after it was handed over. */
        readonly AgentPartView: {
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["CallState"];
            /**
             * Format: date-time
             * @description When it began to ring at the agent's phone; null where the operator did not tell.
             */
            readonly startedAt?: string;
            /**
             * Format: date-time
             * @description When the call was answered.
             */
            readonly connectedAt?: string;
            /**
             * Format: date-time
             * @description When the call ended.
             */
            readonly endedAt?: string;
            /** @description The length of the conversation, in seconds. */
            readonly durationSeconds?: number;
        };
        /**
         * @description What an agent is doing.
         * @enum {string}
         */
        readonly AgentStateKind: "offline" | "free" | "ringing" | "inCall" | "wrapUp" | "paused";
        /** @description An answer to an open question. */
        readonly AnswerView: {
            /** @description The question's code. */
            readonly question: string;
            /** @description A code that is the same in each language and in each run that finds the same. */
            readonly answer: string;
            /** @description The answer in words. */
            readonly label: string;
            /** @description The setting that it leads to. */
            readonly setting?: components["schemas"]["SettingView"];
        };
        /** @description A key that was created. */
        readonly ApiKeyCreated: {
            /** @description The key's id. */
            readonly keyId: string;
            /** @description The key itself: it is shown this once. */
            readonly key: string;
        };
        /** @description The body of a request for a key. */
        readonly ApiKeyInput: {
            /** @description What administrators call it, 100 characters at most. */
            readonly name: string;
            /** @description What it is for, one at least. */
            readonly scopes: readonly components["schemas"]["KeyScope"][];
        };
        /** @description A key as administrators see it. */
        readonly ApiKeyView: {
            /** @description The key's id. */
            readonly keyId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description What the key may be used for. */
            readonly scopes: readonly components["schemas"]["KeyScope"][];
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description Who created it: the agent's id. */
            readonly createdBy: string;
            /**
             * Format: date-time
             * @description When it was used last, to some minutes; missing where it never was.
             */
            readonly usedAt?: string;
        };
        /** @description A record that was set aside. */
        readonly AsideRecordView: {
            /** @description The account's username. */
            readonly account: string;
            /**
             * Format: date-time
             * @description When it was read first.
             */
            readonly firstAt: string;
            /** @description Its id; null where it has none. */
            readonly recordId?: string;
            /** @description The field that is wrong; null where it is the whole. */
            readonly field?: string;
            /** @description Why, in plain words. */
            readonly reason: string;
            /** @description The record as it came. */
            readonly raw: string;
        };
        /** @description What a tester must tell; any text where there are no choices. */
        readonly AskView: {
            /** @description The code of it, by which programs know it. */
            readonly key: string;
            /** @description What people read. */
            readonly label: string;
            /** @description What can be chosen; any answer where there are none. */
            readonly choices?: readonly components["schemas"]["ChoiceView"][];
        };
        /** @description One change as it was written down. */
        readonly AuditEntry: {
            /** @description The entry's id. */
            readonly entryId: string;
            /**
             * Format: date-time
             * @description Just before the change was made.
             */
            readonly at: string;
            /** @description The agent's id; null where the app itself did it, by the clock. */
            readonly who?: string;
            /** @description The agent's name at that time. */
            readonly whoName?: string;
            /** @description The thing and the verb, such as `mapping.changed`. */
            readonly what: string;
            /** @description Which one. */
            readonly id: string;
            /** @description As it was; missing for something new. */
            readonly before?: unknown;
            /** @description As it is now; missing for what was deleted. */
            readonly after?: unknown;
            /** @description The fields of Before and After that were too long: they hold their beginning, or are missing. Null where none was. */
            readonly cut?: readonly string[];
            /**
             * Format: date-time
             * @description When Before and After were erased, as they told of a person who asked for it; null where they stand.
             */
            readonly erasedAt?: string;
            /** @description The network address that the request came from; null where there was no request. */
            readonly address?: string;
        };
        /** @description A page of entries, the newest first. */
        readonly AuditPage: {
            /** @description The entries. */
            readonly items: readonly components["schemas"]["AuditEntry"][];
            /** @description The token of the next page; null at the end. */
            readonly next: string | null;
            /**
             * Format: date-time
             * @description Where the page is not full and more may follow: how far back was looked. Null for any other page.
             */
            readonly lookedUntil?: string;
        };
        /** @description The body of a request for a backfill. */
        readonly BackfillInput: {
            /** @description The account's username, or another of its ids. */
            readonly account: string;
            /** @description ISO 8601; without an offset it is in the account's zone. */
            readonly from: string;
            /** @description As From. A bare date is the last day. */
            readonly to: string;
        };
        /** @description A backfill: what it reads, and how far it is. */
        readonly BackfillView: {
            /** @description The backfill's id. */
            readonly backfillId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /**
             * Format: date-time
             * @description The beginning.
             */
            readonly from: string;
            /**
             * Format: date-time
             * @description The end.
             */
            readonly to: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["JobState"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description Who asked for it. */
            readonly createdBy?: string;
            /**
             * Format: date-time
             * @description Until when all records were read.
             */
            readonly reachedAt: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description How many records were read. */
            readonly records: number;
            /** @description How many requests the operator got. */
            readonly requests: number;
            /** @description About how long it still takes, if nobody else asks for this account. */
            readonly estimatedSeconds: number;
            /** @description Why it failed, or why it does not get on just now. */
            readonly error?: string;
        };
        /** @description A backup, whole or under way. */
        readonly BackupView: {
            /** @description Its folder's name; null while it is made. */
            readonly backupId?: string;
            /** @description `done`, `running` or `failed`. */
            readonly state: string;
            /**
             * Format: date-time
             * @description The moment whose data it holds; of one that is not done, when it was begun.
             */
            readonly at: string;
            /** @description The length of the database. */
            readonly bytes?: number;
            /** @description The release that made it. */
            readonly release?: string;
            /** @description From 0 to 1. */
            readonly progress: number;
            /** @description Why it failed, as the log says it. */
            readonly error?: string;
        };
        /** @description The backups of the host. */
        readonly BackupsStatus: {
            /**
             * Format: date-time
             * @description When the newest was made; null where there is none yet.
             */
            readonly lastAt?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description The backups of this host. */
        readonly BackupsView: {
            /** @description The one under way, or that failed last, then those that are whole, the newest first. */
            readonly items: readonly components["schemas"]["BackupView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
            /** @description Where they are. */
            readonly folder: string;
            /** @description The time of day of the daily backup; null for none. */
            readonly at?: string;
            /** @description How many are kept. */
            readonly keep: number;
        };
        /** @description What an agent has that somebody else would have to take. No count goes beyond 500. */
        readonly BelongingsView: {
            /** @description Phones, also those of which they have only a shift. */
            readonly phones: number;
            /** @description Follow-ups that are open. */
            readonly followUps: number;
            /** @description Promises to pay that are open. */
            readonly promises: number;
            /** @description Calls of the last seven days that are over and not finished: without an outcome, or not returned. */
            readonly calls: number;
            /** @description Calls that go on. */
            readonly liveCalls: number;
        };
        /** @description An agent on the wallboard. */
        readonly BoardAgent: {
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description The agent's team. */
            readonly team?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["AgentStateKind"];
            /**
             * Format: date-time
             * @description When the state began; null where that is not known.
             */
            readonly since?: string;
            /** @description True where a screen of theirs is open: a phone can ring without one. */
            readonly online: boolean;
            /** @description The call that they have or that rings for them, where the supervisor may see it. */
            readonly call?: components["schemas"]["AgentCall"];
            /** @description The code of a pause's reason. */
            readonly reason?: string;
        };
        /** @description A call that goes on, on the wallboard. */
        readonly BoardCall: {
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description `in`, `out` or `internal`, from the office's side. */
            readonly direction: components["schemas"]["CallDirection"];
            /** @description How far it is. */
            readonly state: components["schemas"]["CallState"];
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description Who has it; null where it rings at nobody's phone. */
            readonly agentId?: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly startedAt: string;
            /**
             * Format: date-time
             * @description When the call was answered.
             */
            readonly connectedAt?: string;
            /**
             * Format: date-time
             * @description When its state began.
             */
            readonly since: string;
            /** @description True where it rings at nobody's phone: it waits. */
            readonly queued: boolean;
        };
        /** @description How many agents are in each state, and what waits. */
        readonly BoardCounts: {
            /** @description Agents who are free. */
            readonly free: number;
            /** @description Agents in a call. */
            readonly inCall: number;
            /** @description Agents whose phone rings. */
            readonly ringing: number;
            /** @description Agents who write down a call. */
            readonly wrapUp: number;
            /** @description Agents who have paused. */
            readonly paused: number;
            /** @description Agents who are not there. */
            readonly offline: number;
            /** @description Calls that wait. */
            readonly queue: number;
            /** @description The missed calls of today that nobody has returned, also those that are not listed. */
            readonly missedOpen: number;
        };
        /** @description Which contact a call is with: one that there is, or a new one. */
        readonly CallContactInput: {
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description Somebody new, who is created and tied. */
            readonly contact?: components["schemas"]["ContactInput"];
        };
        /**
         * @description Which way a call goes, seen from the account: the operator's `type`.
         * @enum {string}
         */
        readonly CallDirection: "in" | "out" | "internal";
        /** @description The answer that the operator's document asks for: `ok`. */
        readonly CallEventAck: {
            /** @description Always `ok`: the operator waits for it. */
            readonly ack: string;
        };
        /** @description A page of the history. */
        readonly CallListPage: {
            /** @description The calls, the newest first. */
            readonly items: readonly components["schemas"]["CallView"][];
            /** @description The token of the next page; null at the end. */
            readonly next: string | null;
            /** @description The token of the page that led here; null on the first page, and where none is known. */
            readonly previous: string | null;
            /**
             * Format: date-time
             * @description Until when it has looked, where it has fewer calls than asked and there may be more: `next` goes on.
             */
            readonly lookedUntil?: string;
        };
        /**
         * @description Where something that we know of a call came from.
         * @enum {string}
         */
        readonly CallSource: "webhook" | "record" | "agent" | "live";
        /**
         * @description How far a call has come. It follows from what is known of the call, so it can also go back: a call whose only phone stopped ringing rings again when another phone does.
         * @enum {string}
         */
        readonly CallState: "ringing" | "connected" | "ended";
        /** @description A call as the API shows it: what a pop-up shows, and how it went. */
        readonly CallView: {
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description `in`, `out` or `internal`, from the office's side. */
            readonly direction: components["schemas"]["CallDirection"];
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description Who is on the other side of an internal call, where it is an agent. */
            readonly colleague?: components["schemas"]["Colleague"];
            /** @description The endpoint's id at the operator. */
            readonly endpointId?: string;
            /** @description The agent whose call it is: the viewer where it is theirs, else who took it, else whose phone rings. */
            readonly agentId?: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /** @description The colleague who took the call, where the viewer's phones rang for it and the viewer did not talk. */
            readonly answeredBy?: components["schemas"]["Colleague"];
            /** @description True where the viewer may not open the call; only in a contact's file. */
            readonly hidden?: boolean;
            /** @description Who reached the caller later, where the call was missed. */
            readonly returned?: components["schemas"]["ReturnedView"];
            /** @description Who reached the caller later; null where nobody has, or where no agent has the phone. */
            readonly returnedBy?: string;
            /**
             * Format: date-time
             * @description When somebody reached the caller.
             */
            readonly returnedAt?: string;
            /** @description All the agents whose phones rang or dialled. */
            readonly agentIds: readonly string[];
            /** @description What each of them had to do with it, where several had; only for one call. */
            readonly agents?: readonly components["schemas"]["AgentPartView"][];
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly startedAt: string;
            /** @description True where that is when we heard of the call, because what the operator told can't be. */
            readonly isOurTime?: boolean;
            /**
             * Format: date-time
             * @description When the call was answered.
             */
            readonly connectedAt?: string;
            /**
             * Format: date-time
             * @description When the call ended.
             */
            readonly endedAt?: string;
            /** @description The length of the conversation, in seconds. */
            readonly durationSeconds?: number;
            /** @description In Currency. */
            readonly cost?: number;
            /** @description ISO 4217, such as CRC. */
            readonly currency: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["CallState"];
            /** @description True where the call came in and nobody took it; not where it is over and nobody knows whether it was taken. */
            readonly missed?: boolean;
            /**
             * Format: date-time
             * @description From when on it counts as a call that goes on, although its answer was not told; only while it rings, and where the account's calls are never notified when they are answered.
             */
            readonly ongoingFrom?: string;
            /** @description How sure it is who calls. */
            readonly match: components["schemas"]["MatchKind"];
            /** @description Who it may be, the likeliest first. */
            readonly candidates: readonly components["schemas"]["Candidate"][];
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description True for a call by another phone, which an agent noted by hand. */
            readonly noted: boolean;
            /**
             * Format: date-time
             * @description When it was taken out who the call was with; null where it stands.
             */
            readonly anonymizedAt?: string;
            /** @description True where an agent decided that the call concerns no contact. */
            readonly ignored: boolean;
            /** @description True where the viewer's lists of what goes on and of what was missed are to be without it. */
            readonly dismissed: boolean;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description The click that the call comes of. */
            readonly dialId?: string;
            /** @description The code of the outcome that an agent sent. */
            readonly outcome?: string;
            /** @description What is to be done next; only in the history, in a contact's file and for one call. */
            readonly nextAction?: components["schemas"]["NextActionView"];
            /** @description From where it is known: `webhook`, `record`, `agent`, `live`. */
            readonly sources: readonly components["schemas"]["CallSource"][];
            /** @description The contact that the call is tied to, as it stands now; only for one call. */
            readonly contact?: components["schemas"]["Contact"];
            /** @description What an agent recorded, sent or as a draft; only for one call and in a contact's file. Of several agents who talked in the call it is the viewer's own, else the newest. */
            readonly wrapUp?: components["schemas"]["WrapUp"];
            /** @description All of them, the newest first; only for one call. */
            readonly wrapUps?: readonly components["schemas"]["WrapUp"][];
            /** @description The version (`etag`) of the wrap-up that one saved by the viewer replaces. Null where it replaces none, as where another agent who talked has written one and the viewer has not. Only for one call. */
            readonly wrapUpToReplace?: string;
            /** @description The operator's record that stands; of a dialled call the contact's. Null where there is none yet. Only for one call. */
            readonly record?: components["schemas"]["RecordView"];
            /** @description All of its records, also those that were corrected; only for one call. */
            readonly records?: readonly components["schemas"]["RecordView"][];
            /** @description What was heard of the call, in the order of arrival; only for one call. */
            readonly timeline?: readonly components["schemas"]["TimelineView"][];
            /** @description All that is known of the call, the oldest first; only for one call. */
            readonly history?: readonly components["schemas"]["HistoryEntry"][];
            /** @description Grows with each saved change of the call, so that a message that comes late is known; null for a call of an earlier release. */
            readonly revision?: number;
            /** @description The version, to say which one a change is meant for. */
            readonly etag?: string;
        };
        /** @description A span of the day on some days of the week. */
        readonly CallingHours: {
            /** @description From 0 (Sunday) to 6 (Saturday). */
            readonly days: readonly number[];
            /** @description The first minute, as `08:00`. */
            readonly from: string;
            /** @description The end, which is not in it; `00:00` is midnight at the end of the day. */
            readonly to: string;
        };
        /** @description Times of day as `08:00`; days of the week from 0 (Sunday) to 6. */
        readonly CallingHoursInput: {
            /** @description Days of the week, 0 is Sunday; one at least. */
            readonly days: readonly number[];
            /** @description The beginning. */
            readonly from: string;
            /** @description `00:00` is midnight at the end of the day. */
            readonly to: string;
        };
        /** @description What was agreed with the operator, as who supervises sees it. */
        readonly CampaignAgreement: {
            /** @description True once campaigns were coordinated with the operator. */
            readonly confirmed: boolean;
            /** @description The most dials in a minute over all campaigns. */
            readonly perMinute: number;
            /**
             * Format: date-time
             * @description When the agreement ends; missing for no end.
             */
            readonly until?: string;
            /** @description A sentence: why no campaign may run now; missing where they may. */
            readonly whyNot?: string;
        };
        /** @description A person of a campaign's list. */
        readonly CampaignContact: {
            /** @description The entry's id. */
            readonly entryId: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description What people call it. */
            readonly name?: string;
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description How far it is. */
            readonly state: components["schemas"]["EntryState"];
            /** @description How often the person was called. */
            readonly attempts: number;
            /**
             * Format: date-time
             * @description From when on the person may be called; missing for at once.
             */
            readonly nextAt?: string;
            /**
             * Format: date-time
             * @description When the person was called last.
             */
            readonly lastAt?: string;
            /** @description The dial of the last call. */
            readonly lastDialId?: string;
            /** @description The code of the last outcome that an agent sent. */
            readonly lastOutcome?: string;
            /** @description Who has the person on the screen, or called last. */
            readonly agentId?: string;
            /** @description A sentence: why the person is not called, or not now. */
            readonly refusedBecause?: string;
        };
        /** @description Whom a campaign calls: one of the three. */
        readonly CampaignContactsInput: {
            /** @description Contacts, 100,000 at most. */
            readonly ids?: readonly string[];
            /** @description The contacts that a search finds; empty for all. */
            readonly query?: string;
            /** @description Telephone numbers as people write them, 100,000 at most. */
            readonly numbers?: readonly string[];
        };
        /** @description How many are in each state. */
        readonly CampaignCounts: {
            /** @description All of the list. */
            readonly total: number;
            /** @description To be called, now or from a time on. */
            readonly waiting: number;
            /** @description Not to be called now. */
            readonly held: number;
            /** @description On an agent's screen, or about to be dialled. */
            readonly offered: number;
            /** @description Being called, or in the call. */
            readonly dialling: number;
            /** @description Dialled, and it is not known whether there was a call. */
            readonly unknown: number;
            /** @description Reached. */
            readonly done: number;
            /** @description Not reached, and called as often as is allowed. */
            readonly exhausted: number;
            /** @description Not called at all. */
            readonly refused: number;
        };
        /** @description What a campaign has where nothing else is asked for. */
        readonly CampaignDefaults: {
            /** @description How often a person is called who is not reached. */
            readonly attempts: number;
            /** @description The least minutes between two attempts. */
            readonly gapMinutes: number;
            /** @description The most dials in a minute. */
            readonly perMinute: number;
        };
        /** @description The body of a request that creates a campaign, or changes it. */
        readonly CampaignInput: {
            /** @description What people call it. */
            readonly name: string;
            /** @description Of a new campaign. */
            readonly mode?: components["schemas"]["CampaignMode"];
            /** @description Of a new campaign; by default the agent is called first. */
            readonly order?: components["schemas"]["DialOrder"];
            /** @description Of a new campaign. */
            readonly contacts?: components["schemas"]["CampaignContactsInput"];
            /** @description The phones that call; null for all, or for those of the team of the supervisor who sends it. */
            readonly endpointIds?: readonly string[];
            /** @description When it may be done; always where it is missing. */
            readonly hours?: components["schemas"]["DialHoursInput"];
            /** @description How often a person is called who is not reached, 1 to 10. */
            readonly attempts?: number;
            /** @description The least minutes between two attempts, to 43,200. */
            readonly gapMinutes?: number;
            /** @description The most dials in a minute, 1 to 600. */
            readonly perMinute?: number;
            /** @description What its calls may cost; null for no limit. */
            readonly budget?: number;
        };
        /**
         * @description Who presses.
         * @enum {string}
         */
        readonly CampaignMode: "preview" | "progressive";
        /** @description What who makes a campaign has to know. */
        readonly CampaignOptions: {
            /** @description What was agreed with the operator. */
            readonly coordination: components["schemas"]["CampaignAgreement"];
            /** @description The phones that can take part: a supervisor's team's; all, without a team. */
            readonly phones: readonly components["schemas"]["CampaignPhone"][];
            /** @description What a new campaign has where nothing else is asked for. */
            readonly defaults: components["schemas"]["CampaignDefaults"];
        };
        /** @description A phone that can take part in a campaign. */
        readonly CampaignPhone: {
            /** @description The operator's name of the phone. */
            readonly endpointId: string;
            /** @description What people read. */
            readonly label?: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description Whose it is. */
            readonly agentName?: string;
        };
        /**
         * @description How a campaign stands.
         * @enum {string}
         */
        readonly CampaignState: "building" | "ready" | "running" | "paused" | "stopped" | "done";
        /** @description A campaign as it is shown. */
        readonly CampaignView: {
            /** @description Its id in addresses. */
            readonly campaignId: string;
            /** @description What people call it. */
            readonly name: string;
            readonly mode: components["schemas"]["CampaignMode"];
            /** @description Whose phone rings first. */
            readonly order: components["schemas"]["DialOrder"];
            /** @description How far it is. */
            readonly state: components["schemas"]["CampaignState"];
            /** @description A sentence: why it has paused by itself. */
            readonly why?: string;
            /** @description How many of each there are. */
            readonly counts: components["schemas"]["CampaignCounts"];
            /** @description The first hundred who are not called; in a list of campaigns it is empty. */
            readonly refused: readonly components["schemas"]["RefusedPerson"][];
            /** @description How many are not called, by reason, the most first. */
            readonly refusedReasons: readonly components["schemas"]["RefusedCount"][];
            /** @description How often its calls had each outcome. */
            readonly outcomes: readonly components["schemas"]["OutcomeCount"][];
            /** @description The phones that call; missing where all do. */
            readonly endpointIds?: readonly string[];
            /** @description Its own hours, in the first account's zone. */
            readonly hours?: components["schemas"]["DialHours"];
            /** @description How often a person is called who is not reached. */
            readonly attempts: number;
            /** @description The least minutes between two attempts. */
            readonly gapMinutes: number;
            /** @description The most dials in a minute. */
            readonly perMinute: number;
            /** @description What its calls may cost, in the currency; missing for no limit. */
            readonly budget?: number;
            /** @description What its calls have cost so far, in the currency; costs come after the calls. */
            readonly spent: number;
            /** @description How many of its calls have no known cost yet. */
            readonly unpriced: number;
            /** @description What its calls have cost in other currencies: no budget counts it. */
            readonly spentOtherwise: readonly components["schemas"]["SpentAmount"][];
            /** @description ISO 4217, such as CRC. */
            readonly currency: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description Who created it: the agent's id. */
            readonly createdBy?: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly startedAt?: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly endedAt?: string;
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
            /** @description The agents for whom it dials nobody now though they may be free, and until when; in a list of campaigns it is empty. */
            readonly resting: readonly components["schemas"]["RestingAgent"][];
        };
        /** @description What an agent has to do for campaigns. */
        readonly CampaignWork: {
            /** @description The next person; null where there is none now. */
            readonly card?: components["schemas"]["WorkCard"];
            /** @description Why there is none. */
            readonly why?: components["schemas"]["NoWork"];
            /** @description The same in a sentence. */
            readonly message?: string;
            /**
             * Format: date-time
             * @description When there will be one, where that is known.
             */
            readonly nextAt?: string;
            /** @description The campaigns that run and that a phone of the agent's calls for. */
            readonly campaigns: readonly components["schemas"]["WorkCampaign"][];
            /** @description Why the progressive ones dial nobody for the agent now; missing where they do. */
            readonly rest?: components["schemas"]["WorkRest"];
        };
        /** @description A contact who may be the other party of a call, and the reason to think so. */
        readonly Candidate: {
            /** @description The contact's id. */
            readonly contactId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description Why. */
            readonly reason: components["schemas"]["MatchReason"];
            /** @description The identity document, where another candidate of the call has the same name. */
            readonly document?: string;
            /** @description What the contact owes, as its file said when the call came; only where a name is shared too. */
            readonly balance?: string;
        };
        /**
         * @description How a case stands in the later run, compared with the earlier one.
         * @enum {string}
         */
        readonly CaseDifference: "none" | "better" | "worse" | "undecided";
        /**
         * @description What a case is about.
         * @enum {string}
         */
        readonly CaseGroup: "reach" | "records" | "notifications" | "clicks" | "phones" | "callers" | "comparison";
        /** @description What is done with a case. */
        readonly CaseInput: {
            /** @description `start`, `stop`, `decide`, `skip` or `reopen`. */
            readonly do: string;
            /** @description True where the tester confirms that telephones will be called. */
            readonly confirmed?: boolean;
            /** @description Whom a click calls. */
            readonly number?: string;
            /** @description The phone that a click calls from. */
            readonly endpointId?: string;
            /** @description What the tester saw, by the keys of the case's questions. */
            readonly told?: {
                readonly [key: string]: string;
            };
            /** @description What the tester decides: `passed` or `failed`. */
            readonly state?: string;
            /** @description What somebody has written. */
            readonly note?: string;
            /**
             * @description One for each press that starts a case: where it comes again, nothing is dialled again.
             * @default null
             */
            readonly key?: string;
        };
        /**
         * @description How a case is done.
         * @enum {string}
         */
        readonly CaseKind: "request" | "watch" | "dial" | "byHand";
        /**
         * @description How a case stands.
         * @enum {string}
         */
        readonly CaseState: "open" | "passed" | "failed" | "skipped";
        /** @description A case of a run. */
        readonly CaseView: {
            /** @description The case's code. */
            readonly case: string;
            /** @description The group that the case stands in. */
            readonly group: components["schemas"]["CaseGroup"];
            /** @description What it is, in a few words. */
            readonly title: string;
            /** @description What is to be done, in order. */
            readonly steps: readonly string[];
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["CaseKind"];
            /** @description What the tester is asked. */
            readonly asks?: readonly components["schemas"]["AskView"][];
            /** @description How far it is. */
            readonly state: components["schemas"]["CaseState"];
            /** @description What goes on by itself just now. */
            readonly working?: components["schemas"]["WorkView"];
            /** @description What was seen, in order. */
            readonly seen?: readonly components["schemas"]["SightingView"][];
            /** @description The open questions that it answers. */
            readonly answers?: readonly components["schemas"]["AnswerView"][];
            /** @description What to do, in plain words; missing where there is nothing. */
            readonly advice?: string;
            /** @description What somebody has written. */
            readonly note?: string;
            /** @description Who decided it: the agent's id. */
            readonly decidedBy?: string;
            /**
             * Format: date-time
             * @description When it was decided.
             */
            readonly decidedAt?: string;
            /** @description True where it needs no hands. */
            readonly automatic: boolean;
        };
        /** @description A collection fee, charged to the contact; Currency by ISO 4217. */
        readonly Charge: {
            /** @description An amount of money, in `currency`. */
            readonly amount?: number;
            /** @description ISO 4217, such as CRC. */
            readonly currency?: string;
            /** @description What a charge is for. */
            readonly concept?: string;
        };
        /** @description A value that a tester can choose. */
        readonly ChoiceView: {
            /** @description The value that programs know. */
            readonly value: string;
            /** @description What people read. */
            readonly label: string;
        };
        /** @description The body of a click: a number, a contact (then its main number is dialled), or both; or a colleague's phone. */
        readonly ClickInput: {
            /** @description Whom to call, as people write it. */
            readonly number?: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The endpoint's id at the operator. */
            readonly endpointId?: string;
            /** @description Whose phone rings first. */
            readonly order?: components["schemas"]["DialOrder"];
            /** @description True to call although a call seems to go on. */
            readonly force?: boolean;
            /** @description The endpoint of a colleague, to be called instead of a number. */
            readonly colleagueEndpointId?: string;
            /** @description The campaign whose card on the agent's screen is called. */
            readonly campaignId?: string;
        };
        /** @description A call of a Clue. */
        readonly ClueCall: {
            /** @description Its id. */
            readonly callId: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly at: string;
            /** @description By how much the invoice would differ for it; null where that can't be told. */
            readonly amount?: number;
        };
        /**
         * @description Why an invoice and our sum can differ.
         * @enum {string}
         */
        readonly ClueKind: "correctedAfterwards" | "withoutCost" | "atTheBorder" | "withoutRecord" | "costsDiffer" | "oneCall" | "oneRoute" | "accessFees";
        /** @description What could explain a difference, or a part of it. */
        readonly ClueView: {
            /** @description Why. */
            readonly kind: components["schemas"]["ClueKind"];
            /** @description What to look at, in plain words. */
            readonly text: string;
            /** @description How many calls it is about. */
            readonly count: number;
            /** @description By how much the invoice would differ for it; null where that can't be told. */
            readonly amount?: number;
            /** @description True where all of it, or one of its calls, is the difference to the cent. */
            readonly isExact: boolean;
            /** @description The route that it is about, if it is about one. */
            readonly route?: components["schemas"]["StatementRoute"];
            /** @description The first 20 of the calls. */
            readonly calls: readonly components["schemas"]["ClueCall"][];
        };
        /** @description Another agent, by name. */
        readonly Colleague: {
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description What people call it. */
            readonly name: string;
        };
        /** @description A colleague's phone, to be called by ColleagueEndpointId. */
        readonly ColleagueView: {
            /** @description The colleague's. */
            readonly name: string;
            /** @description The endpoint's id at the operator. */
            readonly endpointId: string;
            /** @description The phone's; the endpoint's id where it has none. */
            readonly label: string;
        };
        /** @description A case in both runs. */
        readonly ComparedCase: {
            /** @description The case's code. */
            readonly case: string;
            /** @description The group that the case stands in. */
            readonly group: components["schemas"]["CaseGroup"];
            /** @description What it is, in a few words. */
            readonly title: string;
            /** @description In the earlier run. */
            readonly earlier: components["schemas"]["CaseState"];
            /** @description In the later run. */
            readonly later: components["schemas"]["CaseState"];
            /** @description Whether it has become better or worse. */
            readonly difference: components["schemas"]["CaseDifference"];
        };
        /** @description An answer in both runs; null where there is none. */
        readonly ComparedQuestion: {
            /** @description The question's code. */
            readonly question: string;
            /** @description What it is, in a few words. */
            readonly title: string;
            /** @description In the earlier run. */
            readonly earlier?: string;
            /** @description In the later run. */
            readonly later?: string;
            /** @description The earlier one in words. */
            readonly earlierLabel?: string;
            /** @description The later one in words. */
            readonly laterLabel?: string;
            /** @description True where both have one, and they can't be of the same operator. Measures that differ as they do from call to call are the same. */
            readonly isChanged: boolean;
        };
        /**
         * @description How a part of the system is.
         * @enum {string}
         */
        readonly Condition: "good" | "warning" | "bad";
        /** @description Somebody whom the business talks with. */
        readonly Contact: {
            /** @description The contact's id. */
            readonly contactId: string;
            /** @description Empty if only a number is known. */
            readonly name: string;
            /** @description The fields for numbers as they were typed, the main one first. Also what is not understood is kept. */
            readonly numbers: readonly string[];
            /** @description What the fields are read as, in their order; a field may hold several numbers. Set only when a contact is shown. It is not stored in the record. */
            readonly phones?: readonly components["schemas"]["ContactPhone"][];
            /** @description The identity document, as it was typed. */
            readonly document?: string;
            /** @description An address of electronic mail. */
            readonly email?: string;
            /** @description Other fields that the business keeps, by its own names. */
            readonly fields?: {
                readonly [key: string]: string;
            };
            /** @description The ids of the contacts that were merged into this one, also of those that were merged into them before; null for none. Their calls are this contact's. */
            readonly merged?: readonly string[];
            /** @description The other application that keeps the contact; null where it lives here. */
            readonly external?: components["schemas"]["ExternalRef"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When it was changed last.
             */
            readonly updatedAt: string;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /** @description A charge that an agent noted in a call's wrap-up. */
        readonly ContactCharge: {
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /**
             * Format: date-time
             * @description When the call began.
             */
            readonly at: string;
            /** @description Whose wrap-up it is. */
            readonly agentId: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /** @description An amount of money, in `currency`. */
            readonly amount: number;
            /** @description By ISO 4217. */
            readonly currency?: string;
            /** @description What a charge is for. */
            readonly concept?: string;
            /** @description True where the viewer may not open the call. */
            readonly hidden?: boolean;
        };
        /** @description A field that the office keeps of its contacts, as an administrator defines it. */
        readonly ContactFieldDefinition: {
            /** @description The key in a contact's `fields`. Contacts store it, so the values of a field that is removed stay. */
            readonly key: string;
            /** @description What people read, in both languages. */
            readonly label: components["schemas"]["ContactFieldLabel"];
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["ContactFieldKind"];
            /**
             * @description The values to choose from, in their order; only of a choice.
             * @default null
             */
            readonly choices?: readonly string[];
            /**
             * @description True where the form of a contact asks for it.
             * @default false
             */
            readonly required: boolean;
            /**
             * @description Of an amount: three letters (ISO 4217); if missing, the first account's.
             * @default null
             */
            readonly currency?: string;
        };
        /** @description One field in a request. Kind is text, number, date, amount or choice. */
        readonly ContactFieldInput: {
            /** @description The code of it, by which programs know it. */
            readonly key: string;
            /** @description What people read, in both languages. */
            readonly label: components["schemas"]["ContactFieldLabelInput"];
            /** @description Which kind it is. */
            readonly kind: string;
            /** @description What can be chosen; any value where there are none. */
            readonly choices?: readonly string[];
            /** @description True where it can't be left out. */
            readonly required?: boolean;
            /** @description ISO 4217, such as CRC. */
            readonly currency?: string;
        };
        /**
         * @description What a contact's own field holds. All values are stored as text. One of another form is refused, unless the contact had it already.
         * @enum {string}
         */
        readonly ContactFieldKind: "text" | "number" | "date" | "amount" | "choice";
        /** @description What a field is called in each language. */
        readonly ContactFieldLabel: {
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
        };
        /** @description What a field is called in each language; the other's, where one is missing. */
        readonly ContactFieldLabelInput: {
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
        };
        /** @description All fields in the order in which agents see them, with the list's version. */
        readonly ContactFieldList: {
            /** @description The fields, in order. */
            readonly fields: readonly components["schemas"]["ContactFieldDefinition"][];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /**
         * @description What a field holds. A value of another form is shown as it is.
         * @enum {string}
         */
        readonly ContactFieldType: "text" | "money" | "date" | "number" | "choice";
        /** @description How a contact's own field is shown to whoever is signed in: named in their language. */
        readonly ContactFieldView: {
            /** @description The code of it, by which programs know it. */
            readonly key: string;
            /** @description What people read. */
            readonly label: string;
            /** @description Which kind it is. */
            readonly type: components["schemas"]["ContactFieldType"];
            /** @description ISO 4217, such as CRC. */
            readonly currency?: string;
            /** @description The values to choose from; only of a choice. */
            readonly choices?: readonly string[];
            /** @description True where the form of a contact asks for it. */
            readonly required?: boolean;
        };
        /** @description The body of a request that replaces the contacts' own fields. */
        readonly ContactFieldsInput: {
            /** @description All fields, in order. */
            readonly fields: readonly components["schemas"]["ContactFieldInput"][];
        };
        /** @description An import: what it does, and how far it is. */
        readonly ContactImport: {
            /** @description The import's id. */
            readonly importId: string;
            /** @description The file's name. */
            readonly file?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["JobState"];
            /** @description True while a step goes on that was under way when the import was cancelled. What it has done is counted when it ends. */
            readonly ending: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description The agent who asked for it. */
            readonly createdBy?: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description What becomes of a row whose contact is there already. */
            readonly duplicates: components["schemas"]["DuplicateRule"];
            /** @description By what a row is known to be a contact's. */
            readonly by: components["schemas"]["DuplicateKey"];
            /** @description How the file's text is encoded. */
            readonly encoding: string;
            /** @description What stands between two columns. */
            readonly separator: string;
            /** @description The file's columns, in order. */
            readonly columns: readonly components["schemas"]["ImportColumn"][];
            /** @description How many rows the file has, without its header and blank ones. */
            readonly rows: number;
            /** @description How many of them were worked on. */
            readonly read: number;
            /** @description How many were added. */
            readonly added: number;
            /** @description How many were changed. */
            readonly changed: number;
            /** @description Rows whose contact is there already and stays as it is. */
            readonly skipped: number;
            /** @description How many were refused. */
            readonly refused: number;
            /** @description Why it failed, or why it does not get on just now. */
            readonly error?: string;
            /**
             * Format: date-time
             * @description Until then it can be undone, and its refused rows can be read.
             */
            readonly keptUntil: string;
            /** @description How it is taken back; null where nobody asked for it. */
            readonly undo?: components["schemas"]["ImportUndo"];
        };
        /** @description The body of a request that creates or changes a contact. */
        readonly ContactInput: {
            /** @description The contact's id. A caller that chooses it can repeat a creation that was not answered. */
            readonly contactId?: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description Telephone numbers as they were typed, the main one first. */
            readonly numbers?: readonly string[];
            /** @description An identity document, as it was typed. */
            readonly document?: string;
            /** @description An address of electronic mail. */
            readonly email?: string;
            /** @description The business's own fields, by their keys. */
            readonly fields?: {
                readonly [key: string]: string;
            };
        };
        /** @description The body of a request that makes one contact of two. */
        readonly ContactMergeInput: {
            /** @description The id of the contact that stays. */
            readonly keep: string;
            /** @description The id of the one that becomes a part of it. */
            readonly merge: string;
            /** @description The version that the caller has seen; without it any version. */
            readonly keepEtag?: string;
            /** @description The same of the other one. */
            readonly mergeEtag?: string;
        };
        /** @description Two contacts that were merged. */
        readonly ContactMergeView: {
            /** @description The merge's id. */
            readonly mergeId: string;
            /** @description The contact that stayed. */
            readonly contactId: string;
            /** @description The one that became a part of it, as it was. */
            readonly merged: components["schemas"]["Contact"];
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description Who merged them: the agent's id. */
            readonly by: string;
            /** @description The supervisor's name. */
            readonly byName?: string;
            /**
             * Format: date-time
             * @description Null where it can't be undone any more.
             */
            readonly undoableUntil?: string;
            /** @description Unfinished where the request broke off: it is finished by repeating it. */
            readonly state: components["schemas"]["MergeState"];
        };
        /** @description A number of a contact as it is read. */
        readonly ContactPhone: {
            /** @description As it was typed. */
            readonly text: string;
            /** @description The number in E.164, such as +50688881234. */
            readonly e164?: string;
            /** @description As people read it. */
            readonly display: string;
            /** @description Invalid marks what is not understood: it is shown, and not dialled. */
            readonly kind: components["schemas"]["PhoneNumberKind"];
        };
        /** @description The body of a request that replaces what was agreed with the operator. */
        readonly CoordinationInput: {
            /** @description True once campaigns were coordinated with the operator. */
            readonly confirmed: boolean;
            /** @description The most dials in a minute over all campaigns, 1 to 600. */
            readonly perMinute?: number;
            /** @description When the agreement ends, by ISO 8601; null for no end. With a bare date it is valid for all of that day. */
            readonly until?: string;
        };
        /** @description What was agreed with the operator. */
        readonly CoordinationView: {
            /** @description True once campaigns were coordinated with the operator. */
            readonly confirmed: boolean;
            /** @description The most dials in a minute over all campaigns. */
            readonly perMinute: number;
            /**
             * Format: date-time
             * @description When the agreement ends; missing for no end.
             */
            readonly until?: string;
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description The body of a sign-in. */
        readonly Credentials: {
            /** @description The name that the agent signs in with. */
            readonly agent: string;
            /** @description The password. */
            readonly password: string;
        };
        /**
         * @description How a day stands.
         * @enum {string}
         */
        readonly DayState: "pending" | "green" | "healed" | "open";
        /** @description A day of an account: what a month shows of it, and for one day its odd calls. */
        readonly DayView: {
            /**
             * Format: date
             * @description A day of the account.
             */
            readonly date: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description `green`: each call has its notifications and its record, and both say the same. `healed`: something was missing or differed, and the record stands. `open`: somebody has to look. `pending`: it is not worked out yet, or is being worked out. */
            readonly state: components["schemas"]["DayState"];
            /** @description True where the day is before the reconciliation began for the account: it stays `pending` until somebody has it worked out. Null for any other day. */
            readonly unscheduled?: boolean;
            /** @description All calls of the day: the next four together. */
            readonly total: number;
            /** @description How many calls are known from both sides. */
            readonly matched: number;
            /** @description Calls that have no record. */
            readonly webhookOnly: number;
            /** @description Calls that have nothing but their record, which filled them in. */
            readonly recordOnly: number;
            /** @description Calls of which notifications and record say something else; the record stands. */
            readonly differing: number;
            /** @description Calls that were put right. */
            readonly healed: number;
            /** @description Records of the day that could not be read: see `GET /api/aside-records`. */
            readonly aside: number;
            /** @description Why the operator could not be asked. */
            readonly error?: string;
            /**
             * Format: date-time
             * @description When it was worked out last.
             */
            readonly workedOutAt?: string;
            /** @description The odd calls, those that are not put right first, at most 500; only for one day. */
            readonly calls?: readonly components["schemas"]["Mismatch"][];
            /** @description How many more odd calls there are; only for one day. */
            readonly moreCalls?: number;
        };
        /**
         * @description Why a try did not succeed.
         * @enum {string}
         */
        readonly DeliveryError: "status" | "timeout" | "unreachable" | "unknownHost" | "tls" | "privateAddress" | "redirect" | "gone" | "noContent";
        /** @description A page of deliveries, the newest first. */
        readonly DeliveryPage: {
            /** @description The deliveries. */
            readonly items: readonly components["schemas"]["DeliveryView"][];
            /** @description The token of the next page; null at the end. */
            readonly next: string | null;
            /**
             * Format: date-time
             * @description Where the page is not full and more may follow: how far back was looked. Null for any other page.
             */
            readonly lookedUntil?: string;
        };
        /** @description What was sent: by POST, with the body as it was signed. */
        readonly DeliveryRequest: {
            /** @description An address. */
            readonly url: string;
            /** @description The body as it is sent. */
            readonly body: string;
        };
        /**
         * @description How far a delivery is.
         * @enum {string}
         */
        readonly DeliveryState: "waiting" | "delivered" | "failed";
        /** @description A try as the API shows it. */
        readonly DeliveryTryView: {
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly at: string;
            /** @description How long it took. */
            readonly milliseconds: number;
            /** @description The status of the answer; null where there was none. */
            readonly status?: number;
            /** @description Why it did not succeed; null where it did. */
            readonly error?: components["schemas"]["DeliveryError"];
            /** @description The same in the caller's language. */
            readonly why?: string;
            /** @description The beginning of the answer's body, 1 KB at most; null where there was none. */
            readonly answer?: string;
        };
        /** @description A delivery as the API shows it. */
        readonly DeliveryView: {
            /** @description The delivery's id. */
            readonly deliveryId: string;
            /** @description The header `webhook-id`: the same at each try. */
            readonly eventId: string;
            /** @description The event's type, such as `call.ended`. */
            readonly type: string;
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description The call's id at the operator; unique within the account. */
            readonly callId?: string;
            /** @description The operator's account: its user name. */
            readonly account?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["DeliveryState"];
            /**
             * Format: date-time
             * @description When it is tried next; null where it is not.
             */
            readonly nextAt?: string;
            /** @description How many tries there were. */
            readonly tryCount: number;
            /** @description The latest of them, the last of them last. */
            readonly tries: readonly components["schemas"]["DeliveryTryView"][];
            /** @description Null where what was sent is not kept any more. */
            readonly request?: components["schemas"]["DeliveryRequest"];
        };
        /** @description The body of a request of the console's button: a call to the agent's own phone. */
        readonly DemoCallInput: {
            /** @description Which kind it is. */
            readonly kind?: components["schemas"]["DemoCaller"];
            /** @description True where the agent takes the call. */
            readonly answered?: boolean;
        };
        /**
         * @description Who calls in a simulated call.
         * @enum {string}
         */
        readonly DemoCaller: "known" | "several" | "unknown" | "private";
        /** @description What the office asks of everybody at a desk. An administrator decides. */
        readonly DeskRules: {
            /** @description True where a call in which the agent talked can be closed only once it has an outcome. */
            readonly outcomeRequired: boolean;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /** @description The body of a request that replaces the desk's rules. */
        readonly DeskRulesInput: {
            /** @description True where a call that was talked is closed only with an outcome. */
            readonly outcomeRequired: boolean;
        };
        /** @description How soon cards were painted after their notification reached us. Times are in milliseconds. */
        readonly DeskSpeed: {
            /** @description How many cards were measured. */
            readonly count: number;
            /** @description Half of them were painted within this time. */
            readonly p50: number;
            /** @description So were nineteen of twenty. */
            readonly p95: number;
            /** @description How many took more than a second. */
            readonly overSecond: number;
            /** @description What those waited for the longest. By the operator were those late that it told us of more than three seconds after it had detected them, whatever they waited for here. */
            readonly late: components["schemas"]["LateCards"];
            /** @description The part by which most were late; null where none was. */
            readonly lateMost: components["schemas"]["LatePart"] | null;
        };
        /** @description How fast the screens of a day were. */
        readonly DeskSpeedDay: {
            /**
             * Format: date
             * @description The day on which they told it.
             */
            readonly date: string;
            /** @description Of all agents together. */
            readonly speed: components["schemas"]["DeskSpeed"];
        };
        /** @description How fast an agent's screens were on a day. */
        readonly DeskSpeedRow: {
            /**
             * Format: date
             * @description A day of the account.
             */
            readonly date: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description The agent's name. */
            readonly agentName: string;
            /** @description How soon cards were on the screen. */
            readonly speed: components["schemas"]["DeskSpeed"];
        };
        /** @description How fast the screens were. */
        readonly DeskSpeedView: {
            /** @description By day and agent; only where cards were measured. */
            readonly items: readonly components["schemas"]["DeskSpeedRow"][];
            /** @description The days with measured cards, the earliest first. */
            readonly days: readonly components["schemas"]["DeskSpeedDay"][];
            /**
             * Format: date
             * @description The first day.
             */
            readonly from: string;
            /**
             * Format: date
             * @description The last day.
             */
            readonly to: string;
        };
        /** @description What a click on a number would lead to. */
        readonly DialCheckView: {
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description False if no call would be made. */
            readonly allowed: boolean;
            /** @description What the agent should know before the press; null where there is nothing to say. */
            readonly message?: string;
        };
        /** @description A time span (the end is exclusive) on these days of the week (0 is Sunday); without days, on all days. */
        readonly DialHours: {
            /** @description The beginning. */
            readonly from: string;
            /** @description The end. */
            readonly to: string;
            /** @description Days of the week, 0 is Sunday; all where there are none. */
            readonly days?: readonly number[];
        };
        /** @description Times of day as `07:00`; days of the week from 0 (Sunday) to 6. If `days` is missing, they are all days; an empty list is refused. */
        readonly DialHoursInput: {
            /** @description The beginning. */
            readonly from: string;
            /** @description The end. */
            readonly to: string;
            /** @description Days of the week, 0 is Sunday; all where there are none. */
            readonly days?: readonly number[];
        };
        /**
         * @description Who is called first: by default the agent.
         * @enum {string}
         */
        readonly DialOrder: "agentFirst" | "contactFirst";
        /**
         * @description Why a click led to no call, or to no certain one.
         * @enum {string}
         */
        readonly DialProblem: "operatorRefused" | "phoneBusy" | "notAuthorized" | "notReached" | "noAnswer" | "notSent" | "contactGuard" | "campaign";
        /** @description Limits which numbers a click may dial, and how often: against toll fraud, and against a program that dials in a loop. An administrator edits them. */
        readonly DialRules: {
            /** @description False stops all click-to-dial at once. */
            readonly enabled: boolean;
            /** @description The prefixes of numbers that may be dialled, in E.164: `+506`. If empty, all may. */
            readonly allowedPrefixes: readonly string[];
            /** @description The prefixes of numbers that may not be dialled: `+506900`. They override the allowed ones. */
            readonly deniedPrefixes: readonly string[];
            /** @description The most dials of one agent in a clock hour; null for no limit. The next three limits are alike. */
            readonly perAgentHour?: number;
            /** @description The most clicks of an agent in a day; missing for no limit. */
            readonly perAgentDay?: number;
            /** @description The most clicks of all agents in an hour; missing for no limit. */
            readonly totalHour?: number;
            /** @description The most clicks of all agents in a day; missing for no limit. */
            readonly totalDay?: number;
            /** @description When dialling is allowed, in the account's zone; null for always. */
            readonly hours?: components["schemas"]["DialHours"];
            /**
             * Format: date-time
             * @description When they were changed last; null where nobody has, and in what earlier releases stored.
             */
            readonly changedAt?: string;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /** @description The body of a request that replaces the rules. A limit that is missing or null means no limit. */
        readonly DialRulesInput: {
            /** @description False stops all click-to-dial. If it is missing or null it stays as it is: rules that are sent without it don't begin again what an administrator has stopped. */
            readonly enabled?: boolean;
            /** @description What a number may begin with, in E.164; any where the list is empty. */
            readonly allowedPrefixes: readonly string[];
            /** @description What a number must not begin with, in E.164; the list may be empty. */
            readonly deniedPrefixes: readonly string[];
            /** @description The most clicks of an agent in an hour; missing for no limit. */
            readonly perAgentHour?: number;
            /** @description The most clicks of an agent in a day; missing for no limit. */
            readonly perAgentDay?: number;
            /** @description The most clicks of all agents in an hour; missing for no limit. */
            readonly totalHour?: number;
            /** @description The most clicks of all agents in a day; missing for no limit. */
            readonly totalDay?: number;
            /** @description When it may be done; always where it is missing. */
            readonly hours?: components["schemas"]["DialHoursInput"];
        };
        /**
         * @description The state of a click. The first four states are the dial's, the others are the call's.
         * @enum {string}
         */
        readonly DialState: "placing" | "placed" | "refused" | "unknown" | "ringing" | "answered" | "ended";
        /** @description The body of a try-out of the dial rules. */
        readonly DialTryInput: {
            /** @description As an agent would write it. */
            readonly number: string;
            /** @description The phone that would dial; by default one of the first account. */
            readonly endpointId?: string;
            /** @description Rules that are not stored yet; by default those that are. */
            readonly rules?: components["schemas"]["DialRulesInput"];
        };
        /** @description What the dial rules say of a number. */
        readonly DialTryView: {
            /** @description False where no call would be made. */
            readonly allowed: boolean;
            /** @description The number as it is read; null where it is none. */
            readonly number?: components["schemas"]["NumberView"];
            /** @description What the operator would be asked for; null where nothing would be. */
            readonly as?: string;
            /** @description Why it would not be dialled, or what is to be known of it. */
            readonly reason?: string;
        };
        /** @description A dial as the API shows it. */
        readonly DialView: {
            /** @description The dial's id. */
            readonly dialId: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["DialState"];
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description The endpoint's id at the operator. */
            readonly endpointId: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The campaign that it is a dial of; null for a click of the agent's own. */
            readonly campaignId?: string;
            /** @description Whose phone rings first. */
            readonly order: components["schemas"]["DialOrder"];
            /**
             * Format: date-time
             * @description When the agent pressed.
             */
            readonly requestedAt: string;
            /** @description The id of the dial's call, once its events have arrived. */
            readonly callId?: string;
            /** @description The operator's account: its user name. */
            readonly account?: string;
            /** @description Why there is no call, or no certain one. */
            readonly problem?: components["schemas"]["DialProblem"];
            /** @description The problem in a sentence for the agent. */
            readonly message?: string;
            /** @description The operator's answer, as it came. */
            readonly answer?: components["schemas"]["OperatorAnswer"];
        };
        /** @description The disk that the data is on, in bytes. */
        readonly DiskStatus: {
            /** @description The room that is left. */
            readonly freeBytes: number;
            /** @description The size of the disk. */
            readonly totalBytes: number;
            /** @description The size of the database. */
            readonly databaseBytes?: number;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description The calls to take off the lists, at most 100. */
        readonly DismissInput: {
            /** @description The calls to be taken off the lists. */
            readonly calls: readonly components["schemas"]["DismissedCall"][];
        };
        /** @description A call by its id; of several accounts with this id the newest where the account is left out. */
        readonly DismissedCall: {
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account?: string;
        };
        /** @description Those that are off the lists now, each as it stands then. */
        readonly DismissedCalls: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["CallView"][];
        };
        /** @description Those of the numbers that were asked for that must not be called. */
        readonly DoNotCallCheck: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["DoNotCallView"][];
        };
        /** @description The body of a request that puts a number on the list. */
        readonly DoNotCallInput: {
            /** @description The number, as people write it. */
            readonly number: string;
            /** @description Why, in 300 characters at most. */
            readonly reason: string;
        };
        /**
         * @description Who put a number on the list.
         * @enum {string}
         */
        readonly DoNotCallSource: "person" | "outcome";
        /** @description A number that must not be called. */
        readonly DoNotCallView: {
            /** @description In E.164. */
            readonly number: string;
            /** @description As people of the home country read it. */
            readonly display: string;
            /** @description Why; null once the person's data were erased. */
            readonly reason?: string;
            /**
             * Format: date-time
             * @description Since when it is on the list.
             */
            readonly addedAt: string;
            /** @description The id of the agent who put it there. */
            readonly addedBy: string;
            /** @description The agent's name; null for one who is there no more. */
            readonly addedByName?: string;
            /** @description Whether a person put it there, or a call's outcome. */
            readonly source: components["schemas"]["DoNotCallSource"];
            /** @description The call whose outcome it is. */
            readonly callId?: string;
            /** @description The call's account. */
            readonly account?: string;
            /** @description The contact that the call was with. */
            readonly contactId?: string;
            /**
             * Format: date-time
             * @description When the person's data were erased: the number alone was kept.
             */
            readonly erasedAt?: string;
        };
        /** @description A contact who is perhaps the one that is being written down. */
        readonly Duplicate: {
            /** @description The contact's id. */
            readonly contactId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description Telephone numbers as they were typed, the main one first. */
            readonly numbers: readonly string[];
            /** @description Telephone numbers as they are understood. */
            readonly phones: readonly components["schemas"]["ContactPhone"][];
            /** @description An identity document, as it was typed. */
            readonly document?: string;
            /** @description An address of electronic mail. */
            readonly email?: string;
            /** @description The business's own fields, by their keys. */
            readonly fields?: {
                readonly [key: string]: string;
            };
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
            /** @description What they have in common, the surest first. */
            readonly by: readonly components["schemas"]["DuplicateReason"][];
        };
        /**
         * @description By what a contact is the one of a row.
         * @enum {string}
         */
        readonly DuplicateKey: "number" | "document" | "both";
        /** @description Who a contact that is being written down may be already. */
        readonly DuplicateList: {
            /** @description The contacts, the surest first. */
            readonly items: readonly components["schemas"]["Duplicate"][];
            /** @description Null: there is one page. */
            readonly next: string | null;
            /** @description What the number that was asked for is read as, so that a form can tell. */
            readonly phones: readonly components["schemas"]["ContactPhone"][];
        };
        /**
         * @description What two contacts have in common, the surest first.
         * @enum {string}
         */
        readonly DuplicateReason: "document" | "phone" | "name";
        /**
         * @description What becomes of a row whose contact is there already.
         * @enum {string}
         */
        readonly DuplicateRule: "skip" | "merge" | "replace";
        /** @description The body of a request that replaces the origins. */
        readonly EmbedOriginsInput: {
            /** @description The origins whose pages may use tokens, such as `https://crm.example.com`. */
            readonly origins: readonly string[];
        };
        /** @description The origins as the API shows them. */
        readonly EmbedOriginsView: {
            /** @description The origins whose pages may use tokens, such as `https://crm.example.com`. */
            readonly origins: readonly string[];
            /** @description Those that the deployment lacks: browsers get no answer there until its parameter `crmOrigins` has them too. */
            readonly missing: readonly string[];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description A token that was made. */
        readonly EmbedTokenCreated: {
            /** @description The token's id, to revoke it. */
            readonly tokenId: string;
            /** @description The token itself, for the header `X-CallMyWay-Token`. */
            readonly token: string;
            /**
             * Format: date-time
             * @description Until when it is valid.
             */
            readonly expiresAt: string;
        };
        /** @description The body of a request for a token. */
        readonly EmbedTokenInput: {
            /** @description The agent who is to work with it. */
            readonly agentId: string;
        };
        /**
         * @description How an endpoint is.
         * @enum {string}
         */
        readonly EndpointState: "active" | "failing" | "paused" | "off";
        /**
         * @description How it stands with a person of a campaign.
         * @enum {string}
         */
        readonly EntryState: "waiting" | "held" | "offered" | "dialling" | "unknown" | "done" | "exhausted" | "refused";
        /** @description The protocol of an erasure, and how far it is. It holds nothing of the person. */
        readonly ErasureView: {
            /** @description The erasure's id. */
            readonly erasureId: string;
            /** @description What the office calls the person's request. */
            readonly reference: string;
            /** @description As of a backfill; `done` where nothing is left. */
            readonly state: components["schemas"]["JobState"];
            /** @description The contact, as long as it is not done: who asks for its erasure again goes on with this one. */
            readonly contactId?: string;
            /** @description Who asked for it: the agent's id. */
            readonly askedBy: string;
            /** @description Null where the administrator is gone, and nobody knows the name any more. */
            readonly askedByName?: string;
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            readonly askedAt: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description What was erased, by kind: `calls`, `contacts`, `poison`, and rows by the name of their table. */
            readonly counts: {
                readonly [key: string]: number;
            };
            /** @description Why it failed, or does not get on just now, in the caller's language. */
            readonly error?: string;
        };
        /** @description A new endpoint, with its secret: the only time that it is shown. */
        readonly EventEndpointCreated: {
            /** @description The endpoint's id. */
            readonly endpointId: string;
            /** @description The secret that signs: it is shown this once. */
            readonly secret: string;
            /** @description The endpoint as it is now. */
            readonly endpoint: components["schemas"]["EventEndpointView"];
        };
        /** @description The body of a request that creates or changes an endpoint. */
        readonly EventEndpointInput: {
            /** @description An address of the public internet, with https. */
            readonly url: string;
            /** @description Of EventTypes, one at least. */
            readonly events: readonly string[];
            /** @description What administrators call it, 100 characters at most. */
            readonly description?: string;
            /** @description False to send nothing. Where it is missing it stays as it is; it is true for a new endpoint. */
            readonly enabled?: boolean;
        };
        /** @description An endpoint as the API shows it: without its secret. */
        readonly EventEndpointView: {
            /** @description The endpoint's id. */
            readonly endpointId: string;
            /** @description An address. */
            readonly url: string;
            /** @description The events that it is told of. */
            readonly events: readonly string[];
            /** @description What people call it. */
            readonly description?: string;
            /** @description False where it is switched off. */
            readonly enabled: boolean;
            /** @description How far it is. */
            readonly state: components["schemas"]["EndpointState"];
            /**
             * Format: date-time
             * @description Since when it fails or is paused; null where it does neither.
             */
            readonly since?: string;
            /** @description Why it fails or is paused, in the caller's language; null where it does neither. */
            readonly why?: string;
            /** @description How many deliveries wait for their next try, at most 1000; only in the list. */
            readonly waiting?: number;
            /**
             * Format: date-time
             * @description Until when the secret before signs beside the new one; null where there is one alone.
             */
            readonly previousSecretUntil?: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description The body of a request for a replay: one delivery, or those of a span. */
        readonly EventReplayInput: {
            /** @description The delivery; without a span. */
            readonly deliveryId?: string;
            /** @description From then on: what happened earlier is not sent. */
            readonly from?: string;
            /** @description Before then; a bare date is the span's last day. */
            readonly to?: string;
            /** @description Of these alone; all where it is missing. */
            readonly state?: components["schemas"]["DeliveryState"];
        };
        /** @description A replay that has begun. */
        readonly EventReplayStarted: {
            /** @description The job that sends those of a span; null for a single delivery, which is sent at once. */
            readonly replayId?: string;
        };
        /** @description A new secret of an endpoint, which is shown this once. */
        readonly EventSecret: {
            /** @description It signs from now on. */
            readonly secret: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs beside it.
             */
            readonly previousSecretUntil: string;
        };
        /** @description What came of a test. */
        readonly EventTestResult: {
            /** @description True where the receiver has taken it. */
            readonly delivered: boolean;
            /** @description What it answered. */
            readonly try: components["schemas"]["DeliveryTryView"];
            /** @description What was sent. */
            readonly request: components["schemas"]["DeliveryRequest"];
            /** @description How the endpoint is now: one that was paused goes on where it has taken the test. */
            readonly endpoint: components["schemas"]["EventEndpointView"];
        };
        /** @description Another application that is told of events. */
        readonly EventsStatus: {
            /** @description The id of the endpoint of events. */
            readonly endpointId: string;
            /** @description What administrators call it, else the host of its address. */
            readonly name: string;
            /**
             * Format: date-time
             * @description Since when it takes nothing, or gets nothing; null where all is well.
             */
            readonly since?: string;
            /** @description What went wrong last, in plain words; null where all is well. */
            readonly lastError?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description Several contacts of another application. */
        readonly ExternalContactBatch: {
            /** @description 500 at most. One that is named twice is done in their order. */
            readonly contacts: readonly components["schemas"]["ExternalContactInput"][];
        };
        /** @description A contact as the application that keeps it sends it. */
        readonly ExternalContactInput: {
            /** @description The application, by which its ids are told from others': 1 to 32 letters, digits or dashes. */
            readonly source?: string;
            /** @description The contact's id there, 200 characters at most. Not needed where the address has it. */
            readonly id?: string;
            /** @description True where the contact is there no more; then nothing else is needed. */
            readonly deleted?: boolean;
            /** @description The name. */
            readonly name?: string;
            /** @description Telephone numbers, as people write them. */
            readonly numbers?: readonly string[];
            /** @description The page that shows the contact there, with https. */
            readonly link?: string;
            /** @description An identity document. */
            readonly document?: string;
            /** @description An address of electronic mail. */
            readonly email?: string;
            /** @description Other fields, by the keys of the contact fields. */
            readonly fields?: {
                readonly [key: string]: string;
            };
        };
        /** @description Where another application keeps a contact. */
        readonly ExternalRef: {
            /** @description The application's name, such as `crm`. */
            readonly source: string;
            /** @description The contact's id there. */
            readonly id: string;
            /** @description The page that shows it there; null for none. */
            readonly link?: string;
        };
        /**
         * @description A step from an empty installation to the first call on a screen, in the order of the list.
         * @enum {string}
         */
        readonly FirstStep: "account" | "webhook" | "people" | "phones" | "contacts" | "call";
        /**
         * @description How far a step is.
         * @enum {string}
         */
        readonly FirstStepState: "open" | "done" | "skipped";
        /** @description A step and how far it is. */
        readonly FirstStepView: {
            /** @description The step's code. */
            readonly step: components["schemas"]["FirstStep"];
            /** @description How far it is. */
            readonly state: components["schemas"]["FirstStepState"];
        };
        /** @description What an administrator decides of the list; what is missing stays. */
        readonly FirstStepsInput: {
            /** @description Whether it is no more where an administrator lands. */
            readonly hidden?: boolean;
            /** @description The steps that the office does without. */
            readonly skipped?: readonly string[];
        };
        /** @description The list from an empty installation to the first call on a screen. */
        readonly FirstStepsView: {
            /** @description True where an administrator does not land on it any more. */
            readonly hidden: boolean;
            /** @description True where no step is open. */
            readonly done: boolean;
            /** @description The steps, in order. */
            readonly steps: readonly components["schemas"]["FirstStepView"][];
        };
        /** @description A task after a call, noted by an agent. */
        readonly FollowUp: {
            /** @description Its id. */
            readonly id?: string;
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["NextActionKind"];
            /** @description The follow-up's id. */
            readonly followUpId: string;
            /** @description What somebody has written. */
            readonly note?: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description Set only in a contact's list, where other agents' items appear too. It is not stored in the record. */
            readonly agentName?: string;
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /**
             * Format: date-time
             * @description When it is due.
             */
            readonly dueAt: string;
            /**
             * Format: date-time
             * @description When an agent said what became of it; null while it is open.
             */
            readonly doneAt?: string;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /** @description What to do later, in a request. */
        readonly FollowUpInput: {
            /** @description When, by ISO 8601. A bare date means by the end of that day. */
            readonly dueAt?: string;
            /** @description What, of at most 500 characters. */
            readonly note?: string;
        };
        /** @description What to do later, and when. */
        readonly FollowUpNote: {
            /**
             * Format: date-time
             * @description When it is due.
             */
            readonly dueAt?: string;
            /** @description What somebody has written. */
            readonly note?: string;
        };
        /** @description The body of a request that replaces the rules. A limit that is missing or null means no limit. */
        readonly GuardInput: {
            /** @description When people may be called; null for all hours, an empty list for none. */
            readonly hours?: readonly components["schemas"]["CallingHoursInput"][];
            /** @description If missing, the holidays are observed. */
            readonly holidays?: components["schemas"]["HolidaysInput"];
            /** @description The most calls to a person on a day. */
            readonly perDay?: number;
            /** @description The most calls to a person in seven times 24 hours. */
            readonly perWeek?: number;
            /** @description The least number of minutes between two calls to a person. */
            readonly gapMinutes?: number;
        };
        /** @description The rules with the holidays that they lead to. */
        readonly GuardView: {
            /** @description When people may be called; at all hours where it is missing. */
            readonly hours?: readonly components["schemas"]["CallingHours"][];
            /** @description What is done on public holidays. */
            readonly holidays: components["schemas"]["HolidayRules"];
            /** @description The most calls to a person in a day; missing for no limit. */
            readonly perDay?: number;
            /** @description The most calls to a person in a week; missing for no limit. */
            readonly perWeek?: number;
            /** @description The least time between two calls to a person; missing for none. */
            readonly gapMinutes?: number;
            /** @description The holidays of this year and the next, in their order. */
            readonly upcoming: readonly components["schemas"]["UpcomingHoliday"][];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description The body of a request to hand over: the agent who gets it all. */
        readonly HandOverInput: {
            /** @description Who gets it all: the agent's id. */
            readonly to: string;
        };
        /** @description A hand-over, and what it has moved so far. */
        readonly HandOverView: {
            /** @description The hand-over's id. */
            readonly handOverId: string;
            /** @description Whose everything was. */
            readonly agentId: string;
            /** @description Who gets it. */
            readonly to: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["JobState"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description Who created it: the agent's id. */
            readonly createdBy?: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description How many phones. */
            readonly phones: number;
            /** @description How many follow-ups. */
            readonly followUps: number;
            /** @description How many promises. */
            readonly promises: number;
            /** @description How many calls. */
            readonly calls: number;
            /** @description Why it failed, or what it waits for. */
            readonly error?: string;
        };
        /**
         * @description What put it right.
         * @enum {string}
         */
        readonly HealedBy: "record" | "pull";
        /** @description `ok` or `down`. */
        readonly Health: {
            /** @description `ok`, or `down`. */
            readonly status: string;
            /**
             * @description Where it is down: `storageRefuses`, or `storageSilent` where the storage gives no answer. The log says more.
             * @default null
             */
            readonly reason?: string;
        };
        /** @description Something of a call's history. Which fields there are depends on the kind. */
        readonly HistoryEntry: {
            /** @description What it is. */
            readonly kind: components["schemas"]["HistoryKind"];
            /**
             * Format: date-time
             * @description When we heard of it, or when it was done.
             */
            readonly at: string;
            /** @description Of a notification: `callStart`, `callEnd`, or `live` from the list of live calls. */
            readonly event?: string;
            /** @description The operator's call id; of a dialled call that of one leg. */
            readonly callId?: string;
            /** @description The account's id as the operator told it. */
            readonly accountId?: string;
            /** @description The endpoint's id at the operator. */
            readonly endpointId?: string;
            /** @description The number that calls, as the operator told it. */
            readonly ani?: string;
            /** @description The number that is called, as the operator told it. */
            readonly dnis?: string;
            /** @description `in`, `out` or `internal`, as the operator told it. */
            readonly type?: components["schemas"]["CallDirection"];
            /**
             * Format: date-time
             * @description When the operator noticed the call.
             */
            readonly detectedAt?: string;
            /**
             * Format: date-time
             * @description When the call was answered.
             */
            readonly connectedAt?: string;
            /**
             * Format: date-time
             * @description When it was hung up, as the operator told it.
             */
            readonly disconnectedAt?: string;
            /** @description In seconds, as it was told. */
            readonly duration?: number;
            /** @description In the account's currency, as it was told. */
            readonly cost?: number;
            /** @description True where the operator's times can't be: the call has ours. */
            readonly isOurTime?: boolean;
            /** @description True for a notification of which an earlier release kept no more than that it came. */
            readonly isSummed?: boolean;
            /** @description Whose phone it came to, or who did it. */
            readonly agentId?: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /** @description Of a routed call: why it came to this agent, in the caller's language. */
            readonly why?: string;
            /** @description The other party's number, by which contacts were looked for. */
            readonly number?: components["schemas"]["NumberView"];
            /** @description How sure it is who calls. */
            readonly match?: components["schemas"]["MatchKind"];
            /** @description Who it may have been, the likeliest first, each with the reason of then. */
            readonly candidates?: readonly components["schemas"]["Candidate"][];
            /** @description The reason of the likeliest. */
            readonly reason?: components["schemas"]["MatchReason"];
            /** @description From our receipt of the notification until the card was painted. */
            readonly milliseconds?: number;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description True where a supervisor took it off everybody's lists. */
            readonly forAll?: boolean;
            /** @description The code of an outcome. */
            readonly outcome?: string;
            /** @description What the agent has written. */
            readonly notes?: string;
            /** @description Of a wrap-up; the first is 1. */
            readonly version?: number;
            /** @description True for a version that was taken back. */
            readonly undone?: boolean;
            /** @description Of a promise: what became of it. */
            readonly state?: components["schemas"]["PromiseState"];
            /** @description Of a promise: what was paid, in Currency. */
            readonly amount?: number;
            /** @description By ISO 4217. */
            readonly currency?: string;
            /** @description The dial's id. */
            readonly dialId?: string;
            /** @description The record's id. */
            readonly recordId?: string;
            /** @description True for a record that corrects an earlier one. */
            readonly corrected?: boolean;
            /**
             * Format: date
             * @description The day that was reconciled, in the account's zone.
             */
            readonly date?: string;
            /** @description What was odd about the call; `matched` where nothing was. */
            readonly mismatch?: string;
            /** @description What differed between notifications and record. */
            readonly fields?: readonly string[];
            /** @description What closed the gap: a record that came later, or a pull of the day. */
            readonly healedBy?: components["schemas"]["HealedBy"];
        };
        /**
         * @description What an entry of a call's history is.
         * @enum {string}
         */
        readonly HistoryKind: "notification" | "routed" | "matched" | "shown" | "acknowledged" | "contactChosen" | "ignored" | "dismissed" | "outcome" | "wrapUp" | "promise" | "dialled" | "noted" | "returned" | "record" | "reconciled";
        /** @description On which holidays nobody is called. They are those of Costa Rica, for its numbers. */
        readonly HolidayRules: {
            /** @description False to call on the computed holidays as on other days. */
            readonly observed: boolean;
            /** @description Further days, such as the office's own. */
            readonly added: readonly components["schemas"]["AddedHoliday"][];
            /** @description Computed holidays on which people are called all the same. */
            readonly worked: readonly string[];
        };
        /** @description On which holidays nobody is called. */
        readonly HolidaysInput: {
            /** @description False to call on holidays as on other days. */
            readonly observed?: boolean;
            /** @description Further days. */
            readonly added?: readonly components["schemas"]["AddedHolidayInput"][];
            /** @description Computed holidays on which people are called all the same, as `2026-08-15`. */
            readonly worked?: readonly string[];
        };
        /**
         * @description What goes on by itself.
         * @enum {string}
         */
        readonly HomologationWork: "waiting" | "requesting" | "dialling";
        /** @description What a page needs to know about the host before anyone is signed in. */
        readonly HostView: {
            /** @description Whether the data is the demo's. */
            readonly demo: boolean;
            /** @description How to sign in: `password` or `entra`. */
            readonly signIn: string;
            /** @description True if there is no account yet, and the set-up link can be used. */
            readonly setUp: boolean;
            /** @description How many days one export of calls may cover, where the host ends a request that takes long; null where any. */
            readonly exportDays?: number;
        };
        /** @description A column of the file. */
        readonly ImportColumn: {
            /** @description What its header says; of a file without a header a name of ours. */
            readonly name: string;
            /** @description The field that it fills (ImportField); null where it is left out. */
            readonly field?: string;
        };
        /** @description What an import of a file would do. */
        readonly ImportPreview: {
            /** @description How the file's text is encoded. */
            readonly encoding: string;
            /** @description What stands between two columns: `;`, `,`, or a tab. */
            readonly separator: string;
            /** @description False where the first row is a contact already; the columns are numbered then. */
            readonly hasHeader: boolean;
            /** @description The file's columns, in order. */
            readonly columns: readonly components["schemas"]["ImportColumn"][];
            /** @description How many rows there are, without the header and blank ones; null where only a part was sent. */
            readonly rows?: number;
            /** @description The first rows, and what would become of each. */
            readonly sample: readonly components["schemas"]["PreviewRow"][];
            /** @description What is wrong with the columns, with the first rows, and with the form of any row. */
            readonly problems: readonly components["schemas"]["ImportProblem"][];
            /** @description The fields that a column can be mapped to, by their names for `mapping`. */
            readonly fields: readonly components["schemas"]["MappableField"][];
        };
        /** @description Something that is wrong. */
        readonly ImportProblem: {
            /** @description In which row; null for the whole file. */
            readonly row?: number;
            /** @description What is wrong, in a sentence. */
            readonly reason: string;
        };
        /** @description How an import is taken back. */
        readonly ImportUndo: {
            /** @description How far it is. */
            readonly state: components["schemas"]["JobState"];
            /** @description Contacts that are as before the import: removed, or with what they had. */
            readonly undone: number;
            /** @description Contacts that somebody has changed since: they stay as they are. */
            readonly kept: number;
            /** @description How much of the import has been gone over, from 0 to 1. */
            readonly progress: number;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description Why it failed. */
            readonly error?: string;
        };
        /**
         * @description What becomes of a row of an import.
         * @enum {string}
         */
        readonly ImportedRow: "added" | "changed" | "unchanged" | "refused";
        /** @description What one request checked. Next asks for the following rows; null at the end. */
        readonly IndexRepairPage: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["RepairedTable"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description The body of a request of the invitation's page. */
        readonly InviteInput: {
            /** @description The token of the invitation's link. */
            readonly token: string;
            /** @description The password. */
            readonly password?: string;
        };
        /** @description An invitation that was made: its link is shown this once. */
        readonly InviteView: {
            /** @description An address. */
            readonly url: string;
            /**
             * Format: date-time
             * @description Until when it is valid.
             */
            readonly expiresAt: string;
        };
        /** @description Who was invited, as the invitation's page greets them. */
        readonly InvitedView: {
            /** @description What people call it. */
            readonly name: string;
            /** @description The name that the agent signs in with. */
            readonly signInName: string;
            /**
             * Format: date-time
             * @description Until when it is valid.
             */
            readonly expiresAt: string;
        };
        /** @description The body of a request that enters the invoice's total; null takes it away. */
        readonly InvoiceInput: {
            /** @description What the operator's invoice says; null takes it away. */
            readonly invoiceTotal: number | null;
        };
        /** @description The total of the operator's invoice. */
        readonly InvoiceView: {
            /** @description The invoice's total. */
            readonly total: number;
            /**
             * Format: date-time
             * @description When it was entered.
             */
            readonly enteredAt: string;
            /** @description Who entered it: the agent's id. */
            readonly enteredBy: string;
        };
        /**
         * @description How a job stands.
         * @enum {string}
         */
        readonly JobState: "queued" | "running" | "done" | "cancelled" | "failed";
        readonly JsonObject: Record<string, unknown>;
        /**
         * @description What an API key may be used for.
         * @enum {string}
         */
        readonly KeyScope: "embed" | "contacts" | "calls" | "events" | "status";
        /** @description How many cards were late by each part. */
        readonly LateCards: {
            /** @description By the operator. */
            readonly operator: number;
            /** @description By the queue. */
            readonly queue: number;
            /** @description By the realtime channel. */
            readonly channel: number;
            /** @description By the browser. */
            readonly browser: number;
        };
        /**
         * @description What a card can have waited for.
         * @enum {string}
         */
        readonly LatePart: "operator" | "queue" | "channel" | "browser";
        /** @description When there was a call with a contact the last time. */
        readonly LatestCall: {
            /** @description The contact's id. */
            readonly contactId: string;
            /**
             * Format: date-time
             * @description When it began; null where there was none.
             */
            readonly at?: string;
        };
        /**
         * @description How the look-up is.
         * @enum {string}
         */
        readonly LookupCondition: "off" | "active" | "failing" | "paused";
        /** @description A contact as a CRM answers it. */
        readonly LookupContact: {
            /** @description The contact's id there, 200 characters at most. */
            readonly id?: string;
            /** @description The name. */
            readonly name?: string;
            /** @description Telephone numbers, as people write them; the one that was asked for is among them. */
            readonly numbers?: readonly string[];
            /** @description The page that shows the contact there, with https. */
            readonly link?: string;
            /** @description An identity document. */
            readonly document?: string;
            /** @description An address of electronic mail. */
            readonly email?: string;
            /** @description Other fields, by the keys of the contact fields. */
            readonly fields?: {
                readonly [key: string]: string;
            };
        };
        /**
         * @description Why a CRM has not told who calls.
         * @enum {string}
         */
        readonly LookupError: "timeout" | "unreachable" | "unknownHost" | "tls" | "privateAddress" | "redirect" | "status" | "tooLarge" | "notJson" | "tooManyContacts" | "wrongContact" | "otherNumber" | "overloaded" | "notStored";
        /** @description The last time that the CRM was of no use. */
        readonly LookupFailure: {
            /**
             * Format: date-time
             * @description When.
             */
            readonly at: string;
            /** @description Why. */
            readonly error: components["schemas"]["LookupError"];
            /** @description The status of its answer; null where there was none. */
            readonly status?: number;
            /** @description Where in the answer, such as `contacts[0].name`; null where that is not known. */
            readonly field?: string;
            /** @description The same in words, in the caller's language. */
            readonly why: string;
            /**
             * Format: date-time
             * @description Since when it has failed each time; null once it has answered again.
             */
            readonly since?: string;
            /**
             * Format: date-time
             * @description Until when it is not asked; null where it is.
             */
            readonly pausedUntil?: string;
        };
        /** @description The body of a request that changes where a CRM is asked. */
        readonly LookupInput: {
            /** @description An address of the public internet, with https. It may be missing where nothing is asked. */
            readonly url?: string;
            /** @description True to have each call's number asked for. Where it is missing it stays as it is; it is true the first time. */
            readonly enabled?: boolean;
            /** @description How long the whole of a request may take, 100 to 800; 800 where it is missing. */
            readonly timeoutMs?: number;
            /** @description The application's name, under which it may also push contacts: 1 to 32 letters, digits or dashes. Where it is missing it stays as it is; it is `lookup` the first time. Contacts are known again by it: under another name each one that the CRM answers is a second contact. */
            readonly source?: string;
        };
        /** @description The last value of an answer that was left out, as the contacts' own field can't hold it. */
        readonly LookupLeftOutView: {
            /**
             * Format: date-time
             * @description When. While the same field goes on like this, it is told again once an hour.
             */
            readonly at: string;
            /** @description The key of the field. */
            readonly field: string;
            /** @description What the field expects, in the caller's language. */
            readonly why: string;
        };
        /** @description What was sent: by POST, with the body as it was signed. */
        readonly LookupRequest: {
            /** @description An address. */
            readonly url: string;
            /** @description The body as it is sent. */
            readonly body: string;
        };
        /** @description A new secret of the look-up, which is shown this once. */
        readonly LookupSecret: {
            /** @description It signs from now on. */
            readonly secret: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs beside it; null where there was none.
             */
            readonly previousSecretUntil?: string;
        };
        /** @description The CRM that is asked at each call who calls. */
        readonly LookupStatus: {
            /** @description False where none is asked. */
            readonly enabled: boolean;
            /**
             * Format: date-time
             * @description Since when it has been of no use; null where all is well.
             */
            readonly since?: string;
            /** @description What went wrong last, in plain words; null where all is well. */
            readonly lastError?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description The body of a request that tests the look-up. */
        readonly LookupTestInput: {
            /** @description Whom to ask for, in any spelling. */
            readonly number: string;
        };
        /** @description What came of a test. Nothing of it is stored. */
        readonly LookupTestResult: {
            /** @description True where the CRM has answered as it should. */
            readonly answered: boolean;
            /** @description How long it took. */
            readonly milliseconds: number;
            /** @description The status of the answer; null where there was none. */
            readonly status?: number;
            /** @description Why it was of no use; null where it was. */
            readonly error?: components["schemas"]["LookupError"];
            /** @description The same in words, in the caller's language. */
            readonly why?: string;
            /** @description Whom the agents would see; none where nobody has the number. */
            readonly contacts: readonly components["schemas"]["LookupContact"][];
            /** @description What the first field that can't hold its value expects, in words; null where all can. */
            readonly leftOut?: string;
            /** @description The beginning of the answer as it came, 1 KB at most; null where there was none. */
            readonly answer?: string;
            /** @description What was sent. */
            readonly request: components["schemas"]["LookupRequest"];
            /** @description How the look-up is now. */
            readonly lookup: components["schemas"]["LookupView"];
        };
        /** @description The look-up as the API shows it. */
        readonly LookupView: {
            /** @description Null where none was entered. */
            readonly url?: string;
            /** @description False where it is switched off. */
            readonly enabled: boolean;
            /** @description How long the whole of a request may take, in milliseconds. */
            readonly timeoutMs: number;
            /** @description The application's name: its contacts are those that it pushes under the same name. */
            readonly source: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["LookupCondition"];
            /** @description The last time that the CRM was of no use; null where it always was. */
            readonly lastFailure?: components["schemas"]["LookupFailure"];
            /** @description The last value of an answer that was left out; null where each was taken. */
            readonly lastLeftOut?: components["schemas"]["LookupLeftOutView"];
            /** @description What signatures are made with. It is shown once: in the answer to the request that entered the first address. */
            readonly secret?: string;
            /**
             * Format: date-time
             * @description Until when the secret before signs beside the new one; null where there is one alone.
             */
            readonly previousSecretUntil?: string;
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description A field that a column can be mapped to. */
        readonly MappableField: {
            /** @description Its name for `mapping`. */
            readonly field: string;
            /** @description What it is called; null for a field of every contact. */
            readonly label?: string;
        };
        /** @description Which agent a phone of the operator belongs to: the table that the operator's document asks for, kept by an administrator. */
        readonly Mapping: {
            /** @description The operator's id of the phone, as its notifications bring it in `endpoint_id`. */
            readonly endpointId: string;
            /** @description The account (username) that is charged for what the phone dials. */
            readonly account: string;
            /** @description Whose phone it is; of a shared one, whenever it is in none of the Shifts. */
            readonly agentId: string;
            /** @description When a shared phone is whose instead; null where it is of one agent. No two of them are at the same time. */
            readonly shifts?: readonly components["schemas"]["Shift"][];
            /** @description The CallMyWay username or number that goes out as `first_num` and comes in as ani, dnis, ani_user or dnis_user. */
            readonly phone: string;
            /** @description What the agent reads when choosing among several. */
            readonly label: string | null;
            /** @description The caller id that the contact sees, as the operator assigned it. */
            readonly callerId: string | null;
            /** @description True where the contact sees no caller id. */
            readonly private: boolean;
            /** @description True for the phone that is used if the agent chooses none. */
            readonly primary: boolean;
            /** @description The endpoints of other mappings with the same Phone: a call that names only that rings at all of them. Null for none, and where nobody looked. It is not stored in the record. */
            readonly sharesPhoneWith?: readonly string[];
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /** @description A field that changes, as it stands in a cell. */
        readonly MappingImportChange: {
            /** @description The name of its column, in the caller's language. */
            readonly field: string;
            /** @description The value that was there. */
            readonly before: string;
            /** @description The value of the file. */
            readonly after: string;
        };
        /** @description A row of an import. */
        readonly MappingImportRow: {
            /** @description Its line in the file, from 1. */
            readonly line: number;
            /** @description The endpoint that it names; empty where it names none. */
            readonly endpointId: string;
            /** @description What becomes of it. */
            readonly action: components["schemas"]["ImportedRow"];
            /** @description What changes, field by field; nothing for a new mapping. */
            readonly changes: readonly components["schemas"]["MappingImportChange"][];
            /** @description Why it is refused, in the caller's language. */
            readonly errors: readonly string[];
        };
        /** @description What an import of mappings does, or has done. */
        readonly MappingImportView: {
            /** @description How many mappings are new. */
            readonly added: number;
            /** @description How many say something else than before. */
            readonly changed: number;
            /** @description How many say the same. */
            readonly unchanged: number;
            /** @description How many rows change nothing, as something is wrong with them. */
            readonly refused: number;
            /** @description All rows, in the order of the file. */
            readonly rows: readonly components["schemas"]["MappingImportRow"][];
            /** @description The version of all mappings that a preview is of. */
            readonly etag?: string;
        };
        /** @description The body of a request that creates or changes a mapping. Account is by default the one that the mapping has, and that of a new one the first account of the settings; Phone is the endpoint's id. */
        readonly MappingInput: {
            /** @description The endpoint's id at the operator. */
            readonly endpointId?: string;
            /** @description The operator's account: its user name. */
            readonly account?: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description The user name or number that the operator dials. */
            readonly phone?: string;
            /** @description What people read. */
            readonly label?: string;
            /** @description The number that the called party sees. */
            readonly callerId?: string;
            /** @description True where the called person sees no number. */
            readonly private?: boolean;
            /** @description True for the phone that calls where none is named. */
            readonly primary?: boolean;
            /** @description When a shared phone is whose instead of AgentId's. */
            readonly shifts?: readonly components["schemas"]["ShiftInput"][];
        };
        /** @description A mapping that was saved or deleted, and how far earlier calls are tied to its agent. */
        readonly MappingTieView: {
            /** @description The tie's id. */
            readonly tieId: string;
            /** @description The mapping's; null where several were imported. */
            readonly endpointId?: string;
            /** @description Its agent; null where several were imported, or where it was deleted. */
            readonly agentId?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["JobState"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description Who saved the mapping. */
            readonly createdBy?: string;
            /**
             * Format: date-time
             * @description Back to when all calls were looked at; null before the first.
             */
            readonly reachedAt?: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description How many calls without an agent were looked at. */
            readonly calls: number;
            /** @description How many of them have agents now. */
            readonly tied: number;
            /** @description Why it failed, or why its latest try did. */
            readonly error?: string;
        };
        /**
         * @description How the contact of a call was found.
         * @enum {string}
         */
        readonly MatchKind: "none" | "one" | "many" | "private" | "dialled";
        /**
         * @description Why a contact is a candidate, the strongest reason first.
         * @enum {string}
         */
        readonly MatchReason: "dialled" | "chosen" | "chosenBefore" | "mainNumber" | "otherNumber" | "nationalNumber" | "lastDigits";
        /** @description Whoever is signed in: what a screen needs to know of them. */
        readonly Me: {
            /** @description The agent's id. */
            readonly id: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description What the agent may do: `agent`, `supervisor`, `admin`. */
            readonly roles: readonly components["schemas"]["Role"][];
            /** @description The agent's phones. */
            readonly endpoints: readonly components["schemas"]["MyEndpoint"][];
            /** @description `es` or `en`. */
            readonly language: string;
            /** @description The account's (IANA), in which times are shown. */
            readonly timeZone: string;
            /** @description Those that charges and promises may be in, the account's first. */
            readonly currencies: readonly string[];
            /** @description The contacts' own fields that a call shows, in order. */
            readonly contactFields: readonly components["schemas"]["ContactFieldView"][];
            /** @description True where a call that was talked is closed only with an outcome. */
            readonly outcomeRequired: boolean;
            /** @description Whether they have paused. */
            readonly presence: components["schemas"]["PresenceView"];
            /** @description What `GET /api/host` says, to spare that request. */
            readonly host: components["schemas"]["HostView"];
            /** @description True where an administrator lands on the first steps; else null. */
            readonly firstSteps?: boolean;
        };
        /**
         * @description How far a merge is.
         * @enum {string}
         */
        readonly MergeState: "merged" | "unfinished";
        /** @description What an undo came to. */
        readonly MergeUndone: {
            /** @description The merge's id. */
            readonly mergeId: string;
            /** @description The contact that had stayed; null if it was deleted. */
            readonly contactId?: string;
            /** @description The one that is a contact of its own again. */
            readonly mergedId: string;
            /**
             * Format: date-time
             * @description When it was undone.
             */
            readonly undoneAt: string;
            /** @description The fields of the former that somebody has changed since, named as in errors: they stay as they are. */
            readonly notTakenBack: readonly string[];
        };
        /** @description A call of a day that is not simply matched. */
        readonly Mismatch: {
            /** @description Its id. */
            readonly callId: string;
            /** @description What is odd about it. */
            readonly kind: components["schemas"]["MismatchKind"];
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly at: string;
            /** @description What differs: `duration`, `cost`, `parties`; `end` where no notification told the end. Null where nothing does. */
            readonly fields?: readonly string[];
            /** @description What put it right; null where nothing did, or nothing had to. */
            readonly healedBy?: components["schemas"]["HealedBy"];
            /** @description How long they talked, as notifications told it. */
            readonly webhookSeconds?: number;
            /** @description The same, as the record tells it. */
            readonly recordSeconds?: number;
            /** @description In the account's currency, as notifications told it. */
            readonly webhookCost?: number;
            /** @description The cost by the operator's record. */
            readonly recordCost?: number;
        };
        /**
         * @description What is odd about a call.
         * @enum {string}
         */
        readonly MismatchKind: "webhookOnly" | "recordOnly" | "differing";
        /** @description A call that came in and that nobody took, once, at however many phones it rang; and what became of it. */
        readonly MissedCall: {
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description For whom it rang first, of the team that is looked at; null where it rang at nobody's phone. */
            readonly agentId?: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /**
             * Format: date-time
             * @description When it came.
             */
            readonly at: string;
            /** @description True while nobody has reached the caller. */
            readonly open: boolean;
            /** @description Who reached the caller later; null where it is open, or where no agent has the phone. */
            readonly returnedBy?: string;
            /** @description Who reached the caller: their name. */
            readonly returnedByName?: string;
            /**
             * Format: date-time
             * @description When somebody reached the caller.
             */
            readonly returnedAt?: string;
            /** @description From the end of the call until somebody talked with the caller. */
            readonly returnedAfterSeconds?: number;
        };
        /** @description A phone of whoever is signed in, to choose among. */
        readonly MyEndpoint: {
            /** @description The endpoint's id at the operator. */
            readonly endpointId: string;
            /** @description What people read. */
            readonly label: string;
            /** @description The number that the called party sees. */
            readonly callerId: string | null;
            /** @description True where the called person sees no number. */
            readonly private: boolean;
            /** @description True for the phone that calls where none is named. */
            readonly primary: boolean;
        };
        /** @description The body that sets an agent's password. */
        readonly NewPassword: {
            /** @description The password. */
            readonly password: string;
        };
        /**
         * @description What was agreed to happen next.
         * @enum {string}
         */
        readonly NextActionKind: "followUp" | "promise";
        /** @description What is to be done next of a call: the open follow-up or promise that is due first. */
        readonly NextActionView: {
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["NextActionKind"];
            /**
             * Format: date-time
             * @description When it is due.
             */
            readonly dueAt: string;
            /** @description Of a follow-up. */
            readonly note?: string;
            /** @description Of a promise, in Currency. */
            readonly amount?: number;
            /** @description By ISO 4217. */
            readonly currency?: string;
            /** @description Whose it is. */
            readonly agentId: string;
            /** @description Of a promise: open on its day, broken after it. */
            readonly state?: components["schemas"]["PromiseState"];
        };
        /**
         * @description Why an agent gets no card.
         * @enum {string}
         */
        readonly NoWork: "none" | "later" | "coordination" | "busy" | "paused";
        /** @description A call by another phone, as the agent notes it: with a contact, with a number, or both. */
        readonly NotedCallInput: {
            /** @description `in` or `out`. */
            readonly direction: components["schemas"]["CallDirection"];
            /**
             * Format: date-time
             * @description When it was; now where it is missing.
             */
            readonly at?: string;
            /** @description How long it took, in minutes. */
            readonly minutes?: number;
            /** @description With whom it was, as people write it. */
            readonly number?: string;
            /** @description The contact's id. */
            readonly contactId?: string;
        };
        /** @description A number as the API shows it. E164 is set for a whole number. Display is the national form, with the country code if it is a foreign number. If the text is no number, it is the text as received. */
        readonly NumberView: {
            /** @description The number in E.164, such as +50688881234. */
            readonly e164?: string;
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["PhoneNumberKind"];
            /**
             * @description What the caller's phone says of itself: the caller's own word, which nobody has checked.
             * @default null
             */
            readonly name?: string;
            /** @description What earlier releases stored is shown as the numbers of today are. */
            readonly display: string;
        };
        /** @description A page of the open pop-ups. */
        readonly OpenPopUps: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["PopUp"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
            /** @description True where a call that was talked is closed only with an outcome; at most 30 seconds old. */
            readonly outcomeRequired: boolean;
            /** @description The reader's, as `GET /api/me` has them: a page that shows what others allow asks for that again. */
            readonly roles: readonly components["schemas"]["Role"][];
            /**
             * Format: date-time
             * @description The time by our clock, by which a screen knows how far its own is from it.
             */
            readonly now: string;
        };
        /** @description An account of the settings, without its password. */
        readonly OperatorAccountView: {
            /** @description Its username. */
            readonly account: string;
            /** @description The `account_id` values of its notifications. */
            readonly accountIds: readonly string[];
            /** @description ISO 4217, such as CRC. */
            readonly currency: string;
            /** @description A zone of the IANA database, such as America/Costa_Rica. */
            readonly timeZone: string;
            /** @description The form of the numbers that the operator dials. */
            readonly dialFormat: string;
            /** @description False where the settings lack the password. */
            readonly hasPassword: boolean;
            /** @description Where it is asked for records, without any secret. */
            readonly recordsAddress: string;
            /** @description The last test; null where there was none. */
            readonly lastTest?: components["schemas"]["AccountTestView"];
        };
        /** @description The operator's status and the beginning of its text. */
        readonly OperatorAnswer: {
            /** @description The HTTP status. */
            readonly status: number;
            /** @description The beginning of the text. */
            readonly text?: string;
        };
        /** @description A possible result of a call (a disposition), as an administrator defines it. */
        readonly Outcome: {
            /** @description Small letters, digits and dashes. Calls store it, so a code that was used should be made inactive, not removed. */
            readonly code: string;
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
            /** @description What the outcome demands. */
            readonly requires: components["schemas"]["OutcomeRequires"];
            /**
             * @description False if agents can no longer choose it.
             * @default true
             */
            readonly active: boolean;
            /** @description What follows from it. Null only in a list that an earlier release stored, and in a request: then Understood says what is meant. */
            readonly means?: components["schemas"]["OutcomeMeaning"];
        };
        /** @description How many calls came to an outcome. */
        readonly OutcomeCount: {
            /** @description Its code. */
            readonly outcome: string;
            /** @description How many there are. */
            readonly count: number;
        };
        /** @description One outcome in a request. */
        readonly OutcomeInput: {
            /** @description The code, by which programs know it. */
            readonly code: string;
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
            /** @description What the outcome demands. */
            readonly requires?: components["schemas"]["OutcomeRequires"];
            /** @description False for what is offered no more. */
            readonly active?: boolean;
            /**
             * @description nothing, promise, wrongNumber, doNotCall or notReached.
             * @default null
             */
            readonly means?: string;
        };
        /** @description All outcomes in the order in which agents see them, with the list's version. */
        readonly OutcomeList: {
            /** @description The outcomes, in order. */
            readonly items: readonly components["schemas"]["Outcome"][];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
            /**
             * @description The office's own fields of the wrap-up. Set only when the list is read; it is not stored in the record.
             * @default null
             */
            readonly fields?: readonly components["schemas"]["WrapUpField"][];
        };
        /**
         * @description What follows from an outcome.
         * @enum {string}
         */
        readonly OutcomeMeaning: "nothing" | "promise" | "wrongNumber" | "doNotCall" | "notReached";
        /** @description The fields that an agent must fill in for an outcome. */
        readonly OutcomeRequires: {
            /**
             * @description True where something has to be written.
             * @default false
             */
            readonly note?: boolean;
            /**
             * @description True where a follow-up has to be noted.
             * @default false
             */
            readonly followUp?: boolean;
            /**
             * @description True where a charge has to be noted.
             * @default false
             */
            readonly charge?: boolean;
            /**
             * @description True where a promise has to be noted.
             * @default false
             */
            readonly promise?: boolean;
        };
        /** @description The body of a request that replaces the outcomes. At least one is active. One that is left out is gone, and calls that have it show its code: an outcome that was used is archived by `active: false`, and keeps its name. */
        readonly OutcomesInput: {
            /** @description All outcomes, in order. */
            readonly items: readonly components["schemas"]["OutcomeInput"][];
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfAgent: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["Agent"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfApiKeyView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["ApiKeyView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfAsideRecordView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["AsideRecordView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfBackfillView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["BackfillView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfCallView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["CallView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfCampaignContact: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["CampaignContact"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfCampaignView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["CampaignView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfColleagueView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["ColleagueView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfContact: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["Contact"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfContactCharge: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["ContactCharge"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfContactImport: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["ContactImport"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfContactMergeView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["ContactMergeView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfDayView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["DayView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfDoNotCallView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["DoNotCallView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfErasureView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["ErasureView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfEventEndpointView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["EventEndpointView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfFollowUp: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["FollowUp"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfHandOverView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["HandOverView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfLatestCall: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["LatestCall"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfMapping: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["Mapping"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfMappingTieView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["MappingTieView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfOperatorAccountView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["OperatorAccountView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfPromiseToPay: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["PromiseToPay"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfRecordStateView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["RecordStateView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfRecountView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["RecountView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfRefusedEvent: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["RefusedEvent"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfRunSummary: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["RunSummary"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfTeamAgentView: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["TeamAgentView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfUnmappedEndpoint: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["UnmappedEndpoint"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfWebhookKeyUse: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["WebhookKeyUse"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description A page of a list: items, and the token for the next page; null at the end. */
        readonly PageOfWorkListEntry: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["WorkListEntry"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description The body of a change of one's own password. */
        readonly PasswordChange: {
            /** @description The password until now. */
            readonly current: string;
            /** @description The password. */
            readonly password: string;
        };
        /** @description A reason for a pause, as an administrator defines it. */
        readonly PauseReason: {
            /** @description Small letters, digits and dashes. */
            readonly code: string;
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
            /**
             * @description False if agents can no longer choose it.
             * @default true
             */
            readonly active: boolean;
        };
        /** @description One reason in a request. */
        readonly PauseReasonInput: {
            /** @description The code, by which programs know it. */
            readonly code: string;
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
            /** @description False for what is offered no more. */
            readonly active?: boolean;
        };
        /** @description All reasons in the order in which agents see them, with the list's version. */
        readonly PauseReasonList: {
            /** @description The reasons, in order. */
            readonly items: readonly components["schemas"]["PauseReason"][];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description The body of a request that replaces the reasons. */
        readonly PauseReasonsInput: {
            /** @description All reasons, in order. */
            readonly items: readonly components["schemas"]["PauseReasonInput"][];
        };
        /** @description All that is kept of a person, as PersonalDataExport writes it. Its parts are as they are stored: a later release may store them otherwise. */
        readonly PersonalDataFile: {
            /**
             * Format: date-time
             * @description When it was written.
             */
            readonly exportedAt: string;
            /** @description The contact. */
            readonly contact: components["schemas"]["Contact"];
            /** @description The contacts that were merged into it, and how. */
            readonly merged: readonly Record<string, unknown>[];
            /** @description Its calls, each with what is known of it and what was recorded. */
            readonly calls: readonly Record<string, unknown>[];
            /** @description Open and done. */
            readonly followUps: readonly Record<string, unknown>[];
            /** @description Open and done. */
            readonly promises: readonly Record<string, unknown>[];
            /** @description Who changed the contact, and what it was. */
            readonly audit: readonly Record<string, unknown>[];
            /** @description Whatever else names the person, by table. */
            readonly other: readonly Record<string, unknown>[];
            /** @description Messages that failed each time. */
            readonly messagesSetAside: readonly Record<string, unknown>[];
        };
        /**
         * @description What kind of text stands for a caller.
         * @enum {string}
         */
        readonly PhoneNumberKind: "number" | "extension" | "private" | "invalid";
        /** @description How many poison messages a queue has. */
        readonly PoisonCount: {
            /** @description The queue's name. */
            readonly queue: string;
            /** @description How many there are. */
            readonly count: number;
        };
        /** @description A page of poison messages, and how many each queue has. Azure shows only the first 32 of each queue; the next appear when those are dealt with. */
        readonly PoisonList: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["PoisonView"][];
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
            /** @description How many there are in each queue. */
            readonly queues: readonly components["schemas"]["PoisonCount"][];
        };
        /** @description How many messages were returned to their queue, and how many are left. */
        readonly PoisonReplay: {
            /** @description How many were sent again. */
            readonly replayed: number;
            /** @description How many are left. */
            readonly left: number;
        };
        /** @description A poison message as an administrator sees it. Preview is its beginning; TraceId leads to the traces of its tries. */
        readonly PoisonView: {
            /** @description The queue's name. */
            readonly queue: string;
            /** @description The message's id. */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it came into the queue.
             */
            readonly insertedAt: string;
            /** @description The id by which the log tells of it. */
            readonly traceId?: string;
            /** @description The beginning of it. */
            readonly preview: string;
        };
        /** @description A call as it stands on an agent's screen: what `GET /api/pop-ups` lists and the realtime messages carry. */
        readonly PopUp: {
            /** @description The operator's id of the call; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description `in`, `out` or `internal`, from the office's side. */
            readonly direction: components["schemas"]["CallDirection"];
            /** @description The other party's number, from this agent's side. */
            readonly number: components["schemas"]["NumberView"];
            /** @description Who is on the other side of an internal call, where it is an agent. */
            readonly colleague?: components["schemas"]["Colleague"];
            /** @description The agent's endpoint that rings or dials. */
            readonly endpointId?: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /**
             * Format: date-time
             * @description When the operator detected the call.
             */
            readonly startedAt: string;
            /** @description True where that is when we heard of the call, because what the operator told can't be. */
            readonly isOurTime?: boolean;
            /**
             * Format: date-time
             * @description When the notification reached us that brought the call to the agent's phone; null where none did.
             */
            readonly notifiedAt?: string;
            /**
             * Format: date-time
             * @description When it was sent to the screens; only in the message of a call that is new to them.
             */
            readonly sentAt?: string;
            /**
             * Format: date-time
             * @description When the call was answered.
             */
            readonly connectedAt?: string;
            /**
             * Format: date-time
             * @description When the call ended.
             */
            readonly endedAt?: string;
            /** @description The length of the conversation, once it has ended. */
            readonly durationSeconds?: number;
            /** @description How far it is. */
            readonly state: components["schemas"]["CallState"];
            /** @description True where the call came in and nobody took it; not where it is over and nobody knows whether it was taken. */
            readonly missed?: boolean;
            /**
             * Format: date-time
             * @description From when on it counts as a call that goes on, although its answer was not told; only while it rings, and where the account's calls are never notified when they are answered.
             */
            readonly ongoingFrom?: string;
            /** @description How sure it is who calls. */
            readonly match: components["schemas"]["MatchKind"];
            /** @description Who it may be, the likeliest first, each with the reason. */
            readonly candidates: readonly components["schemas"]["Candidate"][];
            /** @description The contact that the call is tied to. */
            readonly contactId?: string;
            /**
             * Format: date-time
             * @description When it was taken out who the call was with; null where it stands.
             */
            readonly anonymizedAt?: string;
            /** @description True where an agent decided that the call concerns no contact. */
            readonly ignored: boolean;
            /** @description True where a supervisor took the call off everybody's lists; null where nobody did. */
            readonly dismissed?: boolean;
            /** @description The click that the call comes of. */
            readonly dialId?: string;
            /** @description The colleague who took the call; only where the pop-up closes for that reason. */
            readonly answeredBy?: components["schemas"]["Colleague"];
            /** @description Who reached the caller later, where the call was missed. */
            readonly returned?: components["schemas"]["ReturnedView"];
            /**
             * Format: date-time
             * @description When the pop-up goes away by itself, if nobody acknowledges it.
             */
            readonly openUntil?: string;
            /** @description Grows with each saved change of the call, so that a message that comes late is known; null for a call of an earlier release. */
            readonly revision?: number;
        };
        /** @description What an agent asks for: a pause, or its end. */
        readonly PresenceInput: {
            /** @description True while the agent takes no calls. */
            readonly paused: boolean;
            /** @description Why. */
            readonly reason?: string;
        };
        /** @description An agent's own state, as they have set it. */
        readonly PresenceView: {
            /** @description True while the agent takes no calls. */
            readonly paused: boolean;
            /** @description The code of the pause's reason; null without a pause, and where none was given. */
            readonly reason?: string;
            /**
             * Format: date-time
             * @description When the pause began; null without one.
             */
            readonly since?: string;
            /**
             * Format: date-time
             * @description When the agent said it, the pause or its end; null where they have said nothing yet. Of two answers the later one holds.
             */
            readonly changedAt?: string;
        };
        /** @description A row of the file. */
        readonly PreviewRow: {
            /** @description Its number, as a spreadsheet counts. */
            readonly row: number;
            /** @description Its cells. */
            readonly cells: readonly string[];
            /** @description What would become of it. */
            readonly outcome: components["schemas"]["RowOutcome"];
            /** @description Why it would be refused. */
            readonly reason?: string;
            /** @description What is to be looked at, although it would be stored; null for nothing. */
            readonly note?: string;
        };
        /** @description An error in plain words, in the language of `Accept-Language` (RFC 9457). */
        readonly Problem: {
            /**
             * Format: uri-reference
             * @description What kind of error it is, for programs.
             */
            readonly type?: string;
            /** @description What is wrong, in a few words. */
            readonly title: string;
            /** @description The HTTP status. */
            readonly status: number;
            /** @description What is wrong and what helps. */
            readonly detail?: string;
            /**
             * Format: uri-reference
             * @description The request that it was.
             */
            readonly instance?: string;
            /** @description The call that is in the way, such as the one that the agent is in. */
            readonly callId?: string;
            /** @description The click that is in the way: its call is being set up. */
            readonly dialId?: string;
            /** @description Why a person may not be called now, such as `perDay`, for programs. */
            readonly reason?: string;
            /** @description The promise as it is now, where somebody else has said what became of it, or has changed it. */
            readonly promise?: components["schemas"]["PromiseToPay"];
            /**
             * Format: date-time
             * @description From when the person may be called again, where that is known.
             */
            readonly allowedFrom?: string;
            /** @description The contact into which one of those asked for was merged. */
            readonly contactId?: string;
            /** @description The contacts who have the number that was to be called as another's. */
            readonly owners?: readonly {
                /** @description The contact's id. */
                readonly contactId?: string;
                /** @description The contact's name. */
                readonly name?: string;
            }[];
            /** @description Whether `leave=true` would delete the agent all the same, and leave what is open to the supervisors. */
            readonly canLeave?: boolean;
            /** @description For input that can't be understood: what is wrong with each field. */
            readonly errors?: {
                readonly [key: string]: readonly string[];
            };
        } & {
            readonly [key: string]: unknown;
        };
        /** @description What the contact promised to pay, and by when. */
        readonly Promise: {
            /** @description An amount of money, in `currency`. */
            readonly amount?: number;
            /** @description ISO 4217, such as CRC. */
            readonly currency?: string;
            /**
             * Format: date-time
             * @description When it is due.
             */
            readonly dueAt?: string;
        };
        /** @description The body of a request that says what became of a promise. */
        readonly PromiseInput: {
            /** @description Open takes back what was said before. */
            readonly state: components["schemas"]["PromiseState"];
            /** @description What was paid, in the promise's currency; by default all where it was kept. */
            readonly amount?: number;
            /**
             * Format: date-time
             * @description By default now, where something was paid.
             */
            readonly paidAt?: string;
        };
        /**
         * @description What became of a promise.
         * @enum {string}
         */
        readonly PromiseState: "open" | "kept" | "partly" | "broken";
        /** @description What a contact promised to pay, and what became of it. */
        readonly PromiseToPay: {
            /** @description Its id. */
            readonly id?: string;
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["NextActionKind"];
            /** @description The promise's id. */
            readonly promiseId: string;
            /** @description An amount of money, in `currency`. */
            readonly amount: number;
            /** @description By ISO 4217. */
            readonly currency: string;
            /** @description As an agent decided. Where nobody did, a promise that is read is broken from the day after it was due. */
            readonly state: components["schemas"]["PromiseState"];
            /** @description What was paid; null where nothing was, or nobody said so. */
            readonly paidAmount?: number;
            /**
             * Format: date-time
             * @description When it was paid.
             */
            readonly paidAt?: string;
            /** @description The agent who decided, at DoneAt. */
            readonly decidedBy?: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description Set only in a contact's list, where other agents' items appear too. It is not stored in the record. */
            readonly agentName?: string;
            /** @description The call's id at the operator; unique within the account. */
            readonly callId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /**
             * Format: date-time
             * @description When it is due.
             */
            readonly dueAt: string;
            /**
             * Format: date-time
             * @description When an agent said what became of it; null while it is open.
             */
            readonly doneAt?: string;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /**
         * @description What became of a contact that was sent.
         * @enum {string}
         */
        readonly PushOutcome: "created" | "changed" | "unchanged" | "deleted" | "refused";
        /** @description What became of a contact that was sent. */
        readonly PushResult: {
            /** @description As it was sent. */
            readonly source?: string;
            /** @description As it was sent. */
            readonly id?: string;
            /** @description What became of it. */
            readonly outcome: components["schemas"]["PushOutcome"];
            /**
             * @description Our contact; null where it was refused or deleted.
             * @default null
             */
            readonly contactId?: string;
            /**
             * @description Why it was refused, by field.
             * @default null
             */
            readonly errors?: {
                readonly [key: string]: readonly string[];
            };
        };
        /** @description What became of each contact of a batch, in the order in which they were sent. */
        readonly PushResults: {
            /** @description The entries of this page. */
            readonly items: readonly components["schemas"]["PushResult"][];
        };
        /** @description An open question, and its answer where there is one. */
        readonly QuestionView: {
            /** @description The question's code. */
            readonly question: string;
            /** @description What it is, in a few words. */
            readonly title: string;
            /** @description A code that is the same in each language and in each run that finds the same. */
            readonly answer?: string;
            /** @description The answer in words. */
            readonly label?: string;
            /** @description The case that answered it. */
            readonly case?: string;
            /** @description The setting that it leads to. */
            readonly setting?: components["schemas"]["SettingView"];
        };
        /** @description A queue. */
        readonly QueueStatus: {
            /** @description The queue's name. */
            readonly name: string;
            /** @description How many messages are in it, also those that are being worked on. */
            readonly waiting: number;
            /** @description How long the message at its front has been waiting; null where none is. */
            readonly oldestSeconds?: number;
            /** @description How many messages failed at each try and were set aside. */
            readonly poison: number;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description The last seven days of an account before today: whether all calls are known from both sides. */
        readonly ReconciliationStatus: {
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description Days that somebody has to look at. */
            readonly open: number;
            /** @description Days that are not worked out yet. */
            readonly pending: number;
            /**
             * Format: date
             * @description The newest of the open days.
             */
            readonly openDay?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description Why the records of an account can't be read. */
        readonly RecordErrorView: {
            /** @description Its kind. */
            readonly result: string;
            /** @description The HTTP status of the operator's answer; null where there was none. */
            readonly status?: number;
            /** @description What is wrong, in plain words. */
            readonly title: string;
            /** @description What to do. */
            readonly detail: string;
            /** @description The beginning of the operator's answer, without the password. */
            readonly answer?: string;
        };
        /** @description How the pull of an account's records goes. */
        readonly RecordStateView: {
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description `upToDate`; `catchingUp` after a break; `failing`; `waiting` before the first pull; `off` where nothing is asked for: the settings have no password of the account, or turn the pull off. */
            readonly state: string;
            /**
             * Format: date-time
             * @description Until when all records were read.
             */
            readonly watermark?: string;
            /**
             * Format: date-time
             * @description When it succeeded last.
             */
            readonly lastSuccessAt?: string;
            /**
             * Format: date-time
             * @description When it was tried last.
             */
            readonly lastTriedAt?: string;
            /** @description What is wrong; null where nothing is. */
            readonly lastError?: components["schemas"]["RecordErrorView"];
            /**
             * Format: date-time
             * @description Since when every try has failed.
             */
            readonly failingSince?: string;
            /** @description What is wrong with the list of calls that go on; null where nothing is, and where none is asked for. */
            readonly liveError?: components["schemas"]["RecordErrorView"];
            /**
             * Format: date-time
             * @description Since when every try for that list has failed.
             */
            readonly liveFailingSince?: string;
            /** @description How old the watermark is. */
            readonly secondsBehind?: number;
            /** @description How many records were set aside, as they can't be a call's. */
            readonly aside: number;
            /** @description How many records 24 hours have, as far as it is known. */
            readonly perDay?: number;
        };
        /** @description One of the operator's records of a call, as the API shows it. Money is in the account's currency. */
        readonly RecordView: {
            /** @description The record's own id. */
            readonly recordId: string;
            /** @description The operator's call id that it is of: of a dialled call that of one leg. */
            readonly callId: string;
            /**
             * Format: date-time
             * @description When it came.
             */
            readonly receivedAt: string;
            /** @description False where a later record corrects it. */
            readonly isCurrent: boolean;
            /** @description True where it was joined with its call by phone, number and start, as no call had its id. */
            readonly byLikeness: boolean;
            /** @description The number that calls, as the operator told it. */
            readonly ani: string;
            /** @description The number that is called, as the operator told it. */
            readonly dnis: string;
            /** @description The operator's user who calls. */
            readonly aniUser?: string;
            /** @description The operator's user who is called. */
            readonly dnisUser?: string;
            /**
             * Format: date-time
             * @description When the operator noticed the call.
             */
            readonly detectedAt?: string;
            /**
             * Format: date-time
             * @description Null where the call did not connect.
             */
            readonly connectedAt?: string;
            /** @description The length of the conversation, in seconds. */
            readonly durationSeconds?: number;
            /** @description What the operator charges, in `currency`. */
            readonly cost?: number;
            /** @description The operator's fee for the access, in the account's currency. */
            readonly accessFee?: number;
            /** @description By the minute. */
            readonly rate?: number;
            /** @description The numbers that the route is for. */
            readonly routePattern?: string;
            /** @description What the operator calls the route. */
            readonly routeName?: string;
            /** @description The fields that the operator's document does not name. */
            readonly other?: {
                readonly [key: string]: string;
            };
        };
        /** @description The pull of an account's call records. */
        readonly RecordsStatus: {
            /** @description The operator's account: its user name. */
            readonly account: string;
            /**
             * Format: date-time
             * @description When it succeeded last.
             */
            readonly lastSuccess?: string;
            /** @description How old the time is until which all records were read. */
            readonly secondsBehind?: number;
            /** @description What is wrong, in plain words. */
            readonly lastError?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description How far it is that calls are counted anew. */
        readonly RecountView: {
            /** @description The recount's id. */
            readonly recountId: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["JobState"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            readonly createdAt: string;
            /** @description Who asked for it; null where the app itself did. */
            readonly createdBy?: string;
            /** @description How many calls were found. */
            readonly calls: number;
            /** @description How many hours were worked out. */
            readonly hours: number;
            /** @description How many hours there are still to be worked out. */
            readonly left: number;
            /**
             * Format: date-time
             * @description The hour that was worked out last; the newest come first.
             */
            readonly reachedAt?: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            readonly finishedAt?: string;
            /** @description Why it failed, or why its latest try did. */
            readonly error?: string;
        };
        /**
         * @description Why somebody of a list is not called.
         * @enum {string}
         */
        readonly RefusalReason: "invalid" | "foreign" | "doNotCall" | "repeated" | "noNumber" | "unknownContact" | "ownPhone" | "erased" | "numberChanged";
        /** @description How many are not called for a reason. */
        readonly RefusedCount: {
            /** @description Why. */
            readonly reason: components["schemas"]["RefusalReason"];
            /** @description How many there are. */
            readonly count: number;
        };
        /** @description A notification that could not be read, or whose account is not known, as it came. */
        readonly RefusedEvent: {
            /** @description Its name in the log. */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it came.
             */
            readonly receivedAt: string;
            /** @description Why. */
            readonly reason: string;
            /** @description The type that the request named. */
            readonly contentType?: string;
            /** @description The body as text if it is UTF-8; otherwise null. */
            readonly body?: string;
            /** @description The body's bytes if they are not UTF-8. */
            readonly bodyBase64?: string;
            /** @description Names it in addresses, such as that of its replay. Set only when it is shown; it is not stored in the record. */
            readonly reference?: string;
        };
        /** @description Somebody who is not called. */
        readonly RefusedPerson: {
            /** @description As it is shown; what is no number stands as it came. */
            readonly number?: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description What people call it. */
            readonly name?: string;
            /** @description Why. */
            readonly reason: components["schemas"]["RefusalReason"];
            /** @description The reason in a sentence. */
            readonly message: string;
        };
        /** @description Notifications that were refused and kept. */
        readonly RefusedStatus: {
            /** @description How many came in the last 24 hours, at most MostRefused. */
            readonly lastDay: number;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description What a repair checked and changed in a table and its index. */
        readonly RepairedTable: {
            /** @description The table of the records. */
            readonly table: string;
            /** @description How many records were checked. */
            readonly records: number;
            /** @description How many index rows were checked. */
            readonly indexRows: number;
            /** @description Records whose index rows were written again, as one was missing or outdated. */
            readonly written: number;
            /** @description Index rows that led to the wrong record. */
            readonly removed: number;
            /** @description Index rows without a record. They stay, as a record that is being created has them too. The nightly run removes them. */
            readonly leadNowhere: number;
            /** @description Records that share with another a value that must be unique, such as a sign-in name. */
            readonly conflicts: number;
            /** @description Rows that can't be read. They are left alone. */
            readonly unreadable: number;
        };
        /** @description A row's amounts in one currency. */
        readonly ReportAmounts: {
            /** @description ISO 4217, such as CRC. */
            readonly currency: string;
            /** @description What the operator charges, in `currency`. */
            readonly cost: number;
            /** @description What contacts were charged, in `currency`. */
            readonly charges: number;
            /** @description What was promised, in `currency`. */
            readonly promisedAmount: number;
            /** @description What was paid, in `currency`. */
            readonly paidAmount: number;
        };
        /**
         * @description What the rows of a report are of.
         * @enum {string}
         */
        readonly ReportBy: "day" | "hour" | "agent" | "team" | "outcome" | "contact";
        /** @description A row of a report. Times are in seconds, amounts in Currency. */
        readonly ReportRow: {
            /** @description The day, the hour (00 to 23), or the id; empty for no team, no outcome, no contact and the totals. */
            readonly key: string;
            /** @description For people, in their language. */
            readonly label: string;
            /** @description Calls that came in. */
            readonly in: number;
            /** @description Calls that went out. */
            readonly out: number;
            /** @description Calls between colleagues. Of these nothing else is counted but what was documented of them and what they cost. */
            readonly internal: number;
            /** @description Calls that came in and that nobody took: one for each call, whatever phones it rang at. */
            readonly missed: number;
            /** @description Calls that came in and that somebody took. */
            readonly answered: number;
            /** @description The share of answered calls among those that were answered or missed, 0 to 1; null where there are none. */
            readonly answeredRate: number | null;
            /** @description Calls that were answered within 20 seconds. */
            readonly answeredWithin20: number;
            /** @description Calls that went out and were answered. */
            readonly reached: number;
            /** @description How long was talked, in seconds. */
            readonly talkSeconds: number;
            /** @description How many wrap-ups were sent. */
            readonly wrapUps: number;
            /** @description From the ends of the conversations until the wrap-ups of them were sent, together; of each at most 15 minutes. */
            readonly wrapUpSeconds: number;
            /** @description Missed calls whose callers somebody reached later. */
            readonly returned: number;
            /** @description From the ends of those until somebody talked with the callers, together. */
            readonly callBackSeconds: number;
            /** @description Calls with an outcome. */
            readonly documented: number;
            /** @description What the operator charges, as far as it has told. */
            readonly cost: number;
            /** @description The first account's, by ISO 4217. */
            readonly currency: string;
            /** @description The cost of all calls, divided by those with an outcome; null where there are none. */
            readonly costPerOutcome: number | null;
            /** @description What was charged to the contacts. */
            readonly charges: number;
            /** @description How many promises were made; the same as PromisesMade. */
            readonly promises: number;
            /** @description How many promises were made. */
            readonly promisesMade: number;
            /** @description How many of them were kept wholly, whenever that was. */
            readonly promisesKept: number;
            /** @description What was promised. */
            readonly promisedAmount: number;
            /** @description What was paid of it. */
            readonly paidAmount: number;
            /** @description The amounts in all currencies; only where there is another one than Currency. */
            readonly amounts?: readonly components["schemas"]["ReportAmounts"][];
        };
        /** @description A report of some days. */
        readonly ReportView: {
            /** @description Days and hours in their order, all others by how many calls they have. Of contacts the first 200. */
            readonly items: readonly components["schemas"]["ReportRow"][];
            /** @description Of all calls, each once: an agent's and a team's rows can have a part in the same call. */
            readonly totals: components["schemas"]["ReportRow"];
            /**
             * Format: date
             * @description The first day.
             */
            readonly from: string;
            /**
             * Format: date
             * @description The last day.
             */
            readonly to: string;
            /** @description What the rows are of. */
            readonly by: components["schemas"]["ReportBy"];
            /**
             * Format: date-time
             * @description All that was stored until then is counted.
             */
            readonly asOf: string;
            /** @description How many hours have changed and are not worked out anew yet, as during an import; 0 most of the time. */
            readonly pending: number;
            /** @description How many rows there are beside Items. */
            readonly left: number;
        };
        /** @description An agent for whom a campaign dials nobody now. */
        readonly RestingAgent: {
            /** @description The agent's id. */
            readonly agentId: string;
            /**
             * Format: date-time
             * @description From when on it goes on.
             */
            readonly until: string;
            /** @description A sentence: why. */
            readonly message: string;
        };
        /**
         * @description What becomes of a call that is too old.
         * @enum {string}
         */
        readonly RetentionAction: "remove" | "anonymize";
        /** @description The body of a request that replaces the rules: `callDays`, `eventDays` or both. What is null, or is missing beside the other, is kept for ever. */
        readonly RetentionInput: {
            /** @description After how many days calls go; null for never. */
            readonly callDays?: number;
            /** @description What becomes of calls then: `remove` or `anonymize`. */
            readonly callAction?: string;
            /** @description After how many days raw notifications go; null for never. */
            readonly eventDays?: number;
        };
        /** @description A nightly run of retention. */
        readonly RetentionRun: {
            /** @description As of a backfill. */
            readonly state: components["schemas"]["JobState"];
            /**
             * Format: date-time
             * @description When it was begun.
             */
            readonly startedAt: string;
            /**
             * Format: date-time
             * @description When it was over.
             */
            readonly finishedAt?: string;
            /** @description When the call began that it has reached; it goes from newer to older ones. */
            readonly reachedAt?: string;
            /** @description How many calls it has looked at. */
            readonly calls: number;
            /** @description How many of them it has removed or changed. */
            readonly changed: number;
            /** @description How many could not be read, and are left as they are. */
            readonly failed: number;
        };
        /** @description How long calls and raw events are kept, and the last run. */
        readonly RetentionView: {
            /** @description After so many days a call is dealt with; null where calls are kept for ever. */
            readonly callDays: number | null;
            /** @description What becomes of it. */
            readonly callAction?: components["schemas"]["RetentionAction"];
            /** @description After so many days raw events go; null where they are kept for ever. */
            readonly eventDays: number | null;
            /** @description The run that was begun last; null where there was none. */
            readonly lastRun?: components["schemas"]["RetentionRun"];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description Who reached the caller of a missed call later, and for how long they talked. */
        readonly ReturnedView: {
            /** @description The later call. */
            readonly callId: string;
            /**
             * Format: date-time
             * @description When they began to talk.
             */
            readonly at: string;
            /** @description Null where no agent has the phone. */
            readonly agentId?: string;
            /** @description The agent's name. */
            readonly agentName?: string;
            /** @description Null where it is not known. */
            readonly durationSeconds?: number;
        };
        /**
         * @description What a person may do. A higher role includes the lower ones.
         * @enum {string}
         */
        readonly Role: "agent" | "supervisor" | "admin";
        /**
         * @description What became of a row.
         * @enum {string}
         */
        readonly RowOutcome: "added" | "changed" | "skipped" | "refused";
        /** @description Two runs beside each other. */
        readonly RunComparison: {
            /** @description The one that was begun first. */
            readonly earlier: components["schemas"]["RunSummary"];
            /** @description The other one. */
            readonly later: components["schemas"]["RunSummary"];
            /** @description All cases, in the order of the catalogue. */
            readonly cases: readonly components["schemas"]["ComparedCase"][];
            /** @description The open questions that either of them has answered. */
            readonly questions: readonly components["schemas"]["ComparedQuestion"][];
        };
        /** @description A new run. */
        readonly RunInput: {
            /** @description The account's username; the first of the settings where it is missing. */
            readonly account?: string;
        };
        /** @description A run in a list of them: how many of its cases stand how. */
        readonly RunSummary: {
            /** @description The run's id. */
            readonly runId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly startedAt: string;
            /** @description Who began it: the agent's id. */
            readonly startedBy: string;
            /** @description `done` where no case is open, else `open`. */
            readonly state: string;
            /** @description How many have passed. */
            readonly passed: number;
            /** @description How many have failed. */
            readonly failed: number;
            /** @description How many were skipped. */
            readonly skipped: number;
            /** @description How many are open. */
            readonly open: number;
        };
        /** @description A run with its cases and the open questions. */
        readonly RunView: {
            /** @description The run's id. */
            readonly runId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            readonly startedAt: string;
            /** @description Who began it: the agent's id. */
            readonly startedBy: string;
            /** @description `done` where no case is open, else `open`. */
            readonly state: string;
            /** @description The operator's address. */
            readonly operator: string;
            /** @description The cases, in order. */
            readonly cases: readonly components["schemas"]["CaseView"][];
            /** @description What the operator's document leaves open. */
            readonly questions: readonly components["schemas"]["QuestionView"][];
            /** @description The row's version, for `If-Match`. */
            readonly etag: string;
        };
        /** @description What a SignalR client's negotiation is answered with, so that it goes on to Url. */
        readonly ScreenConnection: {
            /** @description An address. */
            readonly url: string;
            /** @description The token that the connection is opened with. */
            readonly accessToken: string;
        };
        /** @description The screens of agents. */
        readonly ScreensStatus: {
            /** @description How many are connected; where a service has the connections, how many agents are there. */
            readonly connected: number;
            /** @description How many agents are at a screen. */
            readonly agents: number;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description A setting that is to become what a run has found. */
        readonly SettingInput: {
            /** @description The question whose answer it is. */
            readonly question: string;
            /** @description The value that the run has found; null to give back what was taken over. */
            readonly value?: string;
            /** @description The value that the setting has, as it was shown. */
            readonly now: string;
        };
        /**
         * @description Where the value of a setting comes from.
         * @enum {string}
         */
        readonly SettingSource: "default" | "taken" | "deployment";
        /** @description A setting, and the value that it should have. */
        readonly SettingView: {
            /** @description Its whole name, such as `CallMyWay:Accounts:0:TimeZone`. */
            readonly name: string;
            /** @description The value that the run has found. */
            readonly value: string;
            /** @description The value that it has. */
            readonly now: string;
            /** @description Where that value comes from. What the deployment names can't be taken over. */
            readonly source: components["schemas"]["SettingSource"];
            /** @description The variable of the environment by which the deployment sets it. */
            readonly variable: string;
        };
        /** @description Settings that are to become what a run has found. */
        readonly SettingsInput: {
            /** @description All are changed, or none is. */
            readonly settings: readonly components["schemas"]["SettingInput"][];
        };
        /** @description The body of the set-up page's request. */
        readonly SetupInput: {
            /** @description The token of the set-up link. */
            readonly token: string;
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description The password. */
            readonly password: string;
        };
        /** @description When a phone that several agents share is one of theirs, each week, by the clock of the phone's account. */
        readonly Shift: {
            /** @description Whose phone it is then. */
            readonly agentId: string;
            /** @description The days of the week on which it begins; 0 is Sunday. */
            readonly days: readonly number[];
            /** @description When it begins. */
            readonly from: string;
            /** @description When it ends, exclusively. A time that is not after From is of the day after: 00:00 is midnight, and the same time as From is a whole day later. */
            readonly to: string;
        };
        /** @description A shift as it is given: the days of the week from 0, Sunday, and times such as 08:00. */
        readonly ShiftInput: {
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description The days of the week on which it begins, 0 is Sunday. */
            readonly days: readonly number[];
            /** @description The beginning. */
            readonly from: string;
            /** @description The end. */
            readonly to: string;
        };
        /** @description Something that was seen. */
        readonly SightingView: {
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description What it was. */
            readonly what: string;
            /** @description As it came, without secrets. */
            readonly raw?: string;
        };
        /** @description The body of a request that leaves a card for later. */
        readonly SkipInput: {
            /** @description The card's campaign. */
            readonly campaignId: string;
            /** @description The card's place in the list. */
            readonly entryId: string;
            /**
             * Format: date-time
             * @description When it comes again; by default in two hours.
             */
            readonly until?: string;
        };
        /** @description What calls have cost in a currency. */
        readonly SpentAmount: {
            /** @description An amount of money, in `currency`. */
            readonly amount: number;
            /** @description ISO 4217, such as CRC. */
            readonly currency: string;
        };
        /** @description A day of the month. */
        readonly StatementDay: {
            /**
             * Format: date
             * @description A day of the account.
             */
            readonly date: string;
            /** @description The records: for the operator each leg of a dialled call is a call. */
            readonly calls: number;
            /** @description Those that connected. */
            readonly connected: number;
            /** @description How long they talked. */
            readonly seconds: number;
            /** @description The same in minutes, to two decimals. */
            readonly minutes: number;
            /** @description The cost through the rate, call by call: the minutes that the operator charges. */
            readonly billedMinutes: number;
            /** @description What the records say. */
            readonly cost: number;
            /** @description What the records say. */
            readonly accessFees: number;
            /** @description What is to be paid. */
            readonly total: number;
            /** @description Calls that connected and whose records have no cost. */
            readonly withoutCost: number;
        };
        /** @description A route of the month. */
        readonly StatementRoute: {
            /** @description The dialling pattern; null for records without one, as those of calls that came in. */
            readonly pattern?: string;
            /** @description The destination's name. */
            readonly name?: string;
            /** @description By the minute. */
            readonly rate?: number;
            /** @description The records: for the operator each leg of a dialled call is a call. */
            readonly calls: number;
            /** @description Those that connected. */
            readonly connected: number;
            /** @description How long they talked. */
            readonly seconds: number;
            /** @description The same in minutes, to two decimals. */
            readonly minutes: number;
            /** @description The cost through the rate, call by call: the minutes that the operator charges. */
            readonly billedMinutes: number;
            /** @description What the records say. */
            readonly cost: number;
            /** @description What the records say. */
            readonly accessFees: number;
            /** @description What is to be paid. */
            readonly total: number;
            /** @description Calls that connected and whose records have no cost. */
            readonly withoutCost: number;
        };
        /** @description What calls add up to. Money is in the account's currency. */
        readonly StatementSums: {
            /** @description The records: for the operator each leg of a dialled call is a call. */
            readonly calls: number;
            /** @description Those that connected. */
            readonly connected: number;
            /** @description How long they talked. */
            readonly seconds: number;
            /** @description The same in minutes, to two decimals. */
            readonly minutes: number;
            /** @description The cost through the rate, call by call: the minutes that the operator charges. */
            readonly billedMinutes: number;
            /** @description What the records say. */
            readonly cost: number;
            /** @description What the records say. */
            readonly accessFees: number;
            /** @description What is to be paid. */
            readonly total: number;
            /** @description Calls that connected and whose records have no cost. */
            readonly withoutCost: number;
        };
        /** @description A month of an account, by route, to lay beside the operator's invoice. Money is in Currency, and days are those of the account's zone. */
        readonly StatementView: {
            /** @description Such as `2026-01`. */
            readonly month: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description ISO 4217, such as CRC. */
            readonly currency: string;
            /** @description A zone of the IANA database, such as America/Costa_Rica. */
            readonly timeZone: string;
            /**
             * Format: date-time
             * @description The beginning.
             */
            readonly from: string;
            /**
             * Format: date-time
             * @description The exclusive end.
             */
            readonly to: string;
            /** @description True once the month is over. */
            readonly isOver: boolean;
            /** @description Whether the cost of a record includes its access fee; else `total` adds both. */
            readonly costIncludesAccessFee: boolean;
            /** @description What all add up to. */
            readonly totals: components["schemas"]["StatementSums"];
            /** @description The dearest first. */
            readonly routes: readonly components["schemas"]["StatementRoute"][];
            /** @description The days that have records. */
            readonly days: readonly components["schemas"]["StatementDay"][];
            /** @description The invoice, once its total was entered. */
            readonly invoice?: components["schemas"]["InvoiceView"];
            /** @description The invoice's total less ours; zero where the invoice has ours in cents. */
            readonly difference?: number;
            /** @description What could explain the difference; null where there is none. */
            readonly clues?: readonly components["schemas"]["ClueView"][];
            /** @description The version of the invoice's total; null where there is none. */
            readonly etag?: string;
        };
        /** @description How the system is. A part that could not be read is missing. */
        readonly StatusView: {
            /** @description The worst of all parts. */
            readonly state: components["schemas"]["Condition"];
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description The release that runs. */
            readonly version: string;
            /** @description How the storage is. */
            readonly storage: components["schemas"]["StorageStatus"];
            /** @description How the operator's notifications come. */
            readonly webhook?: components["schemas"]["WebhookStatus"];
            /** @description How the pull of records is, by account. */
            readonly records?: readonly components["schemas"]["RecordsStatus"][];
            /** @description How the queues are. */
            readonly queues?: readonly components["schemas"]["QueueStatus"][];
            /** @description How many notifications were refused of late. */
            readonly refused?: components["schemas"]["RefusedStatus"];
            /** @description How the agents' screens are connected. */
            readonly screens?: components["schemas"]["ScreensStatus"];
            /** @description How the daily comparison is, by account. */
            readonly reconciliation?: readonly components["schemas"]["ReconciliationStatus"][];
            /** @description The applications that are told of events, without those that are turned off. */
            readonly events?: readonly components["schemas"]["EventsStatus"][];
            /** @description How the CRM is that is asked who calls. */
            readonly lookup?: components["schemas"]["LookupStatus"];
            /** @description Null where the data is on no disk of the host. */
            readonly disk?: components["schemas"]["DiskStatus"];
            /** @description Null where the host makes no backup by itself, and none has failed. */
            readonly backups?: components["schemas"]["BackupsStatus"];
        };
        /** @description Whether the storage takes what is written. */
        readonly StorageStatus: {
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description An agent whose calls a supervisor can ask for. */
        readonly TeamAgentView: {
            /** @description The agent's id. */
            readonly agentId: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description The agent's team. */
            readonly team?: string;
        };
        /** @description How many calls a request has tied to the contact, and where the next one goes on; null at the end. */
        readonly TiedCalls: {
            /** @description How many calls were tied. */
            readonly tied: number;
            /** @description The token that asks for the page behind; null at the end. */
            readonly next: string | null;
        };
        /** @description Something that was heard of a call. */
        readonly TimelineView: {
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description What it was. */
            readonly what: string;
            /** @description The endpoint's id at the operator. */
            readonly endpointId?: string;
        };
        /** @description What stands after a wrap-up was undone. */
        readonly UndoneWrapUp: {
            /** @description The version that came back, a draft or sent; null where there was none. */
            readonly wrapUp?: components["schemas"]["WrapUp"];
            /** @description The outcome that the call has now; null for none. */
            readonly outcome?: string;
        };
        /** @description A phone that was seen in a call, but has no mapping. */
        readonly UnmappedEndpoint: {
            /** @description The endpoint's id at the operator. */
            readonly endpointId: string;
            /** @description The operator's account: its user name. */
            readonly account: string;
            /** @description The user name or number that the operator dials. */
            readonly phone?: string;
            /**
             * Format: date-time
             * @description When it was seen in a call last.
             */
            readonly lastSeen: string;
        };
        /** @description A holiday. */
        readonly UpcomingHoliday: {
            /**
             * Format: date
             * @description A day of the account.
             */
            readonly date: string;
            /** @description What people call it. */
            readonly name: string;
            /** @description `computed`, or `added` by the office. */
            readonly from: string;
            /** @description True where people are called on it all the same. */
            readonly worked: boolean;
        };
        /** @description Somebody whom the directory lets in and who is no agent. */
        readonly Visitor: {
            /** @description The name that the agent signs in with. */
            readonly signInName: string;
            /** @description What people call it. */
            readonly name?: string;
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description The app roles that came with the last sign-in. */
            readonly directoryRoles: readonly string[];
        };
        /** @description The floor as one supervisor sees it at one time. */
        readonly WallboardView: {
            /**
             * Format: date-time
             * @description When it was.
             */
            readonly at: string;
            /** @description The teams that the supervisor may look at, by name. */
            readonly teams: readonly string[];
            /** @description The agents. */
            readonly agents: readonly components["schemas"]["BoardAgent"][];
            /** @description Those that go on, the newest first. */
            readonly calls: readonly components["schemas"]["BoardCall"][];
            /** @description Those of them that ring at nobody's phone, the longest first. */
            readonly queue: readonly components["schemas"]["BoardCall"][];
            /** @description Of today, at most 50: first those that are open, then those that were returned; of each the newest first. */
            readonly missed: readonly components["schemas"]["MissedCall"][];
            /** @description How many of each there are. */
            readonly counts: components["schemas"]["BoardCounts"];
        };
        /** @description The whole address that the operator sends its notifications to: a secret. */
        readonly WebhookAddressView: {
            /** @description The address that the operator is to be told. */
            readonly address: string;
        };
        /** @description When a key of the webhook was used last. */
        readonly WebhookKeyUse: {
            /** @description Its place in the settings, from 1. */
            readonly keyNumber: number;
            /**
             * Format: date-time
             * @description To a minute; null where it never was.
             */
            readonly lastUsedAt?: string;
        };
        /** @description The operator's notifications. */
        readonly WebhookStatus: {
            /**
             * Format: date-time
             * @description When the last one came, to a minute; null where none ever did.
             */
            readonly lastAt?: string;
            /** @description How far it is. */
            readonly state: components["schemas"]["Condition"];
            /** @description What to do, in plain words of the caller's language; null where nothing is to be done. */
            readonly advice?: string;
        };
        /** @description A campaign that the agent works in. */
        readonly WorkCampaign: {
            /** @description Its id. */
            readonly campaignId: string;
            /** @description What people call it. */
            readonly name: string;
            readonly mode: components["schemas"]["CampaignMode"];
            /** @description How many are left to be called. */
            readonly waiting: number;
        };
        /** @description The next person. */
        readonly WorkCard: {
            /** @description The campaign: the press on the card sends it. */
            readonly campaignId: string;
            /** @description Its name. */
            readonly campaignName: string;
            /** @description The entry's id. */
            readonly entryId: string;
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description What people call it. */
            readonly name?: string;
            /** @description A telephone number. */
            readonly number: components["schemas"]["NumberView"];
            /** @description Which call to the person it would be, from 1. */
            readonly attempt: number;
            /** @description How many there are at most. */
            readonly attempts: number;
            /** @description Whose phone rings first. */
            readonly order: components["schemas"]["DialOrder"];
            /**
             * Format: date-time
             * @description When the person was called last; missing where it was never.
             */
            readonly lastAt?: string;
            /** @description The code of what came of it. */
            readonly lastOutcome?: string;
            /**
             * Format: date-time
             * @description Until when no other agent gets it; asking again begins that anew.
             */
            readonly claimedUntil: string;
        };
        /**
         * @description What an agent still has to do.
         * @enum {string}
         */
        readonly WorkKind: "promise" | "followUp" | "missed" | "undocumented" | "draft";
        /** @description Something that waits for an agent. */
        readonly WorkListEntry: {
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["WorkKind"];
            /**
             * Format: date-time
             * @description When it was due, or when the call came.
             */
            readonly at: string;
            /** @description Of a follow-up or a promise. */
            readonly id?: string;
            /** @description The call's id at the operator; unique within the account. */
            readonly callId?: string;
            /** @description The operator's account: its user name. */
            readonly account?: string;
            /** @description `in`, `out` or `internal`, from the office's side. */
            readonly direction?: components["schemas"]["CallDirection"];
            /** @description The contact's id. */
            readonly contactId?: string;
            /** @description The contact's name. */
            readonly contactName?: string;
            /** @description A telephone number. */
            readonly number?: components["schemas"]["NumberView"];
            /** @description The follow-up's note, or a draft's. */
            readonly note?: string;
            /** @description Of a promise, in Currency. */
            readonly amount?: number;
            /** @description By ISO 4217. */
            readonly currency?: string;
            /** @description Of a promise: open on its day, broken after it. */
            readonly state?: components["schemas"]["PromiseState"];
            /** @description For whom it waits; null for a call that came to no agent's phone. */
            readonly agentId?: string;
            /** @description Only in a team's list. */
            readonly agentName?: string;
            /** @description The version of a follow-up or a promise. */
            readonly etag?: string;
        };
        /** @description Why nobody is dialled for an agent who may be free. */
        readonly WorkRest: {
            /**
             * Format: date-time
             * @description From when on it goes on.
             */
            readonly until: string;
            /** @description A sentence: why. */
            readonly message: string;
        };
        /** @description What goes on by itself, and until when at most. */
        readonly WorkView: {
            /** @description What goes on. */
            readonly what: components["schemas"]["HomologationWork"];
            /**
             * Format: date-time
             * @description Since when.
             */
            readonly since: string;
            /**
             * Format: date-time
             * @description Until when at most.
             */
            readonly until: string;
        };
        /** @description What an agent records about a call: the outcome, and what follows from it. */
        readonly WrapUp: {
            /** @description True until the agent sends it. */
            readonly draft: boolean;
            /** @description The code of an outcome. */
            readonly outcome?: string;
            /** @description What the agent has written. */
            readonly notes?: string;
            /** @description What the agent has agreed to do. */
            readonly followUp?: components["schemas"]["FollowUpNote"];
            /** @description What the contact has to pay. */
            readonly charge?: components["schemas"]["Charge"];
            /** @description What the contact has promised to pay. */
            readonly promise?: components["schemas"]["Promise"];
            /** @description The business's own fields, by their keys. */
            readonly fields?: {
                readonly [key: string]: string;
            };
            /** @description The agent who wrote it last, and the time. */
            readonly agentId: string;
            /** @description Set only when a call is read. It is not stored in the record. */
            readonly agentName?: string;
            /** @description The agent whose conversation it documents: it stays theirs if a supervisor corrects it. Null in what earlier releases stored: there it is who wrote it last. */
            readonly ownerId?: string;
            /**
             * Format: date-time
             * @description When it was changed last.
             */
            readonly updatedAt: string;
            /**
             * Format: date-time
             * @description When it was first sent: a correction does not change it. Null for a draft, and in what earlier releases stored.
             */
            readonly sentAt?: string;
            /** @description True where its outcome asked, when it was sent, that the number be not called any more: it goes on to ask, whatever the outcome means later. Null for any other, and in what earlier releases stored: there the outcomes tell. */
            readonly doNotCall?: boolean;
            /** @description The row's version. It is not stored in the record. */
            readonly etag?: string;
        };
        /** @description A field that the office adds to the wrap-up, as an administrator defines it. */
        readonly WrapUpField: {
            /** @description The key in a wrap-up's `fields`. Wrap-ups store it, so the values of a field that is removed stay. */
            readonly key: string;
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
            /** @description Which kind it is. */
            readonly kind: components["schemas"]["WrapUpFieldKind"];
            /** @description True where a wrap-up can be sent only with it. */
            readonly required: boolean;
            /** @description The values to choose from, in their order. */
            readonly choices: readonly string[];
            /** @description The codes of the outcomes that ask for it; empty for all. */
            readonly outcomes: readonly string[];
        };
        /** @description One field in a request. Kind is text, number, date or choice. */
        readonly WrapUpFieldInput: {
            /** @description The code of it, by which programs know it. */
            readonly key: string;
            /** @description In Spanish. */
            readonly es: string;
            /** @description In English. */
            readonly en: string;
            /** @description Which kind it is. */
            readonly kind: string;
            /** @description True where it can't be left out. */
            readonly required?: boolean;
            /** @description What can be chosen; any value where there are none. */
            readonly choices?: readonly string[];
            /** @description The codes of the outcomes that ask for it; all where there are none. */
            readonly outcomes?: readonly string[];
        };
        /**
         * @description What the value of a field must be. All values are stored as text.
         * @enum {string}
         */
        readonly WrapUpFieldKind: "text" | "number" | "date" | "choice";
        /** @description All fields in the order in which agents see them, with the list's version. */
        readonly WrapUpFieldList: {
            /** @description The fields, in order. */
            readonly items: readonly components["schemas"]["WrapUpField"][];
            /** @description The row's version, for `If-Match`. */
            readonly etag?: string;
        };
        /** @description The body of a request that replaces the wrap-up's own fields. */
        readonly WrapUpFieldsInput: {
            /** @description All fields, in order. */
            readonly items: readonly components["schemas"]["WrapUpFieldInput"][];
        };
        /** @description The body of a request that saves a wrap-up. */
        readonly WrapUpInput: {
            /** @description The outcome's code. */
            readonly outcome?: string;
            /** @description What the agent has written. */
            readonly notes?: string;
            /** @description What the agent has agreed to do. */
            readonly followUp?: components["schemas"]["FollowUpInput"];
            /** @description What the contact has to pay. */
            readonly charge?: components["schemas"]["Charge"];
            /** @description What the contact has promised to pay. */
            readonly promise?: components["schemas"]["Promise"];
            /** @description The business's own fields, by their keys. */
            readonly fields?: {
                readonly [key: string]: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AccountTestView = components['schemas']['AccountTestView'];
export type AccountVerdict = components['schemas']['AccountVerdict'];
export type AddedHoliday = components['schemas']['AddedHoliday'];
export type AddedHolidayInput = components['schemas']['AddedHolidayInput'];
export type Agent = components['schemas']['Agent'];
export type AgentAccountState = components['schemas']['AgentAccountState'];
export type AgentAccountView = components['schemas']['AgentAccountView'];
export type AgentAccountsView = components['schemas']['AgentAccountsView'];
export type AgentCall = components['schemas']['AgentCall'];
export type AgentInput = components['schemas']['AgentInput'];
export type AgentPartView = components['schemas']['AgentPartView'];
export type AgentStateKind = components['schemas']['AgentStateKind'];
export type AnswerView = components['schemas']['AnswerView'];
export type ApiKeyCreated = components['schemas']['ApiKeyCreated'];
export type ApiKeyInput = components['schemas']['ApiKeyInput'];
export type ApiKeyView = components['schemas']['ApiKeyView'];
export type AsideRecordView = components['schemas']['AsideRecordView'];
export type AskView = components['schemas']['AskView'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditPage = components['schemas']['AuditPage'];
export type BackfillInput = components['schemas']['BackfillInput'];
export type BackfillView = components['schemas']['BackfillView'];
export type BackupView = components['schemas']['BackupView'];
export type BackupsStatus = components['schemas']['BackupsStatus'];
export type BackupsView = components['schemas']['BackupsView'];
export type BelongingsView = components['schemas']['BelongingsView'];
export type BoardAgent = components['schemas']['BoardAgent'];
export type BoardCall = components['schemas']['BoardCall'];
export type BoardCounts = components['schemas']['BoardCounts'];
export type CallContactInput = components['schemas']['CallContactInput'];
export type CallDirection = components['schemas']['CallDirection'];
export type CallEventAck = components['schemas']['CallEventAck'];
export type CallListPage = components['schemas']['CallListPage'];
export type CallSource = components['schemas']['CallSource'];
export type CallState = components['schemas']['CallState'];
export type CallView = components['schemas']['CallView'];
export type CallingHours = components['schemas']['CallingHours'];
export type CallingHoursInput = components['schemas']['CallingHoursInput'];
export type CampaignAgreement = components['schemas']['CampaignAgreement'];
export type CampaignContact = components['schemas']['CampaignContact'];
export type CampaignContactsInput = components['schemas']['CampaignContactsInput'];
export type CampaignCounts = components['schemas']['CampaignCounts'];
export type CampaignDefaults = components['schemas']['CampaignDefaults'];
export type CampaignInput = components['schemas']['CampaignInput'];
export type CampaignMode = components['schemas']['CampaignMode'];
export type CampaignOptions = components['schemas']['CampaignOptions'];
export type CampaignPhone = components['schemas']['CampaignPhone'];
export type CampaignState = components['schemas']['CampaignState'];
export type CampaignView = components['schemas']['CampaignView'];
export type CampaignWork = components['schemas']['CampaignWork'];
export type Candidate = components['schemas']['Candidate'];
export type CaseDifference = components['schemas']['CaseDifference'];
export type CaseGroup = components['schemas']['CaseGroup'];
export type CaseInput = components['schemas']['CaseInput'];
export type CaseKind = components['schemas']['CaseKind'];
export type CaseState = components['schemas']['CaseState'];
export type CaseView = components['schemas']['CaseView'];
export type Charge = components['schemas']['Charge'];
export type ChoiceView = components['schemas']['ChoiceView'];
export type ClickInput = components['schemas']['ClickInput'];
export type ClueCall = components['schemas']['ClueCall'];
export type ClueKind = components['schemas']['ClueKind'];
export type ClueView = components['schemas']['ClueView'];
export type Colleague = components['schemas']['Colleague'];
export type ColleagueView = components['schemas']['ColleagueView'];
export type ComparedCase = components['schemas']['ComparedCase'];
export type ComparedQuestion = components['schemas']['ComparedQuestion'];
export type Condition = components['schemas']['Condition'];
export type Contact = components['schemas']['Contact'];
export type ContactCharge = components['schemas']['ContactCharge'];
export type ContactFieldDefinition = components['schemas']['ContactFieldDefinition'];
export type ContactFieldInput = components['schemas']['ContactFieldInput'];
export type ContactFieldKind = components['schemas']['ContactFieldKind'];
export type ContactFieldLabel = components['schemas']['ContactFieldLabel'];
export type ContactFieldLabelInput = components['schemas']['ContactFieldLabelInput'];
export type ContactFieldList = components['schemas']['ContactFieldList'];
export type ContactFieldType = components['schemas']['ContactFieldType'];
export type ContactFieldView = components['schemas']['ContactFieldView'];
export type ContactFieldsInput = components['schemas']['ContactFieldsInput'];
export type ContactImport = components['schemas']['ContactImport'];
export type ContactInput = components['schemas']['ContactInput'];
export type ContactMergeInput = components['schemas']['ContactMergeInput'];
export type ContactMergeView = components['schemas']['ContactMergeView'];
export type ContactPhone = components['schemas']['ContactPhone'];
export type CoordinationInput = components['schemas']['CoordinationInput'];
export type CoordinationView = components['schemas']['CoordinationView'];
export type Credentials = components['schemas']['Credentials'];
export type DayState = components['schemas']['DayState'];
export type DayView = components['schemas']['DayView'];
export type DeliveryError = components['schemas']['DeliveryError'];
export type DeliveryPage = components['schemas']['DeliveryPage'];
export type DeliveryRequest = components['schemas']['DeliveryRequest'];
export type DeliveryState = components['schemas']['DeliveryState'];
export type DeliveryTryView = components['schemas']['DeliveryTryView'];
export type DeliveryView = components['schemas']['DeliveryView'];
export type DemoCallInput = components['schemas']['DemoCallInput'];
export type DemoCaller = components['schemas']['DemoCaller'];
export type DeskRules = components['schemas']['DeskRules'];
export type DeskRulesInput = components['schemas']['DeskRulesInput'];
export type DeskSpeed = components['schemas']['DeskSpeed'];
export type DeskSpeedDay = components['schemas']['DeskSpeedDay'];
export type DeskSpeedRow = components['schemas']['DeskSpeedRow'];
export type DeskSpeedView = components['schemas']['DeskSpeedView'];
export type DialCheckView = components['schemas']['DialCheckView'];
export type DialHours = components['schemas']['DialHours'];
export type DialHoursInput = components['schemas']['DialHoursInput'];
export type DialOrder = components['schemas']['DialOrder'];
export type DialProblem = components['schemas']['DialProblem'];
export type DialRules = components['schemas']['DialRules'];
export type DialRulesInput = components['schemas']['DialRulesInput'];
export type DialState = components['schemas']['DialState'];
export type DialTryInput = components['schemas']['DialTryInput'];
export type DialTryView = components['schemas']['DialTryView'];
export type DialView = components['schemas']['DialView'];
export type DiskStatus = components['schemas']['DiskStatus'];
export type DismissInput = components['schemas']['DismissInput'];
export type DismissedCall = components['schemas']['DismissedCall'];
export type DismissedCalls = components['schemas']['DismissedCalls'];
export type DoNotCallCheck = components['schemas']['DoNotCallCheck'];
export type DoNotCallInput = components['schemas']['DoNotCallInput'];
export type DoNotCallSource = components['schemas']['DoNotCallSource'];
export type DoNotCallView = components['schemas']['DoNotCallView'];
export type Duplicate = components['schemas']['Duplicate'];
export type DuplicateKey = components['schemas']['DuplicateKey'];
export type DuplicateList = components['schemas']['DuplicateList'];
export type DuplicateReason = components['schemas']['DuplicateReason'];
export type DuplicateRule = components['schemas']['DuplicateRule'];
export type EmbedOriginsInput = components['schemas']['EmbedOriginsInput'];
export type EmbedOriginsView = components['schemas']['EmbedOriginsView'];
export type EmbedTokenCreated = components['schemas']['EmbedTokenCreated'];
export type EmbedTokenInput = components['schemas']['EmbedTokenInput'];
export type EndpointState = components['schemas']['EndpointState'];
export type EntryState = components['schemas']['EntryState'];
export type ErasureView = components['schemas']['ErasureView'];
export type EventEndpointCreated = components['schemas']['EventEndpointCreated'];
export type EventEndpointInput = components['schemas']['EventEndpointInput'];
export type EventEndpointView = components['schemas']['EventEndpointView'];
export type EventReplayInput = components['schemas']['EventReplayInput'];
export type EventReplayStarted = components['schemas']['EventReplayStarted'];
export type EventSecret = components['schemas']['EventSecret'];
export type EventTestResult = components['schemas']['EventTestResult'];
export type EventsStatus = components['schemas']['EventsStatus'];
export type ExternalContactBatch = components['schemas']['ExternalContactBatch'];
export type ExternalContactInput = components['schemas']['ExternalContactInput'];
export type ExternalRef = components['schemas']['ExternalRef'];
export type FirstStep = components['schemas']['FirstStep'];
export type FirstStepState = components['schemas']['FirstStepState'];
export type FirstStepView = components['schemas']['FirstStepView'];
export type FirstStepsInput = components['schemas']['FirstStepsInput'];
export type FirstStepsView = components['schemas']['FirstStepsView'];
export type FollowUp = components['schemas']['FollowUp'];
export type FollowUpInput = components['schemas']['FollowUpInput'];
export type FollowUpNote = components['schemas']['FollowUpNote'];
export type GuardInput = components['schemas']['GuardInput'];
export type GuardView = components['schemas']['GuardView'];
export type HandOverInput = components['schemas']['HandOverInput'];
export type HandOverView = components['schemas']['HandOverView'];
export type HealedBy = components['schemas']['HealedBy'];
export type Health = components['schemas']['Health'];
export type HistoryEntry = components['schemas']['HistoryEntry'];
export type HistoryKind = components['schemas']['HistoryKind'];
export type HolidayRules = components['schemas']['HolidayRules'];
export type HolidaysInput = components['schemas']['HolidaysInput'];
export type HomologationWork = components['schemas']['HomologationWork'];
export type HostView = components['schemas']['HostView'];
export type ImportColumn = components['schemas']['ImportColumn'];
export type ImportPreview = components['schemas']['ImportPreview'];
export type ImportProblem = components['schemas']['ImportProblem'];
export type ImportUndo = components['schemas']['ImportUndo'];
export type ImportedRow = components['schemas']['ImportedRow'];
export type IndexRepairPage = components['schemas']['IndexRepairPage'];
export type InviteInput = components['schemas']['InviteInput'];
export type InviteView = components['schemas']['InviteView'];
export type InvitedView = components['schemas']['InvitedView'];
export type InvoiceInput = components['schemas']['InvoiceInput'];
export type InvoiceView = components['schemas']['InvoiceView'];
export type JobState = components['schemas']['JobState'];
export type JsonObject = components['schemas']['JsonObject'];
export type KeyScope = components['schemas']['KeyScope'];
export type LateCards = components['schemas']['LateCards'];
export type LatePart = components['schemas']['LatePart'];
export type LatestCall = components['schemas']['LatestCall'];
export type LookupCondition = components['schemas']['LookupCondition'];
export type LookupContact = components['schemas']['LookupContact'];
export type LookupError = components['schemas']['LookupError'];
export type LookupFailure = components['schemas']['LookupFailure'];
export type LookupInput = components['schemas']['LookupInput'];
export type LookupLeftOutView = components['schemas']['LookupLeftOutView'];
export type LookupRequest = components['schemas']['LookupRequest'];
export type LookupSecret = components['schemas']['LookupSecret'];
export type LookupStatus = components['schemas']['LookupStatus'];
export type LookupTestInput = components['schemas']['LookupTestInput'];
export type LookupTestResult = components['schemas']['LookupTestResult'];
export type LookupView = components['schemas']['LookupView'];
export type MappableField = components['schemas']['MappableField'];
export type Mapping = components['schemas']['Mapping'];
export type MappingImportChange = components['schemas']['MappingImportChange'];
export type MappingImportRow = components['schemas']['MappingImportRow'];
export type MappingImportView = components['schemas']['MappingImportView'];
export type MappingInput = components['schemas']['MappingInput'];
export type MappingTieView = components['schemas']['MappingTieView'];
export type MatchKind = components['schemas']['MatchKind'];
export type MatchReason = components['schemas']['MatchReason'];
export type Me = components['schemas']['Me'];
export type MergeState = components['schemas']['MergeState'];
export type MergeUndone = components['schemas']['MergeUndone'];
export type Mismatch = components['schemas']['Mismatch'];
export type MismatchKind = components['schemas']['MismatchKind'];
export type MissedCall = components['schemas']['MissedCall'];
export type MyEndpoint = components['schemas']['MyEndpoint'];
export type NewPassword = components['schemas']['NewPassword'];
export type NextActionKind = components['schemas']['NextActionKind'];
export type NextActionView = components['schemas']['NextActionView'];
export type NoWork = components['schemas']['NoWork'];
export type NotedCallInput = components['schemas']['NotedCallInput'];
export type NumberView = components['schemas']['NumberView'];
export type OpenPopUps = components['schemas']['OpenPopUps'];
export type OperatorAccountView = components['schemas']['OperatorAccountView'];
export type OperatorAnswer = components['schemas']['OperatorAnswer'];
export type Outcome = components['schemas']['Outcome'];
export type OutcomeCount = components['schemas']['OutcomeCount'];
export type OutcomeInput = components['schemas']['OutcomeInput'];
export type OutcomeList = components['schemas']['OutcomeList'];
export type OutcomeMeaning = components['schemas']['OutcomeMeaning'];
export type OutcomeRequires = components['schemas']['OutcomeRequires'];
export type OutcomesInput = components['schemas']['OutcomesInput'];
export type PageOfAgent = components['schemas']['PageOfAgent'];
export type PageOfApiKeyView = components['schemas']['PageOfApiKeyView'];
export type PageOfAsideRecordView = components['schemas']['PageOfAsideRecordView'];
export type PageOfBackfillView = components['schemas']['PageOfBackfillView'];
export type PageOfCallView = components['schemas']['PageOfCallView'];
export type PageOfCampaignContact = components['schemas']['PageOfCampaignContact'];
export type PageOfCampaignView = components['schemas']['PageOfCampaignView'];
export type PageOfColleagueView = components['schemas']['PageOfColleagueView'];
export type PageOfContact = components['schemas']['PageOfContact'];
export type PageOfContactCharge = components['schemas']['PageOfContactCharge'];
export type PageOfContactImport = components['schemas']['PageOfContactImport'];
export type PageOfContactMergeView = components['schemas']['PageOfContactMergeView'];
export type PageOfDayView = components['schemas']['PageOfDayView'];
export type PageOfDoNotCallView = components['schemas']['PageOfDoNotCallView'];
export type PageOfErasureView = components['schemas']['PageOfErasureView'];
export type PageOfEventEndpointView = components['schemas']['PageOfEventEndpointView'];
export type PageOfFollowUp = components['schemas']['PageOfFollowUp'];
export type PageOfHandOverView = components['schemas']['PageOfHandOverView'];
export type PageOfLatestCall = components['schemas']['PageOfLatestCall'];
export type PageOfMapping = components['schemas']['PageOfMapping'];
export type PageOfMappingTieView = components['schemas']['PageOfMappingTieView'];
export type PageOfOperatorAccountView = components['schemas']['PageOfOperatorAccountView'];
export type PageOfPromiseToPay = components['schemas']['PageOfPromiseToPay'];
export type PageOfRecordStateView = components['schemas']['PageOfRecordStateView'];
export type PageOfRecountView = components['schemas']['PageOfRecountView'];
export type PageOfRefusedEvent = components['schemas']['PageOfRefusedEvent'];
export type PageOfRunSummary = components['schemas']['PageOfRunSummary'];
export type PageOfTeamAgentView = components['schemas']['PageOfTeamAgentView'];
export type PageOfUnmappedEndpoint = components['schemas']['PageOfUnmappedEndpoint'];
export type PageOfWebhookKeyUse = components['schemas']['PageOfWebhookKeyUse'];
export type PageOfWorkListEntry = components['schemas']['PageOfWorkListEntry'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type PauseReason = components['schemas']['PauseReason'];
export type PauseReasonInput = components['schemas']['PauseReasonInput'];
export type PauseReasonList = components['schemas']['PauseReasonList'];
export type PauseReasonsInput = components['schemas']['PauseReasonsInput'];
export type PersonalDataFile = components['schemas']['PersonalDataFile'];
export type PhoneNumberKind = components['schemas']['PhoneNumberKind'];
export type PoisonCount = components['schemas']['PoisonCount'];
export type PoisonList = components['schemas']['PoisonList'];
export type PoisonReplay = components['schemas']['PoisonReplay'];
export type PoisonView = components['schemas']['PoisonView'];
export type PopUp = components['schemas']['PopUp'];
export type PresenceInput = components['schemas']['PresenceInput'];
export type PresenceView = components['schemas']['PresenceView'];
export type PreviewRow = components['schemas']['PreviewRow'];
export type Problem = components['schemas']['Problem'];
export type Promise = components['schemas']['Promise'];
export type PromiseInput = components['schemas']['PromiseInput'];
export type PromiseState = components['schemas']['PromiseState'];
export type PromiseToPay = components['schemas']['PromiseToPay'];
export type PushOutcome = components['schemas']['PushOutcome'];
export type PushResult = components['schemas']['PushResult'];
export type PushResults = components['schemas']['PushResults'];
export type QuestionView = components['schemas']['QuestionView'];
export type QueueStatus = components['schemas']['QueueStatus'];
export type ReconciliationStatus = components['schemas']['ReconciliationStatus'];
export type RecordErrorView = components['schemas']['RecordErrorView'];
export type RecordStateView = components['schemas']['RecordStateView'];
export type RecordView = components['schemas']['RecordView'];
export type RecordsStatus = components['schemas']['RecordsStatus'];
export type RecountView = components['schemas']['RecountView'];
export type RefusalReason = components['schemas']['RefusalReason'];
export type RefusedCount = components['schemas']['RefusedCount'];
export type RefusedEvent = components['schemas']['RefusedEvent'];
export type RefusedPerson = components['schemas']['RefusedPerson'];
export type RefusedStatus = components['schemas']['RefusedStatus'];
export type RepairedTable = components['schemas']['RepairedTable'];
export type ReportAmounts = components['schemas']['ReportAmounts'];
export type ReportBy = components['schemas']['ReportBy'];
export type ReportRow = components['schemas']['ReportRow'];
export type ReportView = components['schemas']['ReportView'];
export type RestingAgent = components['schemas']['RestingAgent'];
export type RetentionAction = components['schemas']['RetentionAction'];
export type RetentionInput = components['schemas']['RetentionInput'];
export type RetentionRun = components['schemas']['RetentionRun'];
export type RetentionView = components['schemas']['RetentionView'];
export type ReturnedView = components['schemas']['ReturnedView'];
export type Role = components['schemas']['Role'];
export type RowOutcome = components['schemas']['RowOutcome'];
export type RunComparison = components['schemas']['RunComparison'];
export type RunInput = components['schemas']['RunInput'];
export type RunSummary = components['schemas']['RunSummary'];
export type RunView = components['schemas']['RunView'];
export type ScreenConnection = components['schemas']['ScreenConnection'];
export type ScreensStatus = components['schemas']['ScreensStatus'];
export type SettingInput = components['schemas']['SettingInput'];
export type SettingSource = components['schemas']['SettingSource'];
export type SettingView = components['schemas']['SettingView'];
export type SettingsInput = components['schemas']['SettingsInput'];
export type SetupInput = components['schemas']['SetupInput'];
export type Shift = components['schemas']['Shift'];
export type ShiftInput = components['schemas']['ShiftInput'];
export type SightingView = components['schemas']['SightingView'];
export type SkipInput = components['schemas']['SkipInput'];
export type SpentAmount = components['schemas']['SpentAmount'];
export type StatementDay = components['schemas']['StatementDay'];
export type StatementRoute = components['schemas']['StatementRoute'];
export type StatementSums = components['schemas']['StatementSums'];
export type StatementView = components['schemas']['StatementView'];
export type StatusView = components['schemas']['StatusView'];
export type StorageStatus = components['schemas']['StorageStatus'];
export type TeamAgentView = components['schemas']['TeamAgentView'];
export type TiedCalls = components['schemas']['TiedCalls'];
export type TimelineView = components['schemas']['TimelineView'];
export type UndoneWrapUp = components['schemas']['UndoneWrapUp'];
export type UnmappedEndpoint = components['schemas']['UnmappedEndpoint'];
export type UpcomingHoliday = components['schemas']['UpcomingHoliday'];
export type Visitor = components['schemas']['Visitor'];
export type WallboardView = components['schemas']['WallboardView'];
export type WebhookAddressView = components['schemas']['WebhookAddressView'];
export type WebhookKeyUse = components['schemas']['WebhookKeyUse'];
export type WebhookStatus = components['schemas']['WebhookStatus'];
export type WorkCampaign = components['schemas']['WorkCampaign'];
export type WorkCard = components['schemas']['WorkCard'];
export type WorkKind = components['schemas']['WorkKind'];
export type WorkListEntry = components['schemas']['WorkListEntry'];
export type WorkRest = components['schemas']['WorkRest'];
export type WorkView = components['schemas']['WorkView'];
export type WrapUp = components['schemas']['WrapUp'];
export type WrapUpField = components['schemas']['WrapUpField'];
export type WrapUpFieldInput = components['schemas']['WrapUpFieldInput'];
export type WrapUpFieldKind = components['schemas']['WrapUpFieldKind'];
export type WrapUpFieldList = components['schemas']['WrapUpFieldList'];
export type WrapUpFieldsInput = components['schemas']['WrapUpFieldsInput'];
export type WrapUpInput = components['schemas']['WrapUpInput'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
