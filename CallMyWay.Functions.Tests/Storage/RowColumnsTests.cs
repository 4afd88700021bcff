using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>The columns of a row, beside a dictionary that is told the same.</summary>
public sealed class RowColumnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Columns_Are_What_A_Dictionary_Would_Hold(int names)
    {
        var random = new Random(names);
        var (columns, expected) = (new RowColumns(), new Dictionary<string, object>(StringComparer.Ordinal));
        for (var i = 0; i < 500; i++)
        {
            var name = $"c{random.Next(names)}";
            if (random.Next(3) == 0)
            {
                columns.Set(name, null);
                expected.Remove(name);
            }
            else
            {
                columns.Set(name, (long)i);
                expected[name] = (long)i;
            }

            columns.Count.ShouldBe(expected.Count);
            columns.ContainsKey(name).ShouldBe(expected.ContainsKey(name));
        }

        columns.ShouldBe(expected, ignoreOrder: true);
        columns.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        columns.Values.ShouldBe(expected.Values, ignoreOrder: true);
        expected.ShouldAllBe(column => columns[column.Key].Equals(column.Value));
        Should.Throw<KeyNotFoundException>(() => columns["c"]);
    }

    [Fact]
    public void A_Copy_Changes_By_Itself()
    {
        var columns = new RowColumns();
        columns.Set("a", 1L);

        var copy = columns.Copy();
        copy.Set("b", 2L);
        copy.Set("a", null);

        columns.Select(column => (column.Key, column.Value)).ShouldBe([("a", (object)1L)]);
        copy.Select(column => (column.Key, column.Value)).ShouldBe([("b", (object)2L)]);
    }
}
