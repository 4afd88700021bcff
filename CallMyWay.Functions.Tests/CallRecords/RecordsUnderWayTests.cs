using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Records of a call under way, on a real storage.</summary>
public sealed class RecordsUnderWayTests
{
    [Fact]
    public async Task A_Phone_That_Has_Stopped_Ringing_Does_Not_End_The_Call_Of_The_One_That_Talks()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home with { RecordsHaveLive = true };
        var began = account.LocalTime(features.Clock.Now).AddMinutes(-20);
        var talks = Record("ep-1") with { ConnectTime = began.AddSeconds(5), Duration = 0 };

        (await TakeAsync(Record("ep-2"), talks)).ShouldBe((0, 2));
        (await features.Get<CallStore>().GetAsync(new CallKey("c-1", account.Username), default)).ShouldBeNull();

        (await TakeAsync(Record("ep-2"), talks with { Duration = 900 })).ShouldBe((1, 0));
        var call = await features.Get<CallStore>().GetAsync(new CallKey("c-1", account.Username), default);
        (call!.State, call.DurationSeconds).ShouldBe((CallState.Ended, 900));

        CallRecord Record(string phone) => new()
        {
            RecordId = "c-1",
            Ani = "88881234",
            Dnis = "40001000",
            DnisUser = phone,
            DetectTime = began,
        };

        async Task<(int Added, int Waiting)> TakeAsync(params CallRecord[] records)
        {
            var waiting = 0;
            var taken = await features.Get<RecordIntake>().TakeAsync(
                account, records, features.Clock.Now, record => Assert.Fail($"{record}"), _ => waiting++, default);
            return (taken.Added, waiting);
        }
    }
}
