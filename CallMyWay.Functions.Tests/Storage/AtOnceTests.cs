using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>However many rows a request needs, only few are requested at once.</summary>
public sealed class AtOnceTests
{
    private const int Rows = 200;

    private readonly BusyTable _table = new();

    [Fact]
    public async Task Many_Rows_Are_Read_Sixteen_At_Once_And_Returned_In_The_Requested_Order()
    {
        var found = await _table.GetManyAsync([.. Names.Select(name => ("p", name))], CancellationToken.None);

        found.Select(row => row!.Key).ShouldBe(Names);
        (_table.Asked, _table.MostAtOnce).ShouldBe((Rows, 16));
    }

    [Fact]
    public async Task Many_Rows_Are_Written_Sixteen_At_Once()
    {
        await _table.UpsertManyAsync(Names.Select(name => new Row("p", name)), CancellationToken.None);

        (_table.Asked, _table.MostAtOnce).ShouldBe((Rows, 16));
    }

    [Fact]
    public async Task Many_Rows_Are_Deleted_Sixteen_At_Once()
    {
        await _table.DeleteManyAsync(Names.Select(name => new Row("p", name)), CancellationToken.None);

        (_table.Asked, _table.MostAtOnce).ShouldBe((Rows, 16));
    }

    [Fact]
    public async Task A_Row_That_Can_Not_Be_Written_Throws()
    {
        _table.Refused = "150";

        await Should.ThrowAsync<StorageException>(
            () => _table.UpsertManyAsync(Names.Select(name => new Row("p", name)), CancellationToken.None));
    }

    private static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, Rows).Select(i => $"{i}")];

    /// <summary>Answers only after all requests of the same moment have arrived.</summary>
    private sealed class BusyTable : ITable
    {
        private readonly Lock _gate = new();

        private int _underWay;

        public int Asked { get; private set; }

        public int MostAtOnce { get; private set; }

        public string? Refused { get; set; }

        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
            new(AnswerAsync<Row?>(key, new Row(partition, key)));

        public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) =>
            new(AnswerAsync(row.Key, "1"));

        public ValueTask<bool> DeleteAsync(
            string partition, string key, string? etag, CancellationToken cancellationToken) =>
            new(AnswerAsync(key, true));

        public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Row>> ScanAsync(
            RowKey? after, int take, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> BatchAsync(
            IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        private async Task<T> AnswerAsync<T>(string key, T answer)
        {
            lock (_gate)
            {
                Asked++;
                MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
            }

            await Task.Delay(1);
            lock (_gate)
            {
                _underWay--;
            }

            return key == Refused ? throw new StorageException("Refused, as the test wanted.") : answer;
        }
    }
}
