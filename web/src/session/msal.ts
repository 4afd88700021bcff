/** Of the library what {@link EntraAccount} uses, so that the rest is not built in. */
export {
  AuthError,
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-browser';
