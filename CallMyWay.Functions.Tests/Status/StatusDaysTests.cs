using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
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
    public async Task A_Disk_That_Is_Gone_Hides_No_Other_Part()
    {
        await using var features = await Features.StartAsync();
        var reader = ActivatorUtilities.CreateInstance<StatusReader>(features.Get<IServiceProvider>(), new GoneDisk());

        var status = await reader.ReadAsync(Language.Spanish, default);

        (status.Disk, status.Screens!.Connected).ShouldBe((null, 0));
        status.Webhook.ShouldNotBeNull();
    }

    private sealed class GoneDisk : IHostStatus
    {
        public HostStatus Read() => throw new DriveNotFoundException();
    }
}
