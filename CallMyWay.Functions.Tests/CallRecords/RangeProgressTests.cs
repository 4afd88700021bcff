using CallMyWay.Functions.CallRecords;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Pages that are told by a number of records skip none, whatever the operator's largest page is.</summary>
public sealed class RangeProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 100, 1000)]
    [InlineData(1, 100, 1000)]
    [InlineData(99, 100, 1000)]
    [InlineData(100, 100, 1000)]
    [InlineData(101, 100, 1000)]
    [InlineData(1234, 100, 1000)]
    [InlineData(1234, 500, 100)]
    [InlineData(100, 500, 100)]
    [InlineData(5, 500, 20)]
    [InlineData(50, 500, 4)]
    [InlineData(50, 3, 500)]
    [InlineData(9, 1, 500)]
    public void All_Records_Are_Read(int count, int pageSize, int largestOfTheOperator)
    {
        var list = Enumerable.Range(0, count).Select(i => $"c{i}").ToList();

        var (read, requests) = ReadAll(list, pageSize, largestOfTheOperator, 0, _ => { });

        read.ShouldBe(list, ignoreOrder: true);
        var page = Math.Min(pageSize, largestOfTheOperator);
        requests.ShouldBeLessThanOrEqualTo(2 + (count / (page - Math.Min(page / 2, RangeProgress.Overlap))));
    }

    [Fact]
    public void A_Page_That_Is_Smaller_Than_The_Largest_Ever_Is_The_Last()
    {
        var list = Enumerable.Range(0, 30).Select(i => $"c{i}").ToList();

        ReadAll(list, 500, 500, largest: 400, _ => { }).Requests.ShouldBe(1);
        ReadAll(list, 500, 500, largest: 0, _ => { }).Requests.ShouldBe(2);
    }

    [Fact]
    public void Records_That_Come_In_Front_While_It_Is_Read_Are_No_Gap()
    {
        var list = Enumerable.Range(0, 300).Select(i => $"c{i}").ToList();

        var (read, _) = ReadAll(list, 100, 100, 100, page => list.InsertRange(0, Enumerable.Range(0, 7).Select(i => $"n{page}-{i}")));

        read.Where(id => id.StartsWith('c')).Distinct().Count().ShouldBe(300);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Records_That_Come_Twice_On_A_Page_Hide_None(int every)
    {
        var list = Enumerable.Range(0, 90).Select(i => $"c{i}").ToList();
        var (progress, isLast, read) = (New(20, 0), false, new HashSet<string>(StringComparer.Ordinal));
        for (var requests = 0; !isLast; requests++)
        {
            requests.ShouldBeLessThan(50);
            var page = list.Skip(progress.Skip).Take(20).ToList();
            read.UnionWith(page);
            // A page has more than was asked for on every other request.
            var doubled = requests % 2 == 0 ? page.Where((_, i) => i % every == 0) : [];
            (progress, isLast) = progress.With([.. page, .. doubled]);
        }

        read.ShouldBe(list, ignoreOrder: true);
    }

    [Fact]
    public void A_List_That_Has_Lost_More_Than_The_Overlap_Is_Read_Again()
    {
        var list = Enumerable.Range(0, 300).Select(i => $"c{i}").ToList();

        var (read, _) = ReadAll(list, 100, 100, 100, page =>
        {
            if (page == 1)
            {
                list.RemoveRange(0, 60);
            }
        });

        list.ShouldBeSubsetOf(read);
    }

    [Fact]
    public void A_List_That_Never_Stands_Still_Is_Given_Up()
    {
        var progress = New(100, 100);
        for (var i = 0; i < 20 && !progress.IsShifting; i++)
        {
            (progress, _) = progress.With([.. Enumerable.Range(i * 1000, 100).Select(id => $"c{id}")]);
        }

        progress.IsShifting.ShouldBeTrue();
    }

    [Fact]
    public void An_Answer_That_Is_Too_Large_Asks_For_Less_Until_It_Is_Small()
    {
        var sizes = new List<int>();
        for (RangeProgress? progress = New(2000, 0); progress is not null; progress = progress.Smaller())
        {
            sizes.Add(progress.PageSize);
        }

        sizes.ShouldBe([2000, 500, 125, 31, 25]);
    }

    private static RangeProgress New(int pageSize, int largest) =>
        new(Now.AddHours(-1), Now, largest, pageSize) { BegunAt = Now };

    private static (List<string> Read, int Requests) ReadAll(
        List<string> list, int pageSize, int largestOfTheOperator, int largest, Action<int> between)
    {
        var (progress, isLast, read, requests) = (New(pageSize, largest), false, new List<string>(), 0);
        while (!isLast)
        {
            requests++;
            requests.ShouldBeLessThan(100);
            var page = list.Skip(progress.Skip).Take(Math.Min(progress.PageSize, largestOfTheOperator)).ToList();
            read = [.. read.Union(page)];
            (progress, isLast) = progress.With(page);
            between(requests);
        }

        return (read, requests);
    }
}
