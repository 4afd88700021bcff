using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Azure.Storage.Queues.Models;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// A failure of the storage account, after the client library's own retries, in words for whoever runs the app.
/// </summary>
public sealed class AzureStorageException(string message, Exception? inner = null) : StorageException(message, inner)
{
    /// <summary>The service's status; 0 if there was no answer.</summary>
    public int Status => (InnerException as RequestFailedException)?.Status ?? 0;

    /// <summary>The other statuses refuse the request itself: a retry would get the same answer.</summary>
    public override bool IsUnavailable => Status is not (400 or 409 or 411 or 412 or 413);

    /// <summary>
    /// Whether the exception is a failure of the storage account, of the network, or of the identity.
    /// </summary>
    internal static bool IsAbout(Exception exception) => exception switch
    {
        // Several tries that each ended without an answer: not sent, or timed out. A cancellation does not give this
        // exception.
        AggregateException several =>
            several.InnerExceptions.All(inner => inner is OperationCanceledException || IsAbout(inner)),
        _ => exception is RequestFailedException or AuthenticationFailedException,
    };

    internal static AzureStorageException Explain(string what, Exception exception) => exception switch
    {
        RequestFailedException { Status: not 0 } failed => new(Words(what, failed), failed),
        AuthenticationFailedException =>
            new($"{what} can't be used: there is no token of an identity for it.", exception),
        _ => new($"{what} can't be reached.", exception),
    };

    private static string Words(string what, RequestFailedException failed)
    {
        if (failed.ErrorCode == TableErrorCode.TableNotFound || failed.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return $"{what} is not there. The infrastructure creates it, or the start of the app where {AzureStorageOptions.CreateMissingSetting} is true.";
        }

        return failed.Status switch
        {
            401 or 403 => $"{what} may not be used by this identity or key ({failed.ErrorCode}). An identity needs the roles Storage Table Data Contributor and Storage Queue Data Contributor.",
            413 => $"{what} got more at once than it takes ({failed.ErrorCode}).",
            429 or >= 500 => $"{what} is busy or down ({failed.Status} {failed.ErrorCode}).",
            _ => $"{what} refused a request ({failed.Status} {failed.ErrorCode}).",
        };
    }
}
