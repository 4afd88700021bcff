import type { AccountInfo, Configuration, IPublicClientApplication } from '@azure/msal-browser';
import type { AzureSettings } from '../../static-web-app.js';
import { backToLeftPage, noteLeftPage } from './left-page.js';
import type { Refusal, WorkAccount } from './work-account.js';
import './stranger-page.js';
import './work-sign-in.js';

type Msal = typeof import('./msal.js');

/** Sign-in with Entra ID: the authorization code flow with PKCE, by redirect. */
export function entraAccount(settings: AzureSettings): WorkAccount {
  backToLeftPage();
  return new EntraAccount(settings);
}

/**
 * Tokens are kept in the tab's sessionStorage. They survive a reload, but not the tab's end, and other tabs of a shared
 * computer don't have them. In memory only, each reload would redirect to Entra ID. They are renewed only with the
 * refresh token, not in a hidden frame: that needs third-party cookies, and a page that may be framed. When the refresh
 * token expires (after 24 hours), the agent signs in again.
 */
class EntraAccount implements WorkAccount {
  #client: Promise<IPublicClientApplication> | undefined;
  #name: string | undefined;
  #refusal: Refusal | undefined;

  constructor(private readonly settings: AzureSettings) {}

  get hasBegun(): boolean {
    return Object.keys(sessionStorage).some((key) => key.startsWith('msal.') && key !== 'msal.version');
  }

  get name(): string | undefined {
    return this.#name;
  }

  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  async token(renew = false): Promise<string | undefined> {
    // Without a started sign-in, the library is not needed.
    if (!this.#client && !this.hasBegun) return undefined;
    const client = await this.#open();
    const account = client.getActiveAccount();
    if (!account) return undefined;
    this.#name = account.username;
    const { CacheLookupPolicy, InteractionRequiredAuthError, ServerError } = await load();
    try {
      const { accessToken } = await client.acquireTokenSilent({
        scopes: [this.settings.scope],
        account,
        forceRefresh: renew,
        cacheLookupPolicy: renew ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken,
      });
      return accessToken;
    } catch (error) {
      // An expired refresh token gives `invalid_grant`. Other errors, such as no network, say nothing about the
      // session.
      if (error instanceof InteractionRequiredAuthError) return undefined;
      if (error instanceof ServerError && error.errorCode === 'invalid_grant') return undefined;
      throw error;
    }
  }

  async signIn(another = false): Promise<void> {
    const client = await this.#open();
    noteLeftPage();
    await client.loginRedirect({
      scopes: [this.settings.scope],
      ...(another ? { prompt: 'select_account' } : this.#name ? { loginHint: this.#name } : {}),
    });
  }

  async signOut(): Promise<void> {
    const client = await this.#open();
    await client.logoutRedirect({ account: client.getActiveAccount() });
  }

  #open(): Promise<IPublicClientApplication> {
    this.#client ??= this.#start().catch((error) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  async #start(): Promise<IPublicClientApplication> {
    const { createStandardPublicClientApplication, AuthError } = await load();
    const client = await createStandardPublicClientApplication(this.#configuration());
    try {
      const answer = await client.handleRedirectPromise({ navigateToLoginRequestUrl: false });
      if (answer) await keepOnly(answer.account, client);
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      this.#refusal = refusalOf(error);
    }

    return client;
  }

  #configuration(): Configuration {
    const page = `${location.origin}/`;
    return {
      auth: {
        clientId: this.settings.clientId,
        authority: this.settings.authority,
        redirectUri: page,
        postLogoutRedirectUri: page,
      },
      cache: { cacheLocation: 'sessionStorage' },
    };
  }
}

/** Otherwise the library would keep the tokens of an earlier user of this tab, even after sign-out. */
async function keepOnly(account: AccountInfo, client: IPublicClientApplication): Promise<void> {
  client.setActiveAccount(account);
  for (const other of client.getAllAccounts()) {
    if (other.homeAccountId !== account.homeAccountId) await client.clearCache({ account: other });
  }
}

const load = (): Promise<Msal> => import('./msal.js');

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function refusalOf(error: { readonly errorCode: string; readonly errorMessage: string }): Refusal {
  const code = /AADSTS\d+/.exec(error.errorMessage)?.[0] ?? error.errorCode;
  if (code === 'AADSTS65004' || code === 'access_denied') return { kind: 'cancelled' };
  return { kind: code === 'AADSTS50105' ? 'notAssigned' : 'failed', code };
}
