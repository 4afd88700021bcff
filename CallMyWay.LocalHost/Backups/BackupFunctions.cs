using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Backups;

/// <summary>A backup, whole or under way.</summary>
/// <param name="BackupId">Its folder's name; null while it is made.</param>
/// <param name="State"><c>done</c>, <c>running</c> or <c>failed</c>.</param>
/// <param name="At">The moment whose data it holds; of one that is not done, when it was begun.</param>
/// <param name="Bytes">The length of the database.</param>
/// <param name="Release">The release that made it.</param>
/// <param name="Progress">From 0 to 1.</param>
/// <param name="Error">Why it failed, as the log says it.</param>
internal sealed record BackupView(
    string? BackupId, string State, DateTimeOffset At, long? Bytes, string? Release, double Progress, string? Error);

/// <summary>The backups of this host.</summary>
/// <param name="Items">The one under way, or that failed last, then those that are whole, the newest first.</param>
/// <param name="Folder">Where they are.</param>
/// <param name="At">The time of day of the daily backup; null for none.</param>
/// <param name="Keep">How many are kept.</param>
internal sealed record BackupsView(
    IReadOnlyList<BackupView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    string Folder,
    string? At,
    int Keep);

/// <summary>Lists the backups, and makes one now, for an administrator.</summary>
internal sealed class BackupFunctions(
    BackupMaker maker,
    IOptions<BackupOptions> options,
    IOptions<CallRecordsOptions> schedule,
    AuditLog audit,
    TimeProvider clock)
{
    [Function("ListBackups"), Allow(Role.Admin)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(BackupsView))]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backups")] HttpRequest request) =>
        maker.HasDatabase
            ? TypedResults.Ok(new BackupsView(
                Items(),
                null,
                maker.Folder.FullPath,
                schedule.Value.Enabled && maker.DailyAt is not null ? options.Value.At : null,
                options.Value.Keep))
            : NoDatabase(request);

    [Function("MakeBackup"), Allow(Role.Admin), Audits("backup.made")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status202Accepted, typeof(BackupView))]
    public async Task<IResult> Make(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backups")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!maker.HasDatabase)
        {
            return NoDatabase(request);
        }

        await audit.WriteAsync(request, new AuditChange("backup.made", "backup", null, null), cancellationToken);
        return TypedResults.Accepted("/api/backups", Unfinished(maker.Begin()).Single());
    }

    private IReadOnlyList<BackupView> Items()
    {
        try
        {
            return [.. Unfinished(maker.LastOrBrokenOff()), .. maker.Folder.List().Select(ViewOf)];
        }
        catch (BackupException error)
        {
            return [new BackupView(null, "failed", clock.GetUtcNow(), null, null, 0, error.Message)];
        }
    }

    private static IEnumerable<BackupView> Unfinished(BackupRun? run) => run switch
    {
        { IsRunning: true } => [new BackupView(null, "running", run.StartedAt, null, null, run.Fraction, null)],
        { Error: { } error } => [new BackupView(null, "failed", run.StartedAt, null, null, run.Fraction, error)],
        _ => [],
    };

    private static BackupView ViewOf(Backup backup) => new(
        backup.Id, "done", backup.Manifest.MadeAt, backup.Manifest.Bytes, backup.Manifest.Release, 1, null);

    private static IResult NoDatabase(HttpRequest request) => request.Problem(
        StatusCodes.Status409Conflict,
        new Phrase("Los datos no están en este servidor", "The data is not on this server"),
        new Phrase(
            "Están en una cuenta de almacenamiento de Azure, que tiene sus propios respaldos.",
            "It is in an Azure storage account, which has backups of its own."));
}
