using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>The clock of what is done each minute.</summary>
public sealed class PullCallRecordsTests
{
    [Fact]
    public async Task What_Fails_Keeps_Nothing_Else_Away_And_Is_Told()
    {
        await using var features = await Features.StartAsync();
        var ran = new List<string>();
        var clock = new PullCallRecords(
            features.Get<Accounts>(),
            features.Get<PacedRecords>(),
            features.Get<RecordPuller>(),
            [new Each(() => throw new InvalidOperationException("it fails")), new Each(() => ran.Add("the next"))],
            features.Get<MeterFlush>(),
            Options.Create(new CallRecordsOptions()));

        var told = await Should.ThrowAsync<AggregateException>(() => clock.Run(new TimerInfo(), default));

        told.InnerExceptions.ShouldHaveSingleItem().Message.ShouldBe("it fails");
        ran.ShouldBe(["the next"]);
    }

    private sealed class Each(Action what) : IScheduled
    {
        public Task RunDueAsync(CancellationToken cancellationToken)
        {
            what();
            return Task.CompletedTask;
        }
    }
}
