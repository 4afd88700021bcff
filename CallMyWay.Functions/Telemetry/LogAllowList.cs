using OpenTelemetry;
using OpenTelemetry.Logs;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// What of a log record may leave. Our own messages are written to hold nothing secret; of a library's only the words
/// that stand in its source are kept, without the values. An exception leaves as <see cref="ErrorShape"/>.
/// </summary>
internal sealed class LogAllowList : BaseProcessor<LogRecord>
{
    private const string Template = "{OriginalFormat}";

    public override void OnEnd(LogRecord data)
    {
        if (!TelemetryServices.IsOurs(data.CategoryName))
        {
            var template = data.Attributes?.LastOrDefault(attribute => attribute.Key == Template).Value as string;
            (data.FormattedMessage, data.Body) = (template, template);
            data.Attributes = null;
        }

        if (data.Exception is { } error)
        {
            data.Attributes = [.. data.Attributes ?? [], .. ErrorShape.Of(error)];
            data.Exception = null;
        }
    }
}
