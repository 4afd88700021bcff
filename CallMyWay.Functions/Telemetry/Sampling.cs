using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Samples a share of all traces by their ids, so that a trace is exported whole or not at all; a span that continues a
/// trace follows its decision. The other spans are still recorded, so that <see cref="KeepFailures"/> can export those
/// that failed.
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
/// Exports failed spans even if their trace was not sampled. Of such a trace, only the failed spans are exported.
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
