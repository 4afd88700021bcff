using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

public sealed class ShortPageTests
{
    [Fact]
    public async Task Short_And_Empty_Pages_Do_Not_End_A_Query()
    {
        var rows = await new Stingy().ReadAsync(new RowRange("p") { Take = 3 }, CancellationToken.None);

        rows.Select(row => row.Key).ShouldBe(["k1", "k2", "k3"]);
    }

    [Fact]
    public async Task A_Page_After_A_Short_One_Has_At_Most_The_Rows_That_Are_Left()
    {
        var rows = await new Stingy { Most = 2 }.ReadAsync(new RowRange("p") { Take = 3 }, CancellationToken.None);

        rows.Select(row => row.Key).ShouldBe(["k1", "k2", "k3"]);
    }

    /// <summary>
    /// A storage that answers as the table service may: with empty pages and with a few rows at a time.
    /// </summary>
    private sealed class Stingy : ITable
    {
        /// <summary>How many rows a page has at most, however many are requested.</summary>
        public int Most { get; init; } = 1;

        public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
        {
            var first = range.Next is null ? 1 : range.Next[0] - '0';
            var count = range.Next is null ? 0 : Math.Min(Math.Min(Most, range.Take), 6 - first);
            var rows = Enumerable.Range(first, count).Select(n => new Row("p", $"k{n}"));
            return new(new RowPage([.. rows], first + count > 5 ? null : $"{first + count}"));
        }

        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(
            string partition,
            string key,
            string? etag,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
