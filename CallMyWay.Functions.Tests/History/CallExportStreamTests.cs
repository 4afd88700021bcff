using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.History;
using CallMyWay.Functions.Tests.Calls;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.History;

/// <summary>How an export reads: a page ahead of its reader, and no further.</summary>
public sealed class CallExportStreamTests : IAsyncLifetime
{
    // Four pages.
    private const int Count = 1_700;

    private static readonly CancellationToken None = CancellationToken.None;

    private Features _features = null!;

    private CallFilter _filter = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        var now = _features.Clock.Now;
        _filter = new CallFilter
        {
            Visible = VisibleCalls.All("sofia"),
            From = now.AddDays(-30),
            To = now.AddDays(1),
            Now = now,
        };
        var facts = CallFactsBuilder.Of(CallFactsBuilder.Start(1), CallFactsBuilder.End(9, 2, 8));
        foreach (var some in Enumerable.Range(0, Count).Chunk(200))
        {
            await Task.WhenAll(some.Select(i => Task.Run(async () => (await _features.Get<CallWriter>().Begin().SaveAsync(
                CallDerivation.Derive(facts with { CallId = $"c-{i:D4}", IndexedAt = now.AddSeconds(-i) }),
                null,
                [],
                None)).ShouldNotBeNull())));
        }

        await _features.Get<AgentDirectory>().ReadAsync(None);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Each_Call_Is_A_Row_And_A_Page_Is_All_That_Is_Held()
    {
        using var reader = new Reader();

        await ExportAsync(reader, None);

        var lines = Encoding.UTF8.GetString(reader.ToArray()).Trim('\uFEFF').Split("\r\n");
        lines.Length.ShouldBe(Count + 2);
        lines[1..^1].Select(line => line.Split(',')[^2]).ShouldBe(Enumerable.Range(0, Count).Select(i => $"c-{i:D4}"));
        reader.Writes.ShouldBe(4);
        reader.Longest.ShouldBeLessThan(100_000, "the rows of one page");
        _features.Meter.Operations.Count(operation => operation == "query callindex").ShouldBe(4);
    }

    [Fact]
    public async Task Nothing_More_Is_Read_Once_The_Reader_Has_Gone()
    {
        using var hangUp = new CancellationTokenSource();
        using var reader = new Reader { HangUp = hangUp };

        await ExportAsync(reader, hangUp.Token);

        reader.Writes.ShouldBe(1);
        var read = _features.Meter.Operations.Count;
        _features.Meter.Operations.Count(operation => operation == "query callindex").ShouldBeLessThanOrEqualTo(2);
        await Task.Delay(100);
        _features.Meter.Operations.Count.ShouldBe(read, "what was read ahead has ended with it");
    }

    [Fact]
    public async Task A_Storage_That_Fails_Breaks_The_File_Off()
    {
        using var reader = new Reader();
        reader.AtWrite = () => _features.Gate.Fail("query callindex", andAllAfter: true);

        await Should.ThrowAsync<Functions.Storage.StorageException>(() => ExportAsync(reader, None));

        _features.Gate.Open();
        reader.Writes.ShouldBeInRange(1, 3);
    }

    private async Task ExportAsync(Stream stream, CancellationToken cancellationToken)
    {
        var export = _features.Get<CallExport>();
        _features.Meter.Reset();
        var first = await export.ReadAsync(_filter, null, None);
        await export.WriteAsync(_filter, first, "es", CsvForm.Comma, stream, cancellationToken);
    }

    /// <summary>Notes what is written to it, and may hang up at the first.</summary>
    private sealed class Reader : MemoryStream
    {
        public CancellationTokenSource? HangUp { get; init; }

        public Action? AtWrite { get; set; }

        public int Writes { get; private set; }

        public int Longest { get; private set; }

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            Longest = Math.Max(Longest, buffer.Length);
            AtWrite?.Invoke();
            if (HangUp is not null)
            {
                await HangUp.CancelAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
