using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// What is exported of an exception: types and stack traces, under OpenTelemetry's names. An exception's message can
/// hold outside input ("The input string '88881234' was not in a correct format"), so it is replaced by the type. Only
/// the message of a <see cref="StorageException"/> is kept, as we write all of it.
/// </summary>
internal static class ErrorShape
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(Exception error)
    {
        yield return new("exception.type", error.GetType().FullName);
        yield return new("exception.message", error is StorageException ? error.Message : error.GetType().FullName);
        yield return new(
            "exception.stacktrace",
            string.Join("\n--- of\n", Chain(error).Select(one => $"{one.GetType().FullName}\n{one.StackTrace}")));
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }
}
