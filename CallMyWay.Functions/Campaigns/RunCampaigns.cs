using System.Diagnostics;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>Runs the campaigns, and dials for free agents.</summary>
public sealed class RunCampaigns(CampaignRunner runner, ProgressiveDialler dialler, CampaignSettler settler)
{
    [Function(nameof(RunCampaigns))]
    public async Task Run(
        [QueueTrigger(StorageNames.CampaignDials)] string message, CancellationToken cancellationToken)
    {
        if (message == IQueueAdmin.ProbeBody)
        {
            return;
        }

        using var span = Instrumentation.StartFunction(nameof(RunCampaigns), ActivityKind.Consumer);
        try
        {
            var read = CampaignMessage.Read(message);
            if (read.Beat is { } beat)
            {
                await runner.BeatAsync(beat, cancellationToken);
            }

            if (read.Dial is { } dial)
            {
                await dialler.DialAsync(dial, cancellationToken);
            }

            if (read.Changed is { } changed)
            {
                await settler.LookAsync(changed, cancellationToken);
                // Its agent may be free now.
                await runner.HastenAsync(cancellationToken);
            }
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }
}
