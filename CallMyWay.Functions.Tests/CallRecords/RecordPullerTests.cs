using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>What a pull notes of itself for the next one.</summary>
public sealed class RecordPullerTests
{
    [Fact]
    public async Task A_Pull_That_Reads_A_Quarter_Of_An_Hour_Is_Not_The_One_That_Reads_Far_Back()
    {
        await using var features = await Features.StartAsync();
        var clock = new ImpatientClock(features.Clock.Now);
        var account = features.Get<Accounts>().Home;
        var pulls = features.Get<RecordPullStore>();
        var deep = clock.Now.AddMinutes(-50);
        await pulls.PutAsync(
            new RecordPull { Account = account.Username, Watermark = clock.Now.AddMinutes(-1), DeepAt = deep },
            default);
        var puller = ActivatorUtilities.CreateInstance<RecordPuller>(
            features.Get<IServiceProvider>(),
            new RecordPages(
                OperatorPaceTests.Records(features, clock),
                features.Get<RecordIntake>(),
                features.Get<AsideRecordStore>(),
                clock),
            clock);

        await puller.PullAsync(account, default);

        var state = await pulls.GetAsync(account.Username, default);
        (state.SucceededAt is null, state.DeepAt).ShouldBe((false, deep));
    }
}
