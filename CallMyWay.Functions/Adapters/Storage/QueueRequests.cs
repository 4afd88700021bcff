using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace CallMyWay.Functions.Adapters;

/// <summary>How a queue of a storage account is asked, and what its messages look like.</summary>
internal static class QueueRequests
{
    /// <summary>The most messages that one request receives or shows.</summary>
    public const int MostAtOnce = 32;

    /// <summary>The answer; null where the message is gone, or another has received it.</summary>
    /// <param name="queue">Where it is asked.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="limit">What the request's token is of, where it has a limit.</param>
    public static async Task<T?> AskAsync<T>(this QueueClient queue, Task<T> request, TimeLimit? limit = null)
        where T : class
    {
        try
        {
            return await request;
        }
        catch (RequestFailedException failed) when (failed.ErrorCode == QueueErrorCode.MessageNotFound || failed.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            return null;
        }
        catch (Exception exception) when (AzureStorageException.IsAbout(exception) || limit.IsCauseOf(exception))
        {
            throw AzureStorageException.Explain(
                $"Queue '{queue.Name}' of the storage account {queue.AccountName}", exception);
        }
    }

    public static string Encode(string body) => Convert.ToBase64String(Encoding.UTF8.GetBytes(body));

    /// <summary>What others put there without Base64 stays as it is, for the function to judge.</summary>
    public static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : text;
    }
}
