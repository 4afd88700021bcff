namespace CallMyWay.LocalHost.SignIn;

/// <summary>Who tries to sign in as an account, as far as it can be told before the password is checked.</summary>
/// <param name="Account">The agent's id, or the name that was given where nobody has it.</param>
/// <param name="Address">By <see cref="ClientAddress"/>.</param>
/// <param name="Device">The browser's id, where it signed in as this account before.</param>
/// <param name="IsKnown">The account signed in before, with this browser or from this address.</param>
internal sealed record SignInClient(string Account, string Address, string? Device, bool IsKnown);
