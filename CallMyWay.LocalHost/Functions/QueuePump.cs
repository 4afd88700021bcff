using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Functions;

/// <summary>
/// Runs the queue functions, one <see cref="QueuePump"/> for each. They begin when the whole host has started: where it
/// can't start, no message was taken.
/// </summary>
internal sealed class QueuePumps(
    FunctionCatalog functions,
    IServiceProvider services,
    IQueueReceiver receiver,
    SendRate sends,
    IOptions<QueueOptions> options,
    TimeProvider time,
    ILogger<QueuePump> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly List<QueuePump> _pumps = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return Task.CompletedTask;
        }

        _pumps.AddRange(functions.Queues.Select(function => new QueuePump(
            function, new FunctionInvoker(services, function.Method), receiver, sends, options.Value, time, logger)));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _pumps.ForEach(pump => pump.Start());
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_pumps.Select(pump => pump.StopAsync(cancellationToken)));

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var pump in _pumps)
        {
            await pump.DisposeAsync();
        }
    }
}

/// <summary>
/// Receives a queue's messages and runs the function on several at once. A successful message is deleted. A failed one
/// is tried again later; after the last try it goes to the poison queue, as does a message that ended the process at
/// each try. While a function runs, its message is kept hidden. While many messages are being sent, only a few are
/// processed at once, so that acks don't wait. On stop it receives no more, lets the running ones finish for a while,
/// and then gives their messages back. That counts as no try where the storage can tell.
/// </summary>
internal sealed partial class QueuePump(
    QueueFunction function,
    FunctionInvoker invoker,
    IQueueReceiver receiver,
    SendRate sends,
    QueueOptions options,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    private const int BatchSize = 32;

    /// <summary>How many messages are processed at once while many are being sent.</summary>
    private const int BatchInStorm = 8;

    /// <summary>The same of the queue whose work is mostly to wait for another application.</summary>
    private const int EventsInStorm = 24;

    private static readonly TimeSpan StormWait = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long the pump of the notifications rests after each batch, where so many come in that they take the whole
    /// machine. To process one takes the processor time of ten acks, and the writer's time of more.
    /// </summary>
    private static readonly TimeSpan LongStormWait = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many times in sequence an empty queue is not asked in a storm, as its adapter knows that nothing is due. It
    /// is asked about once a second all the same.
    /// </summary>
    private const int MostPassed = 20;

    /// <summary>
    /// How long a batch is waited for in a storm. What takes longer waits for another machine, as a request to an
    /// application that is slow, and is in no sender's way.
    /// </summary>
    private static readonly TimeSpan StormPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(options.Parallel);

    private readonly CancellationTokenSource _stopTaking = new();

    private readonly CancellationTokenSource _stopRunning = new();

    private Task _taking = Task.CompletedTask;

    private Task? _stopped;

    /// <summary>
    /// True if the storage failed at the last receive. It is asked every second; the log says it once.
    /// </summary>
    private bool _cannotReceive;

    /// <summary>True if the queue had no due message at the last receive.</summary>
    private bool _isEmpty;

    private int _passed;

    public void Start() => _taking = Task.Run(TakeAsync);

    public Task StopAsync(CancellationToken shutdown) => _stopped ??= EndAsync(shutdown);

    /// <summary>Ends the running work of a host that was disposed without being stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _free.Dispose();
        _stopTaking.Dispose();
        _stopRunning.Dispose();
    }

    private async Task EndAsync(CancellationToken shutdown)
    {
        await _stopTaking.CancelAsync();
        // When the shutdown's time is over, the running functions are cancelled, and each message is given back.
        await using (shutdown.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stopRunning))
        {
            await _taking;
            for (var i = 0; i < options.Parallel; i++)
            {
                await _free.WaitAsync(CancellationToken.None);
            }
        }
    }

    private async Task TakeAsync()
    {
        var stop = _stopTaking.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await TakeBatchAsync(stop);
                if (_cannotReceive)
                {
                    _cannotReceive = false;
                    Log.ReceivesAgain(logger, function.Queue);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The storage failed. Its messages stay there, so continue when it works again.
                if (!_cannotReceive)
                {
                    _cannotReceive = true;
                    Log.CannotReceive(logger, function.Queue, exception);
                }

                await Task.Delay(IdleWait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeBatchAsync(CancellationToken stop)
    {
        await _free.WaitAsync(stop);
        if (_isEmpty && !sends.IsHigh && await WaitAsync(stop))
        {
            return;
        }

        var isStorm = sends.IsHigh;
        if (isStorm && _isEmpty && _passed < MostPassed && !receiver.MayBeDue(function.Queue))
        {
            // A claim is a commit of its own, for which the acks would wait.
            _passed++;
            _free.Release();
            await Task.Delay(StormWait, time, stop);
            return;
        }

        _passed = 0;
        var places = 1;
        var most = !isStorm ? BatchSize : function.Queue == StorageNames.EventsOut ? EventsInStorm : BatchInStorm;
        while (places < most && _free.Wait(0, CancellationToken.None))
        {
            places++;
        }

        IReadOnlyList<QueueMessage> messages = [];
        try
        {
            // Not cancellable: a message that was received and then forgotten would stay hidden until its visibility
            // time-out.
            messages = await receiver.ReceiveAsync(function.Queue, places, options.Visibility, CancellationToken.None);
        }
        finally
        {
            if (messages.Count < places)
            {
                _free.Release(places - messages.Count);
            }
        }

        _isEmpty = messages.Count == 0;
        var running = messages.Select(Start).ToList();
        if (isStorm)
        {
            await Task.WhenAll(running).WaitAsync(StormPatience, time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var isLong = sends.IsVeryHigh && function.Queue == StorageNames.CallEvents;
            await Task.Delay(isLong ? LongStormWait : StormWait, time, stop);
        }
    }

    /// <summary>
    /// True if a message came and is being processed. If false, the place is still free, and there may be messages.
    /// </summary>
    private async Task<bool> WaitAsync(CancellationToken stop)
    {
        QueueMessage? message;
        try
        {
            message = await receiver.WaitAsync(function.Queue, options.Visibility, IdleWait, stop);
        }
        catch
        {
            _free.Release();
            throw;
        }

        if (message is null)
        {
            return false;
        }

        _ = Start(message);
        return true;
    }

    private Task Start(QueueMessage message) => Task.Run(() => RunAsync(message), CancellationToken.None);

    private async Task RunAsync(QueueMessage message)
    {
        try
        {
            var outcome = TryAsync(message);
            message = await HoldAsync(message, outcome);
            if (!await SettleAsync(message, await outcome))
            {
                Log.NotOurs(logger, function.Name, message.DequeueCount);
            }
        }
        catch (Exception exception)
        {
            // The result could not be stored. The message is delivered again when its visibility time-out is over.
            Log.CannotSettle(logger, function.Name, message.DequeueCount, exception);
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task<Outcome> TryAsync(QueueMessage message)
    {
        if (message.DequeueCount > options.MaxTries)
        {
            Log.CameBack(logger, function.Name, options.MaxTries);
            return Outcome.GivenUp;
        }

        RepeatableWork.Begin();
        try
        {
            await invoker.InvokeAsync(message.Body, _stopRunning.Token);
            return Outcome.Done;
        }
        catch (Exception) when (_stopRunning.IsCancellationRequested)
        {
            return Outcome.Stopped;
        }
        catch (Exception exception)
        {
            var isLast = message.DequeueCount >= options.MaxTries;
            Log.Failed(
                logger,
                isLast ? LogLevel.Error : LogLevel.Warning,
                function.Name,
                message.DequeueCount,
                options.MaxTries,
                exception);
            return isLast ? Outcome.GivenUp : Outcome.Failed;
        }
    }

    /// <summary>
    /// Keeps the message hidden as long as it is processed. Returns the message with its current receipt.
    /// </summary>
    private async Task<QueueMessage> HoldAsync(QueueMessage message, Task work)
    {
        var hasFailed = false;
        while (!work.IsCompleted)
        {
            // After a failure half of the time is left, for some more tries.
            await work.WaitAsync(options.Visibility / (hasFailed ? 10 : 2), time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                message = work.IsCompleted
                    ? message
                    : await receiver.RenewAsync(message, options.Visibility, CancellationToken.None) ?? message;
                hasFailed = false;
            }
            catch (Exception exception)
            {
                if (!hasFailed)
                {
                    Log.CannotRenew(logger, function.Name, message.DequeueCount, exception);
                }

                hasFailed = true;
            }
        }

        return message;
    }

    private ValueTask<bool> SettleAsync(QueueMessage message, Outcome outcome) => outcome switch
    {
        Outcome.Done => receiver.DeleteAsync(message, CancellationToken.None),
        Outcome.GivenUp => receiver.MoveToPoisonAsync(message, CancellationToken.None),
        Outcome.Stopped => receiver.GiveBackAsync(message, CancellationToken.None),
        _ => receiver.ReleaseAsync(message, options.DelayAfter(message.DequeueCount), CancellationToken.None),
    };

    private enum Outcome
    {
        Done,
        Failed,
        GivenUp,
        Stopped,
    }

    // Never log a message: it holds phone numbers.
    private static partial class Log
    {
        [LoggerMessage(Message = "{Function} failed, try {Try} of {Tries}.")]
        public static partial void Failed(
            ILogger logger, LogLevel level, string function, int @try, int tries, Exception exception);

        [LoggerMessage(
            LogLevel.Error,
            "{Function}: a message came back after all {Tries} tries, probably because each try ended the "
                + "process; it is moved to the poison queue.")]
        public static partial void CameBack(ILogger logger, string function, int tries);

        [LoggerMessage(
            LogLevel.Warning,
            "{Function}: the message (try {Try}) could not be kept hidden in the storage; it is tried again, "
                + "and if that fails too, two tries of the message may run at once.")]
        public static partial void CannotRenew(ILogger logger, string function, int @try, Exception exception);

        [LoggerMessage(
            LogLevel.Warning,
            "{Function}: the message (try {Try}) is not this receiver's any more: another has it and tries it again, or "
                + "it was never stored.")]
        public static partial void NotOurs(ILogger logger, string function, int @try);

        [LoggerMessage(
            LogLevel.Error,
            "{Function}: the result of the message (try {Try}) could not be stored; it will be tried again.")]
        public static partial void CannotSettle(ILogger logger, string function, int @try, Exception exception);

        [LoggerMessage(LogLevel.Error, "Queue {Queue} can't be read; trying again each second.")]
        public static partial void CannotReceive(ILogger logger, string queue, Exception exception);

        [LoggerMessage(LogLevel.Information, "Queue {Queue} is read again.")]
        public static partial void ReceivesAgain(ILogger logger, string queue);
    }
}
