using System.Diagnostics;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Jobs;

/// <summary>Runs the next step of a job.</summary>
public sealed class RunJob(JobRunner runner)
{
    [Function(nameof(RunJob))]
    public async Task Run([QueueTrigger(StorageNames.Jobs)] string message, CancellationToken cancellationToken)
    {
        if (message == IQueueAdmin.ProbeBody)
        {
            return;
        }

        using var span = Instrumentation.StartFunction(nameof(RunJob), ActivityKind.Consumer);
        try
        {
            await runner.RunAsync(JobMessage.Read(message), cancellationToken);
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }
}
