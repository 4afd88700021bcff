using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Operator;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Backups;

/// <summary>
/// What a restore leaves in the database for the first start: the moment of the backup. Releases that don't know it
/// pass over it.
/// </summary>
internal static class RestoreMark
{
    private const string Name = "restored";

    /// <summary>
    /// Where there is a mark already, the backup was made of what was restored and never started: the earlier moment
    /// holds.
    /// </summary>
    public static void Write(SqliteSession session, DateTimeOffset madeAt)
    {
        using var statement = session.Prepare(
            "INSERT INTO storage_state (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        _ = statement.Bind(1, Name).Bind(2, madeAt.ToUnixTimeMilliseconds()).Run();
    }

    /// <summary>The moment of the backup; null where nothing was restored since the last start.</summary>
    public static async Task<DateTimeOffset?> ReadAsync(SqliteDatabase database, CancellationToken cancellationToken) =>
        await database.Readers.ReadAsync(
            Name,
            static (session, name) => session.Scalar($"SELECT value FROM storage_state WHERE name = '{name}'"),
            cancellationToken) is > 0 and var milliseconds
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;

    public static Task RemoveAsync(SqliteDatabase database) => database.Writer.WriteAsync(WriteLane.Rows, writer =>
    {
        writer.Session.Execute($"DELETE FROM storage_state WHERE name = '{Name}'");
        return true;
    });
}

/// <summary>
/// Pauses what would dial at once after a restore. Who was called since the backup is not known here any more: a
/// campaign would call them again, so a person is to look at its list first.
/// </summary>
internal sealed class AfterRestore(CampaignStore campaigns, Accounts accounts, IServiceProvider services)
{
    /// <summary>
    /// Does it at the first start after a restore. A start that ends in between leaves it to the next one.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<SqliteDatabase>() is not { } database
            || await RestoreMark.ReadAsync(database, cancellationToken) is not { } madeAt)
        {
            return;
        }

        var why = CampaignPhrases.Restored(madeAt, accounts.Home.TimeZone);
        foreach (var campaign in await campaigns.ListActiveAsync(cancellationToken))
        {
            await campaigns.PauseAsync(campaign.CampaignId, why, cancellationToken);
        }

        await RestoreMark.RemoveAsync(database);
    }
}
