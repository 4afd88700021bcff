namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Tests that give Azurite as much to do as it can take. They run by themselves, after the others: a test beside them
/// waits longer for its answers than a host waits for its storage.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoadTestGroup
{
    public const string Name = "load";
}
