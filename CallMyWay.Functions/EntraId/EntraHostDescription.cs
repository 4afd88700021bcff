using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The host on Azure, with sign-in by Entra ID. It needs no set-up page: an app role lets the first administrator in.
/// </summary>
public sealed class EntraHostDescription : IHostDescription
{
    public HostView Describe() => new(Demo: false, SignIn: EntraSignIn.Scheme, SetUp: false);
}
