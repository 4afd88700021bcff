using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// What of an exception may leave: the types and the stacks, under the names that OpenTelemetry has for them. An
/// exception's text can hold what came from outside ("The input string '88881234' was not in a correct format"); only
/// that of a <see cref="StorageException"/> is all ours, and elsewhere the type stands in its place.
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
