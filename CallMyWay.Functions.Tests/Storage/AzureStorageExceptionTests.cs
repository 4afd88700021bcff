using Azure;
using CallMyWay.Functions.Adapters;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Which exceptions are failures of the storage account, and are reported as such.</summary>
public sealed class AzureStorageExceptionTests
{
    [Fact]
    public void Tries_That_Were_Refused_Or_Timed_Out_Are_Reported_As_An_Unreachable_Account()
    {
        // As the client library throws it after its last try.
        var failed = new AggregateException(
            "Retry failed after 4 tries.",
            new RequestFailedException("Connection refused"),
            new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout."));

        AzureStorageException.IsAbout(failed).ShouldBeTrue();
        AzureStorageException.Explain("Table 'calls'", failed).Message.ShouldBe("Table 'calls' can't be reached.");
    }

    [Fact]
    public void A_Cancellation_Or_A_Mistake_Of_The_Caller_Is_No_Failure_Of_The_Account()
    {
        AzureStorageException.IsAbout(new TaskCanceledException()).ShouldBeFalse();
        AzureStorageException.IsAbout(
            new AggregateException(new RequestFailedException("x"), new InvalidOperationException())).ShouldBeFalse();
    }
}
