using CallMyWay.Functions.Api;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Status;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Status;

/// <summary>Which days of the last week the status counts as not worked out, and that no part hides another.</summary>
public sealed class StatusDaysTests
{
    [Fact]
    public async Task Days_Of_Before_The_System_Was_Set_Up_Are_Not_Waited_For()
    {
        await using var features = await Features.StartAsync();
        var days = features.Get<DayStore>();
        var account = features.Get<Accounts>().Home;
        var today = account.TimeZone.DayOf(features.Clock.Now);
        (await PendingAsync()).ShouldBe(0, "the schedule never ran");

        await days.PutNextAsync(account.Username, today, default);
        (await PendingAsync()).ShouldBe(0, "today is the first day");

        await days.PutNextAsync(account.Username, today.AddDays(-3), default);
        (await PendingAsync()).ShouldBe(3, "three days are over and not worked out");

        // An administrator asks for an earlier day. It counts like each other.
        await days.PutAsync(
            new DayReconciliation(account.Username, today.AddDays(-5)) { AskedAt = features.Clock.Now }, default);
        (await PendingAsync()).ShouldBe(4);

        async Task<int> PendingAsync() =>
            (await features.Get<StatusReader>().ReadAsync(Language.Spanish, default)).Reconciliation![0].Pending;
    }

    [Fact]
    public async Task The_Last_Days_Are_Those_Of_The_Accounts_Zone()
    {
        await using var features = await Features.StartAsync();
        // The evening of the second in Costa Rica.
        features.Clock.Now = new DateTimeOffset(2026, 3, 3, 3, 0, 0, TimeSpan.Zero);
        await features.Get<DayStore>().PutNextAsync("8000001", new DateOnly(2026, 3, 2), default);

        var status = await features.Get<StatusReader>().ReadAsync(Language.Spanish, default);

        status.Reconciliation![0].Pending.ShouldBe(0);
    }

    [Fact]
    public async Task A_Day_That_Could_Not_Be_Worked_Out_Is_Open()
    {
        await using var features = await Features.StartAsync();
        var day = new DateOnly(2026, 3, 1);
        await features.Get<DayStore>().PutAsync(
            new DayReconciliation("8000001", day) { AskedAt = features.Clock.Now.AddHours(-7) }, default);

        var found = (await features.Get<StatusReader>().ReadAsync(Language.Spanish, default)).Reconciliation![0];

        (found.Open, found.Pending, found.OpenDay).ShouldBe((1, 0, day));
    }

    [Fact]
    public async Task Who_Has_Left_Is_At_No_Screen()
    {
        await using var features = await Features.StartAsync();
        var presence = features.Get<PresenceStore>();
        await presence.PutBeatAsync("ana", features.Clock.Now, default);
        await presence.PutBeatAsync("luis", new ScreenBeat(features.Clock.Now) { HasLeft = true }, default);

        (await features.Get<StatusReader>().ReadAsync(Language.Spanish, default)).Screens!.Agents.ShouldBe(1);
    }

    [Fact]
    public async Task There_Are_No_More_Agents_Than_Screens()
    {
        await using var features = await Features.StartAsync();
        foreach (var agent in new[] { "ana", "luis" })
        {
            await features.Get<PresenceStore>().PutBeatAsync(agent, features.Clock.Now, default);
        }

        var reader = ActivatorUtilities.CreateInstance<StatusReader>(features.Get<IServiceProvider>(), new OneScreen());
        var screens = (await reader.ReadAsync(Language.Spanish, default)).Screens!;

        (screens.Connected, screens.Agents).ShouldBe((1, 1));
    }

    [Fact]
    public async Task An_Endpoint_That_Is_Turned_Off_Is_Not_Looked_At()
    {
        await using var features = await Features.StartAsync();
        foreach (var (endpointId, isEnabled) in new[] { ("on", true), ("off", false) })
        {
            await features.Get<EventEndpointStore>().SaveAsync(
                new EventEndpoint
                {
                    EndpointId = endpointId,
                    Url = "https://crm.example.org/events",
                    Events = ["call.ended"],
                    Secret = "whsec_",
                    CreatedAt = features.Clock.Now,
                    Enabled = isEnabled,
                },
                default);
        }

        features.Clock.Now += TimeSpan.FromMinutes(5);

        (await features.Get<StatusReader>().ReadAsync(Language.Spanish, default)).Events!
            .Select(endpoint => endpoint.EndpointId).ShouldBe(["on"]);
    }

    [Fact]
    public async Task A_Disk_That_Is_Full_Is_What_Is_Wrong()
    {
        var disk = new TestDisk();
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Services = services => services.AddSingleton<IHostStatus>(disk) });
        using var admin = await host.SignInAsync("admin");
        var before = await admin.GetObjectAsync("/api/status");
        ((string?)before["disk"]!["state"]).ShouldBe("good");
        ((string?)before["state"]).ShouldNotBe("bad", "nothing else is");

        disk.IsFull = true;
        var status = await admin.GetObjectAsync("/api/status");

        ((string?)status["disk"]!["state"], (string?)status["state"]).ShouldBe(("bad", "bad"));
    }

    [Fact]
    public async Task A_Disk_That_Is_Gone_Hides_No_Other_Part()
    {
        await using var features = await Features.StartAsync();
        var reader = ActivatorUtilities.CreateInstance<StatusReader>(features.Get<IServiceProvider>(), new GoneDisk());

        var status = await reader.ReadAsync(Language.Spanish, default);

        (status.Disk, status.Screens!.Connected).ShouldBe((null, 0));
        status.Webhook.ShouldNotBeNull();
    }

    private sealed class TestDisk : IHostStatus
    {
        public bool IsFull { get; set; }

        public HostStatus Read() => new(new HostDisk(IsFull ? 0 : 1L << 40, 1L << 40, null), null);
    }

    private sealed class OneScreen : IHostStatus
    {
        public HostStatus Read() => new(null, 1);
    }

    private sealed class GoneDisk : IHostStatus
    {
        public HostStatus Read() => throw new DriveNotFoundException();
    }
}
