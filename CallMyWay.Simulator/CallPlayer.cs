using System.Threading.Channels;

namespace CallMyWay.Simulator;

/// <summary>Plays each call at its own times, and tells the notifier what happens.</summary>
public sealed class CallPlayer(
    CallBook book,
    Notifier notifier,
    Behaviour behaviour,
    Tariff tariff,
    Lines lines,
    TimeProvider time) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();

    /// <summary>Adds the call and starts it; null if its call id is taken.</summary>
    public SimulatedCall? Start(CallRequest request) =>
        Start(CallPlans.Of(request, lines, tariff, book, behaviour.Shape, time.GetUtcNow())).Call;

    public (SimulatedCall? Call, Refusal? Refusal) Start(CallPlan plan, params IReadOnlyList<Line> mustBeFree)
    {
        var (call, refusal) = book.Add(
            number => new SimulatedCall(number, plan.Origin, plan.Legs, plan.Notify), mustBeFree);
        if (call is not null)
        {
            _ = Task.Run(() => RunAsync(call, plan));
        }

        return (call, refusal);
    }

    private async Task RunAsync(SimulatedCall call, CallPlan plan)
    {
        var notifications = Channel.CreateUnbounded<Notification>(new() { SingleReader = true, SingleWriter = true });
        var sending = notifier.SendAllAsync(call, notifications.Reader, _aborting.Token);

        // Whatever happens to the call, whoever waits for it continues.
        try
        {
            await PlayAsync(call, plan, notifications.Writer);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The simulator is stopping. The call stays as it is, and its notifications so far are still sent.
        }
        finally
        {
            book.Close(call);
            notifications.Writer.Complete();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            call.Settle();
        }
    }

    private async Task PlayAsync(SimulatedCall call, CallPlan plan, ChannelWriter<Notification> notifications)
    {
        foreach (var step in plan.Steps)
        {
            var due = plan.At.AddSeconds(step.After);
            if (await HungUpBeforeAsync(call, due))
            {
                var now = Seconds(time.GetUtcNow());
                foreach (var leg in call.Legs.Reverse().Where(
                    leg => leg.State is CallState.Ringing or CallState.Answered))
                {
                    Take(call, new Step(0, StepKind.End, leg), now, notifications);
                }

                return;
            }

            Take(call, step, Seconds(due), notifications);
        }
    }

    private async Task<bool> HungUpBeforeAsync(SimulatedCall call, DateTimeOffset due)
    {
        var wait = due - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            await Task.WhenAny(Task.Delay(wait, time, waiting.Token), call.HungUp);
            await waiting.CancelAsync();
            _stopping.Token.ThrowIfCancellationRequested();
        }

        return call.HungUp.IsCompleted;
    }

    private void Take(SimulatedCall call, Step step, DateTimeOffset at, ChannelWriter<Notification> notifications)
    {
        var (leg, shape) = (step.Leg, behaviour.Shape);
        lock (call)
        {
            switch (step.Kind)
            {
                case StepKind.Detect:
                    leg.DetectedAt = at;
                    if (shape.StartAt != StartAt.Answer)
                    {
                        if (leg.HandedOverBy is not null && shape.TransferStart == TransferStart.InternalFirst)
                        {
                            Tell("callStart", [leg.Endpoints[0]], null, null, isInternal: true);
                        }

                        Tell(
                            "callStart",
                            shape.RingGroup == RingGroup.PerEndpoint ? leg.Endpoints : [leg.Endpoints[0]],
                            null,
                            null);
                    }

                    break;
                case StepKind.Connect:
                    leg.ConnectedAt = at;
                    if (shape.StartAt != StartAt.Ringing)
                    {
                        Tell("callStart", [leg.AnsweredBy!], at, null);
                    }

                    if (shape.RingGroup == RingGroup.PerEndpoint && shape.StartAt != StartAt.Answer)
                    {
                        // The group's other phones stop ringing: for them the call ends without having connected.
                        Tell("callEnd", [.. leg.Endpoints.Where(endpoint => endpoint != leg.AnsweredBy)], null, at);
                    }

                    break;
                default:
                    leg.DisconnectedAt = at;
                    leg.DurationSeconds = leg.ConnectedAt is { } connected ? (int)(at - connected).TotalSeconds : 0;
                    leg.Cost = Tariff.Cost(new() { Rate = leg.Rate }, leg.DurationSeconds);
                    if (leg.ConnectedAt is null)
                    {
                        leg.AccessFee = 0;
                        leg.AnsweredBy = leg.Type == CallType.Out ? leg.AnsweredBy : null;
                    }

                    var all = leg.ConnectedAt is null && shape.RingGroup == RingGroup.PerEndpoint;
                    Tell("callEnd", all ? leg.Endpoints : [leg.AnsweredBy ?? leg.Endpoints[0]], leg.ConnectedAt, at);
                    break;
            }
        }

        void Tell(
            string action,
            IReadOnlyList<string> endpoints,
            DateTimeOffset? connected,
            DateTimeOffset? disconnected,
            bool isInternal = false)
        {
            foreach (var endpoint in call.Notify ? endpoints : [])
            {
                var notification = notifier.Write(
                    call.Notifications.Count, action, leg, endpoint, connected, disconnected, isInternal);
                call.Notifications.Add(notification);
                notifications.TryWrite(notification);
            }
        }
    }

    // The operator's times are whole seconds. Cut like this, their differences are whole too.
    private static DateTimeOffset Seconds(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops the running calls. Notifications on their way are sent, within the host's time to stop.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(book.All().Select(call => call.Done)).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _aborting.CancelAsync();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborting.Dispose();
    }
}
