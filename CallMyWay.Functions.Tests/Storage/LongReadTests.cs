using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>A long read is one for whoever reads within it, and for nobody else.</summary>
public sealed class LongReadTests
{
    [Fact]
    public async Task It_Holds_For_What_Is_Called_And_Awaited_And_Ends_With_Its_Block()
    {
        var outside = new TaskCompletionSource();
        var other = Task.Run(async () =>
        {
            await outside.Task;
            return LongRead.IsUnderWay;
        });

        using (LongRead.Begin())
        {
            LongRead.IsUnderWay.ShouldBeTrue();
            (await Task.Run(() => LongRead.IsUnderWay)).ShouldBeTrue();
            using (LongRead.Begin())
            {
                await Task.Yield();
            }

            LongRead.IsUnderWay.ShouldBeTrue();
            outside.SetResult();
            (await other).ShouldBeFalse();
        }

        LongRead.IsUnderWay.ShouldBeFalse();
    }

    [Fact]
    public async Task What_It_Awaited_Leaves_Nothing_To_Its_Caller()
    {
        await ReadAsync();

        LongRead.IsUnderWay.ShouldBeFalse();

        static async Task ReadAsync()
        {
            using var read = LongRead.Begin();
            await Task.Yield();
        }
    }
}
