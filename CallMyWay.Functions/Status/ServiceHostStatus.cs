using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Status;

/// <summary>A host whose disk and connections are a platform's: it knows nothing of them.</summary>
public sealed class ServiceHostStatus : IHostStatus
{
    public HostStatus Read() => new(null, null);
}
