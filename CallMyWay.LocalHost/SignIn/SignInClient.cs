namespace CallMyWay.LocalHost.SignIn;

/// <summary>Who tries to sign in, as far as it is known before the password is checked.</summary>
/// <param name="Account">The agent's id; if there is no such agent, the given name.</param>
/// <param name="Address">The address by <see cref="ClientAddress"/>.</param>
/// <param name="Device">The browser's id, if this account has signed in with it before.</param>
/// <param name="IsKnown">True if the account has signed in before with this browser or from this address.</param>
internal sealed record SignInClient(string Account, string Address, string? Device, bool IsKnown);
