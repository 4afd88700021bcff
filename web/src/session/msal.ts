/** The parts of the library that {@link EntraAccount} uses, so that the others are not bundled. */
export {
  AuthError,
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-browser';
