import type * as Api from './generated/api.js';
import type { MayLack } from './shape.js';

export type RoleName = Api.Role;

/** A person who works with the calls, as it is written. */
export interface PersonInput {
  readonly name: string;
  readonly signInName: string;
  readonly roles: readonly RoleName[];
  readonly team: string;
  readonly language: string;
}

/** A person who works with the calls. */
export type Person = Api.Agent;

/** How a person's account stands. */
export type Account = Api.AgentAccountView;

/** Somebody whom the directory lets in and who is not in the list. */
export type Visitor = Api.Visitor;

export type Accounts = Api.AgentAccountsView;

/** An invitation: its link is shown once. */
export type Invite = Api.InviteView;

/** What somebody has that another would have to take. */
export type Belongings = Api.BelongingsView;

/** What was moved from one person to another. */
export type HandOver = MayLack<Api.HandOverView, 'agentId' | 'to' | 'createdAt'>;
