using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Calls;

public sealed class CallIndexTests
{
    [Fact]
    public async Task A_Filter_That_Lets_Little_Through_Comes_In_Pages_That_Read_So_Much_And_No_More()
    {
        const int Count = 5_200;
        await using var features = await Features.StartAsync();
        await features.ProcessAsync(Payload.Text("call-start-in.json"));
        var call = (await features.CallAsync()).ShouldNotBeNull() with { ETag = null };
        var (calls, index) = (features.Get<CallStore>(), features.Get<CallIndex>());
        for (var i = 0; i < Count; i += 100)
        {
            await Task.WhenAll(Enumerable.Range(i, 100).Select(async n =>
            {
                var older = call with { CallId = $"older-{n:D5}", IndexedAt = call.IndexedAt.AddSeconds(-1 - n) };
                await index.WriteAsync(older, null, CancellationToken.None);
                await calls.SaveAsync(older, CancellationToken.None);
            }));
        }

        var pages = new List<Page<Call>>();
        PageToken? after = null;
        do
        {
            pages.Add(await index.ListAsync(
                CallIndex.AgentPartition("ana"),
                call.IndexedAt.AddDays(-1),
                call.IndexedAt.AddDays(1),
                wanted => wanted.CallId == $"older-{Count - 1:D5}",
                new PageRequest(10, after),
                CancellationToken.None));
            after = pages[^1].Next is { } next && PageToken.TryParse(next, out var token) ? token : null;
        }
        while (after is not null);

        pages.Select(page => page.Items.Count).ShouldBe([0, 1]);
    }
}
