using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace CallMyWay.Functions.Adapters;

/// <summary>Requests to a queue of a storage account, and the encoding of its messages.</summary>
internal static class QueueRequests
{
    /// <summary>The most messages that one request receives or shows.</summary>
    public const int MostAtOnce = 32;

    /// <summary>The answer; null if the message is gone, or another process has received it.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="request">The request.</param>
    /// <param name="limit">The time limit whose token the request uses, if any.</param>
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

    /// <summary>
    /// A message from elsewhere may not be Base64. It stays as it is, and the function decides about it.
    /// </summary>
    public static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : text;
    }
}
