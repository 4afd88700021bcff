using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The host on Azure: sign-in at Entra ID, whose app role lets the first administrator in, so that there is nothing to
/// set up.
/// </summary>
public sealed class EntraHostDescription : IHostDescription
{
    public HostView Describe() => new(Demo: false, SignIn: EntraSignIn.Scheme, SetUp: false);
}
