using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Status;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Status;

/// <summary>What one look at the status costs, whatever there is to see.</summary>
public sealed class StatusCostTests
{
    [Fact]
    public async Task A_Look_Reads_A_Few_Rows_However_Many_Calls_There_Are()
    {
        await using var features = await Features.StartAsync("8000002");
        await features.Get<PresenceStore>().PutBeatAsync("ana", features.Clock.Now, default);
        await features.Get<PresenceStore>().PutBeatAsync("luis", features.Clock.Now.AddMinutes(-5), default);
        for (var i = 0; i < 20; i++)
        {
            var call = Payload.Text("call-start-in.json").Replace("c-1001", $"c-{i}", StringComparison.Ordinal);
            await features.ProcessAsync(call);
        }

        features.Meter.Reset();
        var status = await features.Get<StatusReader>().ReadAsync(Language.Spanish, default);

        // Two accounts: their pulls, their days and the next ones; a month of refused notifications; the beats; the
        // storage's probe.
        features.Meter.Operations.Order(StringComparer.Ordinal).ShouldBe(
        [
            "delete agents", "get reconciliations", "get reconciliations", "get recordpulls", "get recordpulls",
            "query presence", "query reconciliations", "query reconciliations", "query refusedevents", "upsert agents",
        ]);
        (status.Screens!.Agents, status.Screens.Connected).ShouldBe((1, 1));
        status.Disk.ShouldBeNull();
        status.Records!.Select(part => part.Account).ShouldBe(["8000001", "8000002"]);
    }
}
