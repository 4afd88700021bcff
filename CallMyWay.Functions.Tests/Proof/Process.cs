using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Claims;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>An answer of the app; the status 0 where none came.</summary>
internal sealed record Answer(int Status, string Body)
{
    public static Answer None { get; } = new(0, "");
}

/// <summary>
/// A process of the app: all its functions, with what it keeps in memory. When it ends, whatever it was doing stops
/// there for good.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Nothing cancels it, and it holds no timer.")]
internal sealed class Process
{
    private const int MaxTries = 5;

    private const int AtOnceMost = 8;

    private static readonly FunctionCatalog Catalog = FunctionCatalog.Of(typeof(CallMyWayServices).Assembly);

    // Preparing one takes some milliseconds, and it is the same in each process.
    private static readonly Dictionary<Type, ObjectFactory> Factories = Catalog.Queues
        .Select(function => function.Method).Concat(Catalog.Timers.Select(function => function.Method))
        .Select(method => method.DeclaringType!).Distinct()
        .ToDictionary(type => type, type => ActivatorUtilities.CreateFactory(type, []));

    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    private readonly ProofRun _run;

    private readonly ServiceProvider _services;

    private readonly FaultyQueue _receiver;

    private readonly List<TaskCompletionSource<Answer>> _asked = [];

    /// <summary>Never cancelled: a process of the proof ends without a word.</summary>
    private readonly CancellationTokenSource _stopping = new();

