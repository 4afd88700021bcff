using System.Reflection;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Functions;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>What is done, and left, while more messages come in than any office has.</summary>
public sealed class StormTests
{
    [Fact]
    public void A_Storm_Takes_Fifty_Messages_In_A_Tenth_Of_A_Second_And_The_Worst_Ten_Times_As_Many()
    {
        var sends = new SendRate();
        Count(sends, 49);
        (sends.IsHigh, sends.IsVeryHigh).ShouldBe((false, false));

        // On a busy machine a count may begin anew in between.
        while (!sends.IsHigh)
        {
            Count(sends, 1);
        }

        sends.IsVeryHigh.ShouldBeFalse();
        while (!sends.IsVeryHigh)
        {
            Count(sends, 1000);
        }
    }

    [Fact]
    public async Task A_Queue_That_Is_Known_To_Be_Empty_Is_Hardly_Asked_In_A_Storm()
    {
        var sends = new SendRate();
        var receiver = new EmptyQueue(sends);
        var run = typeof(StormTests).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!;
        var invoker = new FunctionInvoker(new ServiceCollection().BuildServiceProvider(), run);
        await using var pump = new QueuePump(
            new QueueFunction("Storm", run, "empty"),
            invoker,
            receiver,
            sends,
            new QueueOptions(),
            TimeProvider.System,
            NullLogger.Instance);
        pump.Start();
        await receiver.Looked.Task.WaitAsync(TimeSpan.FromMinutes(2));

        // At first, and after each twenty looks. Where the storm seemed over for a moment, it was waited for and asked.
        receiver.Asked.ShouldBeGreaterThan(1);
        receiver.Asked.ShouldBeLessThanOrEqualTo(2 + receiver.Waited + (receiver.Looks / 20));
    }

    private static Task Run(string message) => Task.FromException(new InvalidOperationException(message));

    private static void Count(SendRate sends, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            sends.Count();
        }
    }

    /// <summary>One queue without messages, in a storm of others.</summary>
    private sealed class EmptyQueue(SendRate sends) : IQueueReceiver
    {
        private const int Enough = 25;

        public TaskCompletionSource Looked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Looks { get; private set; }

        public int Asked { get; private set; }

        public int Waited { get; private set; }

        public bool MayBeDue(string queue)
        {
            Storm();
            if (++Looks == Enough)
            {
                Looked.TrySetResult();
            }

            return false;
        }

        public ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
            string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
        {
            Storm();
            Asked++;
            return new([]);
        }

        public ValueTask<QueueMessage?> WaitAsync(
            string queue, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken)
        {
            Storm();
            Waited++;
            return new((QueueMessage?)null);
        }

        public ValueTask<QueueMessage?> RenewAsync(
            QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> ReleaseAsync(
            QueueMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        private void Storm() => Count(sends, 100);
    }
}
