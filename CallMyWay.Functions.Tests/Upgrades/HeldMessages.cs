using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>
/// The queue of an office whose data is stored for a test: notifications of certain calls stay in it, as the webhook
/// wrote them.
/// </summary>
internal sealed class HeldMessages(IQueue queue) : IQueue
{
    /// <summary>Calls whose notifications are delayed by an hour.</summary>
    public const string Delayed = "delayed-";

    /// <summary>
    /// Calls whose notifications wait until the host has stopped, and are then received without being finished.
    /// </summary>
    public const string Unfinished = "unfinished-";

    /// <summary>Calls whose notifications become poison messages, as if they had failed each time.</summary>
    public const string Poison = "poison-";

    public static void Before(IServiceCollection services)
    {
        var queue = services.Last(service => service.ServiceType == typeof(IQueue)).ImplementationFactory!;
        services.AddSingleton<IQueue>(provider => new HeldMessages((IQueue)queue(provider)));
    }

    public ValueTask SendAsync(string queueName, string message, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var isPoison = message.Contains(Poison, StringComparison.Ordinal);
        return queue.SendAsync(
            isPoison ? queueName + StorageNames.PoisonSuffix : queueName,
            message,
            message.Contains(Delayed, StringComparison.Ordinal) ? TimeSpan.FromHours(1)
                : message.Contains(Unfinished, StringComparison.Ordinal) ? TimeSpan.FromMinutes(20)
                : delay,
            cancellationToken);
    }
}
