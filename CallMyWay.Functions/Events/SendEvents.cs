using System.Diagnostics;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Events;

/// <summary>Tells other applications what happened, and tries again what they did not take.</summary>
public sealed class SendEvents(EventDispatcher dispatcher)
{
    [Function(nameof(SendEvents))]
    public async Task Run([QueueTrigger(StorageNames.EventsOut)] string message, CancellationToken cancellationToken)
    {
        if (message == IQueueAdmin.ProbeBody)
        {
            return;
        }

        using var span = Instrumentation.StartFunction(nameof(SendEvents), ActivityKind.Consumer);
        try
        {
            await dispatcher.HandleAsync(EventMessage.Read(message), cancellationToken);
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }
}
