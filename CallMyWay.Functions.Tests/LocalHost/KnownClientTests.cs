using System.Net;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>The addresses from which an agent has signed in, where guesses of others lock nobody out.</summary>
public sealed class KnownClientTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private TestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Time = _time });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Of_More_Than_Fifty_Addresses_The_Oldest_Are_Forgotten()
    {
        var account = (await _host.Get<LocalAccounts>().FindAsync("ana", default)).ShouldNotBeNull();
        for (byte i = 0; i < 52; i++)
        {
            await _host.Get<KnownClients>().RememberAsync(From(i), account, default);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        (await IsKnownAsync(0)).ShouldBeFalse();
        (await IsKnownAsync(1)).ShouldBeFalse();
        (await IsKnownAsync(2)).ShouldBeTrue();
        (await IsKnownAsync(51)).ShouldBeTrue();

        async Task<bool> IsKnownAsync(byte i) =>
            (await _host.Get<KnownClients>().FindAsync(From(i).Request, "ana", account)).IsKnown;
    }

    [Fact]
    public async Task The_Addresses_Of_A_Deleted_Agent_Go_With_The_Account()
    {
        using var ana = await _host.SignInAsync("ana");
        (await AddressesAsync()).ShouldHaveSingleItem();
        var agents = _host.Get<AgentStore>();
        await agents.DeleteAsync((await agents.GetAsync("ana", default)).ShouldNotBeNull(), null, default);

        await _host.Get<SessionWatch>().CheckAsync(default);

        (await AddressesAsync()).ShouldBeEmpty();

        async Task<IReadOnlyList<Row>> AddressesAsync() =>
            await _host.Get<ITables>()[LocalAccounts.Table].ReadAsync(new RowRange("known~ana"), default);
    }

    private static DefaultHttpContext From(byte last) =>
        new() { Connection = { RemoteIpAddress = new IPAddress([198, 51, 100, last]) } };
}
