using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.LocalHost.Web;

/// <summary>Describes this host: sign-in by password, and perhaps the demo.</summary>
internal sealed class LocalHostDescription(HostSettings settings, Setup setup) : IHostDescription
{
    public HostView Describe() => new(settings.IsDemo, "password", setup.Token is not null);
}
