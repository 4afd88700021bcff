namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Lets what can wait begin while no call is on its way to a screen. Both would share processors and storage, and the
/// agent looks at the screen.
/// </summary>
public sealed class CallsFirst
{
    private readonly Lock _gate = new();

    private int _calls;

    private TaskCompletionSource? _none;

    /// <summary>A call is on its way until the result is disposed.</summary>
    public Way Begin()
    {
        lock (_gate)
        {
            _calls++;
        }

        return new Way(this);
    }

    /// <summary>Waits until no call is on its way; in a storm of calls as long as is said.</summary>
    public Task WhenNoneAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task none;
        lock (_gate)
        {
            if (_calls == 0)
            {
                return Task.CompletedTask;
            }

            none = (_none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        return WaitAsync(none, atMost, cancellationToken);
    }

    private static async Task WaitAsync(Task none, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await none.WaitAsync(atMost, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Calls come one after the other: it has waited long enough.
        }
    }

    private void End()
    {
        TaskCompletionSource? none = null;
        lock (_gate)
        {
            if (--_calls == 0)
            {
                (none, _none) = (_none, null);
            }
        }

        none?.SetResult();
    }

    /// <summary>One call's way to the screens.</summary>
    public readonly struct Way(CallsFirst all) : IDisposable
    {
        public void Dispose() => all.End();
    }
}
