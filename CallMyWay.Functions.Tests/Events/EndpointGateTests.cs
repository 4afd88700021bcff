using CallMyWay.Functions.Events;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>The places of an endpoint, with a clock that is set: no request is sent.</summary>
public sealed class EndpointGateTests
{
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(500)]
    [InlineData(1_500)]
    public async Task A_Backlog_For_A_Slow_Receiver_Goes_On_Until_It_Is_Done(int count)
    {
        using var gate = new EndpointGate(_clock);
        await KnowAsSlowAsync(gate);
        var began = _clock.GetUtcNow();
        var asked = 0;
        // What comes next, who leaves a place before who wants one.
        var next = new PriorityQueue<IDisposable?, (DateTimeOffset At, bool Wants)>();
        for (var i = 0; i < count; i++)
        {
            next.Enqueue(null, (began, Wants: true));
        }

        while (next.TryDequeue(out var place, out var due))
        {
            _clock.SetUtcNow(due.At);
            if (place is not null)
            {
                place.Dispose();
            }
            else if (await gate.EnterAsync(default) is { } entered)
            {
                next.Enqueue(entered, (due.At + Takes, Wants: false));
            }
            else
            {
                asked++;
                next.Enqueue(null, (due.At + gate.ComeBackIn(), Wants: true));
            }
        }

        (_clock.GetUtcNow() - began).ShouldBeLessThan(Takes * count / 2 * 2, "two at once are the quickest");
        asked.ShouldBeLessThan(count * 5);
    }

    private async Task KnowAsSlowAsync(EndpointGate gate)
    {
        for (var i = 0; i < 20; i++)
        {
            using var place = await gate.EnterAsync(default);
            _clock.Advance(Takes);
        }
    }
}
