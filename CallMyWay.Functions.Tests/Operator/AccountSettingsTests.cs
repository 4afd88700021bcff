using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>Settings of accounts that were taken over, in the instances that share a storage.</summary>
public sealed class AccountSettingsTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync("8000002");

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("TimeZone", "America/Costa_Rica", "Nowhere/City")]
    [InlineData("TimeZone", "America/Costa_Rica", "")]
    [InlineData("RecordsPage", "500", "0")]
    [InlineData("RecordsPage", "500", "many")]
    [InlineData("DialFormat", "national", "sip")]
    [InlineData("CostIncludesAccessFee", "false", "perhaps")]
    [InlineData("RecordsHaveLive", "false", "yes")]
    [InlineData("AccountIds", "", "8000002")]
    public async Task A_Value_That_The_Setting_Cannot_Have_Changes_Nothing(string name, string now, string value)
    {
        var settings = _features.Get<AccountSettings>();

        (await settings.ChangeAsync("8000001", [new(name, now, value), new("RecordIdPrefix", "", "cdr-")], default))
            .ShouldBe(SettingsChange.IsInvalid);

        Home.RecordIdPrefix.ShouldBeEmpty();
        (await _features.RowsAsync(StorageNames.OperatorPace, "~settings")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_Setting_Is_In_Force_For_Its_Account_Alone()
    {
        var settings = _features.Get<AccountSettings>();

        (await settings.ChangeAsync(
            "8000001",
            [
                new("TimeZone", "America/Costa_Rica", "America/Bogota"),
                new("AccountIds", "", "acc-7"),
                new("RecordIdPrefix", "", "cdr-"),
                new("RecordsPage", "500", "200"),
                new("DialFormat", "national", "e164"),
                new("CostIncludesAccessFee", "false", "true"),
                new("RecordsHaveLive", "false", "true"),
            ],
            default)).ShouldBe(SettingsChange.Made);

        var accounts = _features.Get<Accounts>();
        accounts.Listed("acc-7").ShouldBe(Home);
        accounts.IdsOf(Home).ShouldBe(["acc-7", "8000001"]);
        (Home.TimeZone.Id, Home.RecordIdPrefix, Home.RecordsPage, Home.DialFormat, Home.CostIncludesAccessFee)
            .ShouldBe(("America/Bogota", "cdr-", 200, "e164", true));
        Home.RecordsHaveLive.ShouldBeTrue();
        accounts.Find("8000002").ShouldBe(new Account("8000002", "CRC", accounts.Find("8000002").TimeZone));
        accounts.Find("8000002").TimeZone.Id.ShouldBe("America/Costa_Rica");
        accounts.SettingOf("8000001", "Password").ShouldBeNull("it is none that can be taken over");
        accounts.SettingOf("9", "TimeZone").ShouldBeNull();
    }

    [Fact]
    public async Task An_Instance_Reads_Them_Before_All_Else_And_Every_Minute()
    {
        var clock = new MachineClock(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
        var its = new Accounts(_features.Get<IOptions<CallMyWayOptions>>());
        var read = new AccountSettings(_features.Get<ITables>(), its, NullLogger<AccountSettings>.Instance);
        using var watch = new AccountSettingsWatch(read, clock, NullLogger<AccountSettingsWatch>.Instance);
        await TakeAsync("500", "200");
        await watch.StartingAsync(default);
        its.Home.RecordsPage.ShouldBe(200);

        await watch.StartAsync(default);
        await TakeAsync("200", "300");
        // A storage that fails for a while leaves in force what was read last.
        its.Home.RecordsPage.ShouldBe(200);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(its.Home.RecordsPage == 300);
        });
        await watch.StopAsync(default);

        async Task TakeAsync(string now, string after) =>
            (await _features.Get<AccountSettings>().ChangeAsync("8000001", [new("RecordsPage", now, after)], default))
                .ShouldBe(SettingsChange.Made);
    }

    private Account Home => _features.Get<Accounts>().Home;
}
