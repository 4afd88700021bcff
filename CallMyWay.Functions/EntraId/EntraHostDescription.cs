using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The host on Azure, with sign-in by Entra ID. It needs no set-up page: an app role lets the first administrator in.
/// </summary>
public sealed class EntraHostDescription : IHostDescription
{
    /// <summary>The load balancer before the functions ends a request after 230 seconds.</summary>
    private const int DaysOfAnExport = 31;

    public HostView Describe() => new(Demo: false, SignIn: EntraSignIn.Scheme, SetUp: false)
    {
        ExportDays = DaysOfAnExport,
    };
}
