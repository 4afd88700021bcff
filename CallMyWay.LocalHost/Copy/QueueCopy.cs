using System.Globalization;
using Azure.Storage.Queues;
using CallMyWay.Functions.Adapters;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Copy;

/// <summary>
/// Copies one queue of the folder to the account. The position is stored in the metadata of the account's queue, so
/// that no message is sent twice. If the copy is interrupted, a few may be sent twice, which functions accept.
/// </summary>
internal sealed class QueueCopy(string queue, SqliteExport from, AzureQueue to, QueueClient client)
{
    private const int AtOnce = 32;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    public string Queue => queue;

    /// <summary>Sends the messages that were not sent yet. Returns their number, and a line for each problem.</summary>
    public async Task<(int Sent, IReadOnlyList<string> Problems)> RunAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mark = "copied" + await from.IdAsync();
        var before = (await client.AskAsync(client.GetPropertiesAsync(cancellationToken)))!.Value;
        var metadata = new Dictionary<string, string>(before.Metadata, StringComparer.OrdinalIgnoreCase);
        var after = metadata.TryGetValue(mark, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var problems = new List<string>();
        var sent = 0;
        foreach (var some in (await from.MessagesAsync(queue, after, cancellationToken)).Chunk(AtOnce))
        {
            var outcomes = await Task.WhenAll(some.Select(message => SendAsync(message, now, cancellationToken)));
            problems.AddRange(outcomes.OfType<string>());
            sent += outcomes.Count(problem => problem is null);
            metadata[mark] = some[^1].Id.ToString(CultureInfo.InvariantCulture);
            await client.AskAsync(client.SetMetadataAsync(metadata, cancellationToken));
        }

        // The service's count is at least the real number.
        var there =
            (await client.AskAsync(client.GetPropertiesAsync(cancellationToken)))!.Value.ApproximateMessagesCount;
        if (there < before.ApproximateMessagesCount + sent)
        {
            problems.Add($"  {queue}: {sent} messages were sent to the {before.ApproximateMessagesCount} that were there, and now there are {there}. Is the app running on the account already?");
        }

        return (sent, problems);
    }

    /// <summary>The problem with the message; null if it was sent.</summary>
    private async Task<string?> SendAsync(
        ExportedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var delay = message.Due - now;
        try
        {
            await to.SendAsync(
                queue,
                message.Body,
                delay <= TimeSpan.Zero ? null : delay < LongestDelay ? delay : LongestDelay,
                cancellationToken);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"  {queue}: message {message.Id} is none that a queue of Azure takes: {exception.Message}";
        }
    }
}
