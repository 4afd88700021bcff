using CallMyWay.Functions.PopUps;

namespace CallMyWay.Functions.Tests.PopUps;

public sealed class CallsFirstTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly CallsFirst _calls = new();

    [Fact]
    public async Task What_Can_Wait_Begins_When_The_Last_Call_Is_On_Its_Screen()
    {
        _calls.WhenNoneAsync(Long, default).IsCompleted.ShouldBeTrue("there is no call");
        var first = _calls.Begin();
        var second = _calls.Begin();
        var waiting = _calls.WhenNoneAsync(Long, default);

        first.Dispose();
        waiting.IsCompleted.ShouldBeFalse();
        second.Dispose();
        await waiting;
        using var third = _calls.Begin();
        _calls.WhenNoneAsync(Long, default).IsCompleted.ShouldBeFalse("it is asked again for each step");
    }

    [Fact]
    public async Task In_A_Storm_Of_Calls_It_Goes_On_All_The_Same()
    {
        using var call = _calls.Begin();

        await _calls.WhenNoneAsync(TimeSpan.FromMilliseconds(1), default);
        using var stopped = new CancellationTokenSource();
        var waiting = _calls.WhenNoneAsync(Long, stopped.Token);
        await stopped.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }
}