    public Process(ProofRun run, string name)
    {
        (_run, Name) = (run, name);
        var queue = new FaultyQueue(run.Queue, run.Receiver, run.Admin, this);
        _receiver = queue;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<ITables>(new FaultyTables(run.Tables, this))
            .AddSingleton<IQueue>(queue)
            .AddSingleton<IQueueAdmin>(queue)
            .AddSingleton<IScreens>(new FaultyScreens(run.Desks, this))
            .AddSingleton<HttpMessageHandler>(new FaultyNetwork(run.Exchange, this))
            .AddSingleton(run.Scheduler.ClockOf(() => IsAlive))
            .AddCallMyWay(run.Settings)
            .AddSingleton<IConfiguration>(run.Settings)
            .BuildServiceProvider();
        foreach (var function in Catalog.Queues)
        {
            _ = PumpAsync(function.Queue, function.Method);
        }

        foreach (var function in Catalog.Timers)
        {
            AtEachMinute(function.Method, function.Name);
        }
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends the process here. Nobody gets an answer of it any more.</summary>
    public void Crash()
    {
        IsAlive = false;
        _run.Findings.Note(Name, "ends");
        foreach (var asked in _asked.ToList())
        {
            asked.TrySetResult(Answer.None);
        }
    }

    /// <summary>
    /// Sends a request of this process to what is outside of it. Seeded chance decides what becomes of it.
    /// </summary>
    /// <param name="what">Its name.</param>
    /// <param name="effect">What it does there, at once.</param>
    /// <param name="failure">What it fails with.</param>
    /// <param name="canRepeat">True where it can be done twice.</param>
    public Task<T> AskAsync<T>(string what, Func<T> effect, Func<Exception> failure, bool canRepeat = false)
    {
        // Never completed where the process has ended.
        var answer = new TaskCompletionSource<T>();
        if (!IsAlive)
        {
            return answer.Task;
        }

        var (fate, there, back) = (_run.Weather.Next(), _run.Weather.Way(), _run.Weather.Way());
        fate = fate == Fate.Repeated && !canRepeat ? Fate.Done : fate;
        _run.Scheduler.After(there, () =>
        {
            _run.Findings.Note(Name, what, fate);
            if (fate == Fate.CrashesBefore && IsAlive)
            {
                _run.End(this);
            }

            // What was on its way when the process ended arrives.
            if (fate is Fate.FailsBefore or Fate.CrashesBefore)
            {
                _run.Scheduler.After(back, () => Fail(failure()));
                return;
            }

            T result;
            try
            {
                result = effect();
                result = fate == Fate.Repeated ? effect() : result;
            }
            catch (Exception mistake)
            {
                _run.Scheduler.After(back, () => Fail(mistake));
                return;
            }

            if (fate == Fate.CrashesAfter && IsAlive)
            {
                _run.End(this);
            }

            _run.Scheduler.After(back, () =>
            {
                if (fate == Fate.FailsAfter)
                {
                    Fail(failure());
                }
                else if (IsAlive)
                {
                    answer.SetResult(result);
                }
            });
        });
        return answer.Task;

        void Fail(Exception exception)
        {
            if (IsAlive)
            {
                answer.SetException(exception);
            }
        }
    }

    /// <summary>Has a function answer a request; <see cref="Answer.None"/> where the process ends before it does.</summary>
    public Task<Answer> RequestAsync(
        string function, ClaimsPrincipal user, string route = "", string body = "", Action<HttpRequest>? with = null)
    {
        var answered = new TaskCompletionSource<Answer>();
        if (!IsAlive)
        {
            return Task.FromResult(Answer.None);
        }

        _asked.Add(answered);
        _ = RunAsync();
        return answered.Task;

        async Task RunAsync()
        {
            var answer = await WebFunctions.AnswerAsync(
                _services,
                function,
                user,
                route,
                body,
                request =>
                {
                    request.HttpContext.RequestAborted = _stopping.Token;
                    with?.Invoke(request);
                },
                exception =>
                _run.Findings.Check(
                    PlannedFault.IsCauseOf(exception), $"{function} failed by itself: {exception}"));
            _asked.Remove(answered);
            answered.TrySetResult(answer);
        }
    }

    private void AtEachMinute(MethodInfo function, string name)
    {
        var now = _run.Scheduler.Now;
        var next = new DateTimeOffset(
            now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);
        _run.Scheduler.At(next, () =>
        {
            if (IsAlive && !_run.IsOver)
            {
                _ = RunAsync();
            }
        });

        async Task RunAsync()
        {
            _run.Findings.Note(Name, name);
            try
            {
                await InvokeAsync(function, new TimerInfo());
            }
            catch (Exception exception)
            {
                _run.Findings.Check(
                    PlannedFault.IsCauseOf(exception), $"{name} failed by itself: {exception}");
            }

            AtEachMinute(function, name);
        }
    }

    // As a host does: some at once, five tries, then the poison queue.
    private async Task PumpAsync(string queue, MethodInfo function)
    {
        var running = 0;
        while (!_run.IsOver)
        {
            IReadOnlyList<QueueMessage> messages = [];
            if (running < AtOnceMost)
            {
                try
                {
                    messages = await _receiver.ReceiveAsync(
                        queue, AtOnceMost - running, Visibility, CancellationToken.None);
                }
                catch (StorageException)
                {
                    // The next time.
                }
            }

            foreach (var message in messages)
            {
                running++;
                _ = RunAsync(message);
            }

            await Sleep(TimeSpan.FromMilliseconds(messages.Count > 0 ? 20 : 800));
        }

        async Task RunAsync(QueueMessage message)
        {
            try
            {
                await TryAsync(message);
            }
            catch (StorageException)
            {
                // The message comes again.
            }

            running--;
        }

        async Task TryAsync(QueueMessage message)
        {
            if (message.DequeueCount > MaxTries)
            {
                await _receiver.MoveToPoisonAsync(message, CancellationToken.None);
                return;
            }

            try
            {
                await InvokeAsync(function, message.Body);
            }
            catch (Exception exception)
            {
                _run.Findings.Check(
                    PlannedFault.IsCauseOf(exception), $"A message of {queue} failed by itself: {exception}");
                await (message.DequeueCount < MaxTries
                    ? _receiver.ReleaseAsync(message, TimeSpan.FromSeconds(2), CancellationToken.None)
                    : _receiver.MoveToPoisonAsync(message, CancellationToken.None));
                return;
            }

            await _receiver.DeleteAsync(message, CancellationToken.None);
        }
    }

    // As the worker does: an instance for each call.
    private async Task InvokeAsync(MethodInfo function, object trigger)
    {
        await using var scope = _services.CreateAsyncScope();
        var instance = Factories[function.DeclaringType!](scope.ServiceProvider, null);
        await (Task)function.Invoke(instance, [trigger, _stopping.Token])!;
    }

    private Task Sleep(TimeSpan time)
    {
        var over = new TaskCompletionSource();
        _run.Scheduler.After(time, () =>
        {
            if (IsAlive)
            {
                over.SetResult();
            }
        });
        return over.Task;
    }
}
