using Azure;
using CallMyWay.Functions.Adapters;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Which failures are the storage account's, and are told as such.</summary>
public sealed class AzureStorageExceptionTests
{
    [Fact]
    public void Tries_That_Were_Refused_Or_Took_Too_Long_Are_Told_As_An_Account_That_Can_Not_Be_Reached()
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
    public void What_Its_Caller_Cancelled_Or_Got_Wrong_Is_Not_The_Accounts()
    {
        AzureStorageException.IsAbout(new TaskCanceledException()).ShouldBeFalse();
        AzureStorageException.IsAbout(
            new AggregateException(new RequestFailedException("x"), new InvalidOperationException())).ShouldBeFalse();
    }
}
