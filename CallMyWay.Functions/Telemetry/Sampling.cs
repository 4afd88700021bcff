using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Keeps a part of all traces, each whole: whether a trace is kept follows from its id, and what continues a trace does
/// as it did. The rest is recorded without being exported, so that <see cref="KeepFailures"/> can still decide for it.
/// </summary>
internal sealed class RecordingSampler(double ratio) : Sampler
{
    private readonly ParentBasedSampler _inner = new(new TraceIdRatioBasedSampler(ratio));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = _inner.ShouldSample(samplingParameters);
        return result.Decision == SamplingDecision.Drop ? new SamplingResult(SamplingDecision.RecordOnly) : result;
    }
}

/// <summary>
/// Has a span that failed exported, whatever the sampler said. Of its trace only what failed is there then.
/// </summary>
internal sealed class KeepFailures : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Status == ActivityStatusCode.Error)
        {
            data.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }
}
