using System.Diagnostics;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Adapters;

/// <summary>How long the adapter waits for a storage account that does not answer.</summary>
public sealed class AzureTimeLimitTests
{
    [Fact]
    public async Task A_Batch_Has_The_Time_That_Its_Table_Was_Given()
    {
        using var silent = new HttpClient(new SilentService());
        var options = new TableClientOptions { Transport = new HttpClientTransport(silent) };
        var client = new TableClient(
            new Uri("https://account.example"), "things", new TableSharedKeyCredential("account", "a2V5"), options);
        var table = new AzureTable(client, TimeSpan.FromSeconds(0.2));
        var since = Stopwatch.GetTimestamp();

        var failure = await Should.ThrowAsync<StorageException>(async () => await table.BatchAsync(
            [RowChange.Upsert(new Row("p", "a")), RowChange.Upsert(new Row("p", "b"))], CancellationToken.None));

        failure.IsUnavailable.ShouldBeTrue();
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    private sealed class SilentService : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new UnreachableException();
        }
    }
}
