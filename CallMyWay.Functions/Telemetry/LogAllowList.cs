using OpenTelemetry;
using OpenTelemetry.Logs;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Filters what is exported of log records. Our own messages hold nothing secret and are exported whole. Of a library's
/// message only the template is exported, without the values. Exceptions are exported as <see cref="ErrorShape"/>.
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
