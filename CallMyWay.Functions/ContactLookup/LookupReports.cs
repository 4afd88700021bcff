using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>
/// Notes how the CRM answers, for an administrator. It writes where that changes, and else twice a minute at most: a dead
/// CRM costs hardly anything.
/// </summary>
public sealed partial class LookupReports(LookupStore store, TimeProvider clock, ILogger<LookupReports> logger)
{
    /// <summary>A failure like the last one is noted again after that.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    /// <summary>That the same field can't hold what the CRM tells is noted again after that.</summary>
    internal static readonly TimeSpan LeftOutAgain = TimeSpan.FromHours(1);

    /// <param name="error">What went wrong.</param>
    /// <param name="status">The status of the answer; null where there was none.</param>
    /// <param name="field">Where in the answer; never a value of it.</param>
    /// <param name="pausedUntil">Until when it is not asked; null where it is.</param>
    public Task FailedAsync(LookupError error, int? status, string? field, DateTimeOffset? pausedUntil) =>
        NoteHealthAsync(known =>
        {
            var now = clock.GetUtcNow();
            // Of the other two the CRM knows nothing.
            var isItsOwn = error is not (LookupError.Overloaded or LookupError.NotStored);
            return pausedUntil is null && known is not null && known.Error == error && known.Status == status
                && known.Field == field && known.FailingSince is null != isItsOwn && (now - known.FailedAt).Duration() < Again
                ? null
                : new LookupHealth
                {
                    FailedAt = now,
                    Error = error,
                    Status = status,
                    Field = field,
                    FailingSince = known?.FailingSince ?? (isItsOwn ? now : null),
                    PausedUntil = pausedUntil,
                };
        });

    /// <summary>The CRM has answered as it should.</summary>
    public Task AnsweredAsync() => NoteHealthAsync(known => known is { FailingSince: not null } or { PausedUntil: not null }
        ? known with { FailingSince = null, PausedUntil = null }
        : null);

    /// <summary>A value was left out, as its field can't hold it.</summary>
    public Task LeftOutAsync(ContactFieldDefinition field) => NoteAsync(async state =>
    {
        var now = clock.GetUtcNow();
        var pause = state.LeftOut?.Key == field.Key && state.LeftOut.Kind == field.Kind ? LeftOutAgain : Again;
        if (state.LeftOut is not { } known || (now - known.At).Duration() >= pause)
        {
            await store.SetLeftOutAsync(new(now, field.Key, field.Label, field.Kind), CancellationToken.None);
        }
    });

    private Task NoteHealthAsync(Func<LookupHealth?, LookupHealth?> change) => NoteAsync(async state =>
    {
        if (change(state.Health) is { } health)
        {
            await store.SetHealthAsync(health, CancellationToken.None);
        }
    });

    private async Task NoteAsync(Func<LookupState, Task> note)
    {
        try
        {
            await note(await store.GetRecentAsync(CancellationToken.None));
        }
        catch (StorageException exception)
        {
            Log.NotNoted(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "How the CRM answers could not be noted.")]
        public static partial void NotNoted(ILogger logger, Exception exception);
    }
}
