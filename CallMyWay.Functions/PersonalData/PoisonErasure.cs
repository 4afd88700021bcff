using System.Text;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>Messages that failed each time and were set aside: those that tell of a person are deleted.</summary>
public sealed class PoisonErasure(IQueueAdmin queues)
{
    private const int PageSize = 100;

    /// <summary>
    /// How many were deleted, and whether others have messages in hand that may be of the person too.
    /// </summary>
    public async Task<(int Deleted, bool AreInUse)> EraseAsync(PersonText person, CancellationToken cancellationToken)
    {
        var (deleted, areInUse) = (0, false);
        foreach (var queue in StorageNames.Queues)
        {
            var (more, others) = await queues.DeletePoisonAsync(
                queue, body => IsOf(body, person), cancellationToken);
            deleted += more;
            areInUse |= others;
        }

        return (deleted, areInUse);
    }

    /// <summary>
    /// The messages that tell of the person. Of a queue on Azure the storage shows the first 32 alone.
    /// </summary>
    public async Task<IReadOnlyList<(string Queue, PoisonMessage Message)>> FindAsync(
        PersonText person, CancellationToken cancellationToken)
    {
        var found = new List<(string, PoisonMessage)>();
        foreach (var queue in StorageNames.Queues)
        {
            string? after = null;
            while (await queues.ListPoisonAsync(queue, PageSize, after, cancellationToken) is { Count: > 0 } page)
            {
                found.AddRange(page.Where(message => IsOf(message.Body, person)).Select(message => (queue, message)));
                after = page[^1].Id;
                if (page.Count < PageSize)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static bool IsOf(string body, PersonText person) =>
        person.HasDetail(body) || person.HasId(body) || (Bytes(body) is { } text && person.HasDetail(text));

    // A notification that is no UTF-8 stands in Base64. The message may be anything.
    private static string? Bytes(string body)
    {
        try
        {
            return QueuedCallEvent.Read(body).BodyBase64 is { } base64
                ? Encoding.Latin1.GetString(Convert.FromBase64String(base64))
                : null;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or FormatException or InvalidDataException)
        {
            return null;
        }
    }
}
