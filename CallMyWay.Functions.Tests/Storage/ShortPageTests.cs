using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

public sealed class ShortPageTests
{
    [Fact]
    public async Task Short_And_Empty_Pages_Are_Not_Taken_For_The_Last()
    {
        var rows = await new Stingy().ReadAsync(new RowRange("p") { Take = 3 }, CancellationToken.None);

        rows.Select(row => row.Key).ShouldBe(["k1", "k2", "k3"]);
    }

    /// <summary>A storage that answers as the table service may: nothing, and then a row at a time.</summary>
    private sealed class Stingy : ITable
    {
        public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken) => new(range.Next switch
        {
            null => new RowPage([], "1"),
            var next => new RowPage([new Row("p", $"k{next}")], next == "5" ? null : $"{next[0] - '0' + 1}"),
        });

        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(string partition, string key, string? etag, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
