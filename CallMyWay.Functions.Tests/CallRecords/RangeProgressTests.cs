using System.Text;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Operator;

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void Records_That_Stand_Twice_In_The_List_Hide_None(int page)
    {
        var list = Enumerable.Range(0, 40).SelectMany(i => new[] { $"c{i}", $"c{i}" }).ToList();

        var (read, _) = ReadAll(list, page, 500, 0, _ => { });

        read.ShouldBe(list.Distinct(), ignoreOrder: true);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void Records_Of_One_Call_Hide_None(int page)
    {
        // As many phones of a group as a page has records, each with a record under the call's id.
        var list = Enumerable.Range(0, 60).Select(i => Record($"c{i / 6}", $"{i % 6}")).ToList();
        var (progress, isLast, read) = (New(page, 0), false, new HashSet<string>(StringComparer.Ordinal));
        for (var requests = 0; !isLast; requests++)
        {
            requests.ShouldBeLessThan(50);
            var answer = list.Skip(progress.Skip).Take(page).ToList();
            read.UnionWith(answer);
            (progress, isLast) = progress.With(
                CallRecordReader.Read(Encoding.UTF8.GetBytes($"[{string.Join(',', answer)}]")).Identities);
        }

        read.ShouldBe(list, ignoreOrder: true);
    }

    [Fact]
    public void Records_That_Cant_Be_Read_Stand_Where_The_Operator_Has_Them()
    {
        // The page's first are set aside, and the next page begins with its last.
        var list = Enumerable.Range(0, 90).Select(i => Record($"c{i}", "1", i % 30 < 12 ? "abc" : "7")).ToList();
        var (progress, isLast, requests) = (New(30, 0), false, 0);
        while (!isLast)
        {
            (++requests).ShouldBeLessThan(10);
            var answer = list.Skip(progress.Skip).Take(30);
            (progress, isLast) = progress.With(
                CallRecordReader.Read(Encoding.UTF8.GetBytes($"[{string.Join(',', answer)}]")).Identities);
        }

        (progress.Restarts, progress.Read).ShouldBe((0, 90));
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
    public void A_List_That_Has_Lost_All_That_Was_To_Come_Is_Read_Again()
    {
        var (progress, _) = New(100, 100).With([.. Enumerable.Range(0, 100).Select(i => $"c{i}")]);

        // The page begins with some that were read before, so that an empty one says that they are gone.
        var (next, isLast) = progress.With([]);

        (isLast, next.Restarts, next.Skip).ShouldBe((false, 1, 0));
    }

    [Fact]
    public void Records_That_Come_Twice_Make_The_Operators_Largest_Page_No_Larger()
    {
        // It gives twenty at most, and on the first page four of them twice.
        var list = Enumerable.Range(0, 60).Select(i => $"c{i}").ToList();
        var (progress, isLast) = New(500, 0).With([.. list.Take(20), .. list.Take(4)]);
        (isLast, progress.Largest).ShouldBe((false, 20));

        (_, isLast) = progress.With([.. list.Skip(progress.Skip).Take(20)]);

        isLast.ShouldBeFalse();
    }

    [Fact]
    public void Pages_That_Begin_Like_The_One_Before_Now_And_Then_Are_Not_Given_Up()
    {
        var progress = New(20, 0);
        for (var i = 0; i < 3 * RangeProgress.MaxRepeats; i++)
        {
            // Every second page is the one before with what came in front, and the next goes on.
            var from = i / 2 * 10;
            (progress, _) = progress.With([.. Enumerable.Range(from, 20).Select(id => $"c{id}")]);
            progress.IsStuck.ShouldBeFalse($"page {i}");
        }
    }

    [Fact]
    public void What_Is_Told_After_It_Was_Begun_May_Be_Missing()
    {
        var until = Now.AddMinutes(10);

        new RangeProgress(Now.AddHours(-1), until, 0, 100) { BegunAt = Now }.CompleteUntil.ShouldBe(Now);
        new RangeProgress(Now.AddHours(-1), until, 0, 100) { BegunAt = Now.AddDays(1) }.CompleteUntil.ShouldBe(until);
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

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(100, 0)]
    [InlineData(100, 3)]
    public void An_Operator_That_Begins_Each_Page_At_The_Same_Place_Is_Given_Up(int pageSize, int newBetween)
    {
        var (progress, isLast, requests) = (New(pageSize, 0), false, 0);
        var list = Enumerable.Range(0, pageSize * 3).Select(i => $"c{i}").ToList();
        while (!progress.IsStuck)
        {
            requests++;
            requests.ShouldBeLessThan(10);
            (progress, isLast) = progress.With([.. list.Take(pageSize)]);
            isLast.ShouldBeFalse();
            list.InsertRange(0, Enumerable.Range(0, newBetween).Select(i => $"n{requests}-{i}"));
        }

        (progress.IsRepeating, progress.IsShifting).ShouldBe((true, false));
        requests.ShouldBe(1 + RangeProgress.MaxRepeats);
    }

    [Fact]
    public void As_Many_Records_In_Front_As_A_Page_Goes_On_By_Are_Read_All_The_Same()
    {
        var list = Enumerable.Range(0, 300).Select(i => $"c{i}").ToList();

        // Twice the next page is the one before.
        var (read, _) = ReadAll(list, 100, 100, 100, page => list.InsertRange(
            0, page <= 2 ? Enumerable.Range(0, 100 - RangeProgress.Overlap).Select(i => $"n{page}-{i}") : []));

        read.Where(id => id.StartsWith('c')).Distinct().Count().ShouldBe(300);
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

    private static string Record(string id, string phone, string duration = "0") =>
        $"{{\"callid\":\"{id}\",\"ani\":\"88881234\",\"dnis\":\"40001001\",\"dnis_user\":\"80000{phone}\","
        + $"\"detect_time\":\"2026-11-03 09:00:00\",\"duration\":\"{duration}\"}}";

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
